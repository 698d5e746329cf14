"""Editions: one by its slug, the published ones, the drafts."""

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import defer, joinedload, lazyload, selectinload

from feedback.domain.edition import Edition, EditionState, Section
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.store.paging import Page, date_cursor_after, read_date_cursor
from feedback.store.work import Work

WHOLE = (
    selectinload(Edition.sections).selectinload(Section.letters).joinedload(Letter.original),
    selectinload(Edition.sections).selectinload(Section.letters).selectinload(Letter.revisions),
    selectinload(Edition.sections).selectinload(Section.letters).selectinload(Letter.verifications),
    selectinload(Edition.sections).selectinload(Section.letters).selectinload(Letter.findings),
    selectinload(Edition.sections)
    .selectinload(Section.letters)
    .joinedload(Letter.section)
    .joinedload(Section.edition),
)

# What tells which letters stand where, and no more of them.
WITH_REFS = (
    selectinload(Edition.sections)
    .selectinload(Section.letters)
    .options(lazyload(Letter.column), lazyload(Letter.article))
    .load_only(Letter.ref, Letter.place_order, Letter.section_id),
)


def by_slug(work: Work, slug: str, *, to_change: bool = False) -> Edition:
    """The edition with that slug with its letters; raises NotFound."""
    query = select(Edition).where(Edition.slug == slug[:120]).options(*WHOLE)
    if to_change:
        query = query.with_for_update(of=Edition)
    edition = work.session.scalars(query).unique().first() if "\x00" not in slug else None
    if edition is None:
        raise NotFound("There is no such edition.")
    return edition


def by_id(work: Work, edition_id: int) -> Edition:
    """The edition of that number with its letters; raises NotFound."""
    found = work.session.scalars(
        select(Edition).where(Edition.id == edition_id).options(*WHOLE)
    ).first()
    if found is None:
        raise NotFound("There is no such edition.")
    return found


def section(work: Work, section_id: int) -> Section | None:
    """The section with that number, its edition and letters with it; None where it is gone."""
    query = select(Section).where(Section.id == section_id)
    query = query.options(joinedload(Section.edition), selectinload(Section.letters))
    return work.session.scalars(query).unique().first()


def published_by_slug(work: Work, slug: str) -> Edition:
    """The published edition with that slug, without its letters; raises NotFound."""
    query = select(Edition).where(
        Edition.slug == slug[:120], Edition.state == EditionState.PUBLISHED
    )
    edition = work.session.scalars(query).first() if "\x00" not in slug else None
    if edition is None:
        raise NotFound("There is no such edition.")
    return edition


def has_slug(work: Work, slug: str) -> bool:
    """True where an edition with that slug exists."""
    return work.session.scalar(select(Edition.id).where(Edition.slug == slug)) is not None


def every(work: Work, limit: int = 200) -> list[Edition]:
    """All editions, newest first, without their letters."""
    query = select(Edition).order_by(Edition.date.desc(), Edition.id.desc()).limit(limit)
    return list(work.session.scalars(query.options(joinedload(Edition.column))))


def page(
    work: Work, state: EditionState | None = None, after: str | None = None, limit: int = 50
) -> Page[Edition]:
    """One page, newest first, with the references of their letters.

    Raises Refused for a cursor that is not ours.
    """
    query = select(Edition).order_by(Edition.date.desc(), Edition.id.desc()).options(*WITH_REFS)
    if state is not None:
        query = query.where(Edition.state == state)
    if after:
        on, last = read_date_cursor(after)
        query = query.where(tuple_(Edition.date, Edition.id) < tuple_(on, last))
    found = list(work.session.scalars(query.limit(limit + 1)))
    rows = found[:limit]
    more = len(found) > limit
    return Page(rows, date_cursor_after(rows[-1].date, rows[-1].id) if more else None)


def published(work: Work, limit: int = 200) -> list[Edition]:
    """Published editions, newest first; their proofsheets say what is in them."""
    query = (
        select(Edition)
        .where(Edition.state == EditionState.PUBLISHED)
        .order_by(Edition.date.desc(), Edition.id.desc())
        .limit(limit)
    )
    return list(work.session.scalars(query))


def printed(work: Work, after: str | None = None, limit: int = 50) -> Page[Edition]:
    """One page of the published ones, newest first, without what is in them.

    Raises Refused for a cursor that is not ours.
    """
    query = _heads().limit(limit + 1)
    if after:
        on, last = read_date_cursor(after)
        query = query.where(tuple_(Edition.date, Edition.id) < tuple_(on, last))
    found = list(work.session.scalars(query))
    rows = found[:limit]
    more = len(found) > limit
    return Page(rows, date_cursor_after(rows[-1].date, rows[-1].id) if more else None)


def beside(work: Work, edition: Edition) -> tuple[Edition | None, Edition | None]:
    """The published editions before and after a published one, without what is in them."""
    here = tuple_(edition.date, edition.id)
    place = tuple_(Edition.date, Edition.id)
    earlier = work.session.scalars(_heads().where(place < here).limit(1)).first()
    later = work.session.scalars(
        _heads().where(place > here).order_by(None).order_by(Edition.date, Edition.id).limit(1)
    ).first()
    return earlier, later


def _heads() -> Select[Edition]:
    return (
        select(Edition)
        .where(Edition.state == EditionState.PUBLISHED)
        .order_by(Edition.date.desc(), Edition.id.desc())
        .options(defer(Edition.proofsheet), defer(Edition.editors_note))
    )


def drafts(work: Work) -> list[Edition]:
    """Editions in the making, the next one first."""
    query = select(Edition).where(Edition.state == EditionState.DRAFT).order_by(Edition.date)
    return list(work.session.scalars(query))
