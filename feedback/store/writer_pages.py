"""What the desk looks up about a writer: page by page, never all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from feedback.domain.edition import Edition, Section
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.note import Note
from feedback.domain.owed_mail import TO_THE_HOUSE, OwedMail
from feedback.domain.verification import Verification
from feedback.domain.writer import Writer
from feedback.store.paging import CAP, Count, Page, cursor_after, read_cursor
from feedback.store.work import Work

LOOKED_THROUGH = 200  # newest letters whose verifications and mails are shown
MOST_SHOWN = 20  # lines of each of those lists
MOST_AT_HOME = 20  # further people of a household


@dataclass(frozen=True)
class Trace:
    """A verification or a mail with the letter that it was about."""

    ref: str
    what: Verification | OwedMail


def by_id(work: Work, writer_id: int) -> Writer:
    """The writer with that number; raises NotFound."""
    writer = work.session.get(Writer, writer_id) if 0 <= writer_id < 2**63 else None
    if writer is None:
        raise NotFound("There is no such writer.")
    return writer


def household(work: Work, writer: Writer) -> list[Writer]:
    """Other people of the same surname at the same place, the latest to be known first."""
    if writer.household_key is None:
        return []
    query = select(Writer).where(
        Writer.household_key == writer.household_key, Writer.id != writer.id
    )
    return list(work.session.scalars(query.order_by(Writer.id.desc()).limit(MOST_AT_HOME)))


def letters_of(
    work: Work, writer_ids: Sequence[int], after: str | None = None, limit: int = 25
) -> Page[Letter]:
    """Letters of these writers, newest first. Raises Refused for a cursor that is not ours."""
    place = read_cursor(after) if after else None
    ends: list[tuple[datetime, int]] = []
    for writer_id in writer_ids:  # each by its index: no household is read whole and sorted
        query = select(Letter.received_at, Letter.id).where(Letter.writer_id == writer_id)
        if place:
            query = query.where(tuple_(Letter.received_at, Letter.id) < tuple_(*place))
        newest = query.order_by(Letter.received_at.desc(), Letter.id.desc()).limit(limit + 1)
        ends += [(row[0], row[1]) for row in work.session.execute(newest)]
    ids = [number for _at, number in sorted(ends, reverse=True)[: limit + 1]]
    found = {
        letter.id: letter
        for letter in work.session.scalars(
            select(Letter).where(Letter.id.in_(ids[:limit])).options(_with_edition())
        ).unique()
    }
    rows = [found[number] for number in ids[:limit]]
    return Page(rows, cursor_after(rows[-1].received_at, rows[-1].id) if len(ids) > limit else None)


def printed(work: Work, writer_id: int, limit: int = MOST_SHOWN) -> list[Letter]:
    """Letters that were in print, killed ones too, newest first."""
    query = (
        select(Letter)
        .where(Letter.writer_id == writer_id, Letter.published_on.is_not(None))
        .order_by(Letter.published_on.desc(), Letter.id.desc())
        .limit(limit)
        .options(_with_edition())
    )
    return list(work.session.scalars(query).unique())


def place_among(work: Work, letter: Letter) -> Count:
    """The how-manieth letter of its writer it is, counted from the first, capped."""
    here = tuple_(letter.received_at, letter.id)
    earlier = (
        select(Letter.id)
        .where(
            Letter.writer_id == letter.writer_id,
            tuple_(Letter.received_at, Letter.id) < here,
        )
        .limit(CAP)
        .subquery()
    )
    return Count(1 + (work.session.scalar(select(func.count()).select_from(earlier)) or 0))


def verifications(work: Work, writer_id: int) -> list[Trace]:
    """Who checked that it is them, and what came of it, newest first."""
    newest = _newest(writer_id)
    query = (
        select(Letter.ref, Verification)
        .join(newest, newest.c.id == Verification.letter_id)
        .join(Letter, Letter.id == newest.c.id)
        .order_by(Verification.id.desc())
        .limit(MOST_SHOWN)
    )
    return [Trace(ref, one) for ref, one in work.session.execute(query)]


def mails(work: Work, writer_id: int) -> list[Trace]:
    """Mails about their letters, newest first: sent, waiting, refused by a mail server."""
    newest = _newest(writer_id)
    query = (
        select(Letter.ref, OwedMail)
        .join(newest, newest.c.id == OwedMail.letter_id)
        .join(Letter, Letter.id == newest.c.id)
        .where(OwedMail.kind.not_in(TO_THE_HOUSE))
        .order_by(OwedMail.id.desc())
        .limit(MOST_SHOWN)
    )
    return [Trace(ref, one) for ref, one in work.session.execute(query)]


def notes(work: Work, writer_id: int) -> list[Note]:
    """What editors wrote down about them, newest first."""
    query = select(Note).where(Note.writer_id == writer_id).order_by(Note.id.desc())
    return list(work.session.scalars(query.limit(MOST_SHOWN)))


def with_contacts(work: Work, writer_id: int) -> list[Letter]:
    """The newest letters, those alone that tell another address or telephone, to be changed."""
    query = (
        select(Letter)
        .where(Letter.writer_id == writer_id)
        .order_by(Letter.received_at.desc(), Letter.id.desc())
        .limit(MOST_SHOWN)
        .options(selectinload(Letter.contact))
        .with_for_update(of=Letter)
    )
    seen: set[tuple[str | None, str | None]] = {(None, None)}
    telling = []
    for letter in work.session.scalars(query).unique():
        reach = (letter.contact.email, letter.contact.phone) if letter.contact else (None, None)
        if reach not in seen:
            seen.add(reach)
            telling.append(letter)
    return telling


def _newest(writer_id: int) -> Subquery:
    query = select(Letter.id).where(Letter.writer_id == writer_id)
    ordered = query.order_by(Letter.received_at.desc(), Letter.id.desc())
    return ordered.limit(LOOKED_THROUGH).subquery("newest")


def _with_edition() -> ExecutableOption:
    """Lines say which edition printed a letter. (Asked for late: sections give letters theirs.)"""
    return joinedload(Letter.section).joinedload(Section.edition).defer(Edition.proofsheet)
