"""What checks need to know beside the letter itself, for many letters by a few questions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, or_, select

from feedback.domain.edition import Section
from feedback.domain.letter import Letter
from feedback.domain.original import Contact
from feedback.domain.spam_word import ALL, SpamWord
from feedback.domain.state import State
from feedback.domain.writer import Writer
from feedback.reading.spam_sense import Learned
from feedback.store import search
from feedback.store.work import Work

MOST_PRINTED = 2000  # letters in print that one batch looks at


@dataclass(frozen=True)
class Reach:
    """How a writer can be reached, as far as checks may know: the mail's host alone."""

    email_host: str | None
    has_phone: bool


@dataclass(frozen=True)
class InPrint:
    """A letter in print, or placed beside one that is asked about."""

    letter_id: int
    ref: str
    on: date
    writer_id: int | None
    household_key: str | None
    name: str | None = None


def reaches(work: Work, ids: Sequence[int]) -> dict[int, Reach]:
    """By number of the letter."""
    query = select(Contact.letter_id, Contact.email, Contact.phone).where(
        Contact.letter_id.in_(ids)
    )
    return {
        row[0]: Reach(row[1].rpartition("@")[2].lower() if row[1] else None, bool(row[2]))
        for row in work.session.execute(query)
    }


def households(work: Work, writer_ids: Collection[int]) -> dict[int, str | None]:
    """The household of each writer, by number."""
    if not writer_ids:
        return {}
    query = select(Writer.id, Writer.household_key).where(Writer.id.in_(writer_ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


def printed_by(
    work: Work, since: date, writer_ids: Collection[int], household_keys: Collection[str] = ()
) -> list[InPrint]:
    """What is in print since a day by these writers, and by everybody of these households."""
    if not writer_ids and not household_keys:
        return []
    recent = select(Writer.id, Writer.household_key).where(
        or_(Writer.id.in_(writer_ids), Writer.household_key.in_(household_keys)),
        Writer.last_published_on >= since,
    )
    homes = {row[0]: row[1] for row in work.session.execute(recent)}
    if not homes:
        return []
    query = (
        select(Letter.id, Letter.ref, Letter.published_on, Letter.writer_id, Letter.name)
        .where(
            Letter.writer_id.in_(homes),
            Letter.published_on >= since,
            Letter.state == State.PUBLISHED,
        )
        .order_by(Letter.published_on.desc(), Letter.id.desc())
        .limit(MOST_PRINTED)
    )
    return [_in_print(row, homes) for row in work.session.execute(query)]


def printed_since(work: Work, since: date) -> list[InPrint]:
    """All that is in print since a day, newest first, for rules about every signer."""
    query = (
        select(Letter.id, Letter.ref, Letter.published_on, Letter.writer_id, Letter.name)
        .where(Letter.published_on >= since, Letter.state == State.PUBLISHED)
        .order_by(Letter.published_on.desc(), Letter.id.desc())
        .limit(MOST_PRINTED)
    )
    return [_in_print(row, {}) for row in work.session.execute(query)]


def _in_print(row: Row[*tuple[Any, ...]], homes: Mapping[int, str | None]) -> InPrint:
    letter_id, ref, on, writer_id, name = row
    return InPrint(letter_id, ref, on, writer_id, homes.get(writer_id), name)


def placed_in(work: Work, edition_ids: Collection[int]) -> dict[int, list[InPrint]]:
    """The letters that stand in editions that are being made, by edition."""
    if not edition_ids:
        return {}
    query = (
        select(
            Section.edition_id,
            Letter.id,
            Letter.ref,
            Letter.writer_id,
            Writer.household_key,
            Letter.name,
        )
        .join(Section, Section.id == Letter.section_id)
        .outerjoin(Writer, Writer.id == Letter.writer_id)
        .where(Section.edition_id.in_(edition_ids), Letter.state == State.PLACED)
        .order_by(Letter.id)
        .limit(MOST_PRINTED)
    )
    found: dict[int, list[InPrint]] = {}
    for edition_id, letter_id, ref, writer_id, home, name in work.session.execute(query):
        one = InPrint(letter_id, ref, date.max, writer_id, home, name)
        found.setdefault(edition_id, []).append(one)
    return found


def printed_about(work: Work, since: date, names: Iterable[str]) -> dict[str, int]:
    """How many letters since a day are in print that have the name (of a candidate, a measure)."""
    found = {}
    for name in names:
        asked = search.read_query('"' + name.replace('"', " ") + '"')
        if not asked.has_words:
            continue
        hits = search.matching(work, search.LETTER_SEARCH, asked).subquery("hits")
        some = (
            select(Letter.id)
            .join(hits, hits.c.id == Letter.id)
            .where(Letter.published_on >= since, Letter.state == State.PUBLISHED)
            .limit(MOST_PRINTED)
            .subquery()
        )
        found[name] = work.session.scalar(select(func.count()).select_from(some)) or 0
    return found


def has_learned(work: Work) -> tuple[int, int] | None:
    """How many letters the spam filter has learned from (spam, kept); None where from none."""
    row = work.session.get(SpamWord, ALL)
    return (row.in_spam, row.in_kept) if row else None


def learned(work: Work, words: Collection[str]) -> Learned | None:
    """What the spam filter knows of these words; None before it has learned enough."""
    total = has_learned(work)
    if total is None:
        return None
    query = select(SpamWord.word, SpamWord.in_spam, SpamWord.in_kept).where(
        SpamWord.word.in_(sorted(words))
    )
    known = {row[0]: (row[1], row[2]) for row in work.session.execute(query)}
    return Learned(*total, known)
