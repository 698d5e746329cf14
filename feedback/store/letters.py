"""Letters: one by its reference, pages of them, counts of what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import Select, Subquery, func, select, tuple_, update
from sqlalchemy.orm import joinedload, selectinload

from feedback.domain.edition import Edition, Section
from feedback.domain.errors import NotFound
from feedback.domain.event import Event, EventKind
from feedback.domain.finding import StoredFinding
from feedback.domain.letter import Channel, Letter
from feedback.domain.letter_number import first_number
from feedback.domain.reference import as_reference
from feedback.domain.revision import Revision
from feedback.domain.state import State
from feedback.store import search
from feedback.store.paging import CAP, Count, Page, cursor_after, read_cursor
from feedback.store.work import Work

FEW = 800  # letters that are looked up in the index one by one, about 60 µs each

Selected = TypeVar("Selected", bound=Select[Any])

WHOLE = (
    joinedload(Letter.original),
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
FOR_LISTS = (
    selectinload(Letter.revisions).load_only(
        Revision.cut_percent, Revision.added_words, Revision.touched, Revision.number
    ),
    selectinload(Letter.verifications),
    selectinload(Letter.findings).load_only(
        StoredFinding.check, StoredFinding.outcome, StoredFinding.says
    ),
)


@dataclass(frozen=True)
class LetterFilter:
    """Which letters: empty fields mean every one."""

    states: tuple[State, ...] = ()
    article_id: int | None = None
    channel: Channel | None = None
    q: str = ""


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
) -> Page[Letter]:
    """One page, newest first. `whole` loads all that a record needs.

    Raises Refused for a cursor that is not ours.
    """
    ref = _ref(work, which)
    if _finds_nothing(which, ref):
        return Page([], None)
    at, last = read_cursor(after) if after else (None, None)
    hits = _hits(work, which, ref, last, limit + 1)
    query = _narrowed(select(Letter), which, hits, ref)
    # Numbers go up with the moment of receipt, so that a search need not sort all that it finds.
    place = (Letter.received_at, Letter.id) if hits is None else (hits.c.id,)
    if last is not None:
        query = query.where(tuple_(*place) < tuple_(at, last) if hits is None else hits.c.id < last)
    query = query.order_by(*(column.desc() for column in place)).limit(limit + 1)
    query = query.options(*(WHOLE if whole else FOR_LISTS))
    found = list(work.session.scalars(query).unique())
    more = len(found) > limit
    rows = found[:limit]
    return Page(rows, cursor_after(rows[-1].received_at, rows[-1].id) if more else None)


def count(work: Work, which: LetterFilter) -> Count:
    """How many, counted no further than the cap."""
    ref = _ref(work, which)
    if _finds_nothing(which, ref):
        return Count(0)
    some = _narrowed(select(Letter.id), which, _hits(work, which, ref), ref)
    few = some.limit(CAP + 1).subquery()
    return Count(work.session.scalar(select(func.count()).select_from(few)) or 0)


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
    if replace(which, q="") == LetterFilter() and not (asked.states or asked.not_states):
        ids = list(work.session.scalars(search.downwards(work, table, asked, among).limit(newest)))
        return select(table.c.id).where(table.c.id.in_(ids)).subquery("hits")
    return search.downwards(work, table, asked, among).subquery("hits")


def _among(
    work: Work, which: LetterFilter, asked: search.Query, before: int | None
) -> search.Among:
    """Where only few letters come into question, those; else the time that was asked for.

    A word that most letters have would else be followed through all of them for a few.
    """
    others = replace(which, q="")
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
    if which.article_id is not None:
        query = query.where(Letter.article_id == which.article_id)
    if which.channel is not None:
        query = query.where(Letter.channel == which.channel)
    if ref:
        return query.where(Letter.ref == ref)
    asked = search.read_query(which.q)
    if hits is None:
        return _within(query, asked)
    # Their numbers tell already that they came in the time that was asked for.
    return _in_states(query, asked).join(hits, hits.c.id == Letter.id)


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
        .options(*WHOLE)
        .with_for_update(of=Letter, skip_locked=True)
    )
    return list(work.session.scalars(query).unique())


def mark_checked(work: Work, ids: Iterable[int]) -> None:
    """Note that the dear checks are done; the letter's version stays as editors know it."""
    work.session.execute(
        update(Letter).where(Letter.id.in_(list(ids))).values(checked_at=work.now),
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


def exist(work: Work, keys: Sequence[str]) -> set[str]:
    """Which of these submission keys are in use."""
    query = select(Letter.submission_key).where(Letter.submission_key.in_(keys))
    return {key for key in work.session.scalars(query) if key}
