"""Letters: one by its reference, pages of them, counts of what waits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload, selectinload

from feedback.domain.article import Article
from feedback.domain.edition import Edition, Section
from feedback.domain.errors import NotFound
from feedback.domain.event import Event, EventKind
from feedback.domain.finding import StoredFinding
from feedback.domain.letter import Channel, Letter
from feedback.domain.original import Original
from feedback.domain.reading_order import ARTICLE_AT, ARTICLE_ENDS, article_part
from feedback.domain.reference import as_reference
from feedback.domain.revision import Revision
from feedback.domain.state import State
from feedback.store import letter_filter
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import CAP, Count, Page
from feedback.store.work import Work

WHOLE = (
    joinedload(Letter.original),
    joinedload(Letter.contact),
    joinedload(Letter.writer),
    selectinload(Letter.revisions),
    selectinload(Letter.verifications),
    selectinload(Letter.findings),
    joinedload(Letter.section).joinedload(Section.edition).defer(Edition.proofsheet),
)
FOR_MAIL = (
    joinedload(Letter.contact),
    joinedload(Letter.verifications),
    joinedload(Letter.section).joinedload(Section.edition).defer(Edition.proofsheet),
)
FOR_CHECKS = (
    joinedload(Letter.original),
    selectinload(Letter.revisions),
    selectinload(Letter.findings).load_only(StoredFinding.check),
    joinedload(Letter.section).joinedload(Section.edition).defer(Edition.proofsheet),
)
FOR_LISTS = (
    selectinload(Letter.revisions).load_only(
        Revision.cut_percent, Revision.added_words, Revision.touched, Revision.number
    ),
    selectinload(Letter.verifications),
    selectinload(Letter.findings).load_only(
        StoredFinding.check, StoredFinding.outcome, StoredFinding.says
    ),
)


def by_ref(work: Work, ref: str, *, to_change: bool = False) -> Letter:
    """The letter with that reference, whole; raises NotFound.

    `to_change` locks it against a second editor until the transaction ends (PostgreSQL).
    """
    clean = as_reference(ref)
    query = select(Letter).where(Letter.ref == (clean or "")).options(*WHOLE)
    if to_change:
        query = query.with_for_update(of=Letter)
    letter = work.session.scalars(query).unique().first() if clean else None
    if letter is None:
        raise NotFound("There is no letter with that reference.")
    return letter


def by_id(work: Work, letter_id: int, *, to_change: bool = False) -> Letter:
    """The letter with that number, whole; raises NotFound."""
    query = select(Letter).where(Letter.id == letter_id).options(*WHOLE)
    if to_change:
        query = query.with_for_update(of=Letter)
    letter = work.session.scalars(query).unique().first()
    if letter is None:
        raise NotFound("There is no such letter.")
    return letter


def for_mail(work: Work, letter_id: int) -> Letter:
    """The letter as its mails need it: column, contact, verifications, edition. Raises NotFound."""
    query = select(Letter).where(Letter.id == letter_id).options(*FOR_MAIL)
    letter = work.session.scalars(query).unique().first()
    if letter is None:
        raise NotFound("There is no such letter.")
    return letter


def page(
    work: Work,
    which: LetterFilter,
    after: str | None = None,
    limit: int = 50,
    *,
    whole: bool = False,
    light: bool = False,
) -> Page[Letter]:
    """One page, in the order of the filter. `whole` loads all that a record needs.

    `light` loads nothing beside the letters themselves; see `fill_lists`.

    Raises Refused for a cursor that is not ours.
    """
    chosen = letter_filter.chosen(work, which, after, limit + 1)
    if chosen is None:
        return Page([], None)
    query = chosen.limit(limit + 1).options(*(WHOLE if whole else () if light else FOR_LISTS))
    found = list(work.session.scalars(query).unique())
    more = len(found) > limit
    rows = found[:limit]
    return Page(rows, letter_filter.cursor_of(rows[-1], which) if more else None)


def count(work: Work, which: LetterFilter) -> Count:
    """How many, counted no further than the cap."""
    some = letter_filter.numbers(work, which)
    if some is None:
        return Count(0)
    few = some.limit(CAP + 1).subquery()
    return Count(work.session.scalar(select(func.count()).select_from(few)) or 0)


def counts(work: Work, some: Sequence[LetterFilter]) -> list[Count]:
    """Several counts in one question, each no further than the cap; of filters without words."""
    parts = []
    for which in some:
        numbers = letter_filter.numbers(work, which)
        if numbers is not None:
            few = numbers.limit(CAP + 1).subquery()
            parts.append(select(func.count()).select_from(few).scalar_subquery())
    return [Count(number) for number in work.session.execute(select(*parts)).one()]


def fill_lists(work: Work, some: Sequence[Letter]) -> None:
    """Load what a list says of letters that were loaded lightly."""
    if some:
        ids = [letter.id for letter in some]
        query = select(Letter).where(Letter.id.in_(ids)).options(*FOR_LISTS)
        work.session.scalars(query).unique().all()


def texts(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """The words of letters as they would print, by number."""
    newest = (
        select(Revision.letter_id, func.max(Revision.number).label("number"))
        .where(Revision.letter_id.in_(ids))
        .group_by(Revision.letter_id)
        .subquery()
    )
    edited = select(Revision.letter_id, Revision.remarks).join(
        newest,
        (newest.c.letter_id == Revision.letter_id) & (newest.c.number == Revision.number),
    )
    first = select(Original.letter_id, Original.remarks).where(Original.letter_id.in_(ids))
    found = {row[0]: row[1] for row in work.session.execute(first)}
    return found | {row[0]: row[1] for row in work.session.execute(edited)}


def approved(work: Work, column_id: int, limit: int = 500) -> list[Letter]:
    """Letters that wait to be placed, by article, oldest first within one."""
    query = (
        select(Letter)
        .where(Letter.state == State.APPROVED, Letter.column_id == column_id)
        .order_by(Letter.article_id, Letter.received_at, Letter.id)
        .options(*WHOLE)
        .limit(limit)
    )
    return list(work.session.scalars(query).unique())


def history(work: Work, letter_id: int) -> list[Event]:
    """All events of a letter, oldest first."""
    return list(
        work.session.scalars(select(Event).where(Event.letter_id == letter_id).order_by(Event.seq))
    )


def last_move_to(work: Work, letter_id: int, state: State) -> Event | None:
    """The newest move of a letter into that state; None where there is none."""
    query = select(Event).where(
        Event.letter_id == letter_id, Event.kind == EventKind.MOVED, Event.to_state == state
    )
    return work.session.scalars(query.order_by(Event.seq.desc()).limit(1)).first()


def received_since(work: Work, since: datetime) -> dict[str, int]:
    """How many letters were received since a moment, by channel; every channel is there."""
    query = (
        select(Letter.channel, func.count())
        .where(Letter.received_at >= since)
        .group_by(Letter.channel)
    )
    found = {row[0]: row[1] for row in work.session.execute(query)}
    return {channel.value: found.get(channel, 0) for channel in Channel}


def has_unchecked(work: Work) -> bool:
    """Whether findings and search entry of some letter are still owed."""
    query = select(Letter.id).where(Letter.checked_at.is_(None)).limit(1)
    return work.session.scalar(query) is not None


def unchecked(work: Work, limit: int) -> list[Letter]:
    """Letters whose findings and search entry are still owed, newest first.

    An archive that is imported does not keep today's post waiting.
    """
    query = (
        select(Letter)
        .where(Letter.checked_at.is_(None))
        .order_by(Letter.id.desc())
        .limit(limit)
        .options(*FOR_CHECKS)
        .with_for_update(of=Letter, skip_locked=True)
    )
    return list(work.session.scalars(query).unique())


def mark_checked(work: Work, languages: Mapping[int, str | None]) -> None:
    """Note that the dear checks of these letters are done, and their languages.

    The letter's version stays as editors know it.
    """
    by_language: dict[str | None, list[int]] = {}
    for letter_id, language in languages.items():
        by_language.setdefault(language, []).append(letter_id)
    for language, ids in by_language.items():
        work.session.execute(
            update(Letter).where(Letter.id.in_(ids)).values(checked_at=work.now, language=language),
            execution_options={"synchronize_session": False},
        )


def hold_is_over(work: Work, today: date, limit: int = 100) -> list[Letter]:
    """Held letters whose day has come."""
    query = (
        select(Letter)
        .where(Letter.state == State.HELD, Letter.hold_until <= today)
        .order_by(Letter.hold_until)
        .limit(limit)
        .options(*WHOLE)
        .with_for_update(of=Letter, skip_locked=True)
    )
    return list(work.session.scalars(query).unique())


def read_anew(work: Work, article: Article) -> None:
    """The day of an article has changed: its letters stand elsewhere in the reading order."""
    part = article_part(article.id, article.published_on)
    key = Letter.reading_key
    before, after = func.substr(key, 1, ARTICLE_AT), func.substr(key, ARTICLE_ENDS + 1)
    work.session.execute(
        update(Letter)
        .where(Letter.article_id == article.id, func.substr(key, ARTICLE_AT + 1, len(part)) != part)
        .values(reading_key=before.concat(part).concat(after)),
        execution_options={"synchronize_session": False},
    )


def exist(work: Work, keys: Sequence[str]) -> set[str]:
    """Which of these submission keys are in use."""
    query = select(Letter.submission_key).where(Letter.submission_key.in_(keys))
    return {key for key in work.session.scalars(query) if key}


def number_of_key(work: Work, key: str) -> int | None:
    """The letter that came in under this submission key; None where none did."""
    return work.session.scalar(select(Letter.id).where(Letter.submission_key == key))
