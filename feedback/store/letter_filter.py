"""Which letters a list shows, in which order: one query, every part of it bounded by an index."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import Select, Subquery, exists, select, tuple_

from feedback.domain.campaign import Membership
from feedback.domain.finding import Result, StoredFinding
from feedback.domain.house_rules import QueueOrder
from feedback.domain.letter import Channel, Letter
from feedback.domain.letter_number import first_number
from feedback.domain.reference import as_reference
from feedback.domain.state import State
from feedback.store import search
from feedback.store.paging import cursor_after, key_cursor_after, read_cursor, read_key_cursor
from feedback.store.work import Work

FEW = 800  # letters that are looked up in the index one by one, about 60 µs each
NOBODY = 0  # as `assigned_id`: letters that are nobody's

Selected = TypeVar("Selected", bound=Select[Any])


@dataclass(frozen=True)
class LetterFilter:
    """Which letters, in which order: empty fields mean every one.

    `article_ids` are those of a topic. `check` is a check's name with an outcome. `before`: came
    before that day (UTC). `fits`: at most so many words.
    """

    states: tuple[State, ...] = ()
    article_id: int | None = None
    channel: Channel | None = None
    q: str = ""
    article_ids: tuple[int, ...] | None = None
    column_id: int | None = None
    campaign_id: int | None = None
    writer_id: int | None = None
    assigned_id: int | None = None
    check: tuple[str, Result] | None = None
    before: date | None = None
    fits: int | None = None
    is_first: bool = False
    order: QueueOrder = QueueOrder.RECEIVED

    @property
    def is_read_in_order(self) -> bool:
        """Whether the reading order holds; what is searched for comes newest first."""
        return self.order is QueueOrder.READING and not self.q.strip()


def chosen(work: Work, which: LetterFilter, after: str | None, most: int) -> Select[Letter] | None:
    """The letters in their order, after a cursor; None where nothing can be found.

    `most` is how many will be read. Raises Refused for a cursor that is not ours.
    """
    ref = _ref(work, which)
    if _finds_nothing(which, ref):
        return None
    if which.is_read_in_order:
        return _in_reading_order(work, which, ref, after)
    at, last = read_cursor(after) if after else (None, None)
    hits = _hits(work, which, ref, last, most)
    query = _narrowed(select(Letter), which, hits, ref)
    # Numbers go up with the moment of receipt, so that a search need not sort all that it finds.
    place = (Letter.received_at, Letter.id) if hits is None else (hits.c.id,)
    if last is not None:
        query = query.where(tuple_(*place) < tuple_(at, last) if hits is None else hits.c.id < last)
    return query.order_by(*(column.desc() for column in place))


def _in_reading_order(
    work: Work, which: LetterFilter, ref: str | None, after: str | None
) -> Select[Letter]:
    """By the reading key; where few letters come into question, those are found first.

    Else a rare one would be looked for through all that wait.
    """
    query = _narrowed(select(Letter), which, None, ref)
    if replace(which, states=(), order=QueueOrder.RECEIVED) != LetterFilter():
        numbers_of = _narrowed(select(Letter.id), which, None, ref).limit(FEW + 1)
        few = list(work.session.scalars(numbers_of))
        if len(few) <= FEW:
            query = select(Letter).where(Letter.id.in_(few))
    query = query.order_by(Letter.reading_key)
    return query.where(Letter.reading_key > read_key_cursor(after)) if after else query


def cursor_of(letter: Letter, which: LetterFilter) -> str:
    """The cursor of the letters that follow this one."""
    if which.is_read_in_order:
        return key_cursor_after(letter.reading_key)
    return cursor_after(letter.received_at, letter.id)


def is_beyond(letter: Letter, last: Letter, which: LetterFilter) -> bool:
    """Whether a letter stands below another one."""
    if which.is_read_in_order:
        return letter.reading_key > last.reading_key
    return (letter.received_at, letter.id) < (last.received_at, last.id)


def numbers(work: Work, which: LetterFilter) -> Select[int] | None:
    """The letters' numbers in any order; None where nothing can be found."""
    ref = _ref(work, which)
    if _finds_nothing(which, ref):
        return None
    return _narrowed(select(Letter.id), which, _hits(work, which, ref), ref)


def _finds_nothing(which: LetterFilter, ref: str | None) -> bool:
    """True where something was typed that holds no word to look for."""
    return bool(which.q.strip()) and not ref and search.read_query(which.q).is_empty


def _hits(
    work: Work,
    which: LetterFilter,
    ref: str | None,
    before: int | None = None,
    newest: int | None = None,
) -> Subquery | None:
    """Numbers of the letters with the words that were typed; None where none were.

    `before` is the number of the last letter that was seen, going down. `newest` says that so
    many of the newest are wanted; without it, any.
    """
    if not which.q.strip() or ref:
        return None
    asked = search.read_query(which.q)
    if not asked.has_words:
        return None
    among = _among(work, which, asked, before)
    table = search.LETTER_SEARCH
    if newest is None:
        return search.matching(work, table, asked, among).subquery("hits")
    if replace(which, q="", order=QueueOrder.RECEIVED) == LetterFilter() and not (
        asked.states or asked.not_states
    ):
        ids = list(work.session.scalars(search.downwards(work, table, asked, among).limit(newest)))
        return select(table.c.id).where(table.c.id.in_(ids)).subquery("hits")
    return search.downwards(work, table, asked, among).subquery("hits")


def _among(
    work: Work, which: LetterFilter, asked: search.Query, before: int | None
) -> search.Among:
    """Where only few letters come into question, those; else the time that was asked for.

    A word that most letters have would else be followed through all of them for a few.
    """
    others = replace(which, q="", order=QueueOrder.RECEIVED)
    if others != LetterFilter() or asked.states:
        query = _within(_narrowed(select(Letter.id), others, None, None), asked)
        query = query.order_by(Letter.received_at.desc(), Letter.id.desc()).limit(FEW + 1)
        few = list(work.session.scalars(query))
        if len(few) <= FEW:
            return search.Among(few)
    low = first_number(_midnight(asked.since)) if asked.since else None
    ends = [before, first_number(_midnight(asked.until)) if asked.until else None]
    end = min((end for end in ends if end is not None), default=None)
    is_narrow = replace(others, states=()) != LetterFilter()
    return search.Among(low=low, end=end, is_narrow=is_narrow)


def _ref(work: Work, which: LetterFilter) -> str | None:
    """The reference that was typed, if a letter has it: “anti-theft” looks like one as well."""
    ref = as_reference(which.q)
    found = select(Letter.ref).where(Letter.ref == ref)
    return work.session.scalar(found) if ref else None


def _narrowed(
    query: Selected, which: LetterFilter, hits: Subquery | None, ref: str | None
) -> Selected:
    if len(which.states) == 1:
        query = query.where(Letter.state == which.states[0])
    elif which.states:
        query = query.where(Letter.state.in_(which.states))
    for column, value in (
        (Letter.article_id, which.article_id),
        (Letter.channel, which.channel),
        (Letter.column_id, which.column_id),
        (Letter.campaign_id, which.campaign_id),
        (Letter.writer_id, which.writer_id),
    ):
        if value is not None:
            query = query.where(column == value)
    query = _further(query, which)
    if ref:
        return query.where(Letter.ref == ref)
    asked = search.read_query(which.q)
    if hits is None:
        return _within(query, asked)
    # Their numbers tell already that they came in the time that was asked for.
    return _in_states(query, asked).join(hits, hits.c.id == Letter.id)


def _further(query: Selected, which: LetterFilter) -> Selected:
    if which.article_ids is not None:
        query = query.where(Letter.article_id.in_(which.article_ids))
    if which.assigned_id == NOBODY:
        query = query.where(Letter.assigned_id.is_(None))
    elif which.assigned_id is not None:
        query = query.where(Letter.assigned_id == which.assigned_id)
    if which.campaign_id is not None:
        query = query.where(Letter.membership.is_distinct_from(Membership.APART))
    if which.check is not None:
        name, outcome = which.check
        found = exists().where(
            StoredFinding.letter_id == Letter.id,
            StoredFinding.check == name,
            StoredFinding.outcome == outcome,
        )
        query = query.where(found)
    if which.before is not None:
        query = query.where(Letter.received_at < _midnight(which.before))
    if which.fits is not None:
        query = query.where(Letter.word_count <= which.fits)
    return query.where(Letter.is_first) if which.is_first else query


def _in_states(query: Selected, asked: search.Query) -> Selected:
    if asked.states:
        query = query.where(Letter.state.in_(asked.states))
    if asked.not_states:
        query = query.where(Letter.state.not_in(asked.not_states))
    return query


def _within(query: Selected, asked: search.Query) -> Selected:
    """What a search says of state and day."""
    query = _in_states(query, asked)
    if asked.since:
        query = query.where(Letter.received_at >= _midnight(asked.since))
    if asked.until:
        query = query.where(Letter.received_at < _midnight(asked.until))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
