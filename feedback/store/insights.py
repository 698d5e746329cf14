"""Figures over a period: each a count over an indexed range of days, none of all letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from feedback.domain.actor import ActorKind
from feedback.domain.article import Article
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import State
from feedback.store.work import Work

MOST_DECISIONS = 20_000  # the newest of a period
MOST_LETTERS = 100_000  # the same: whose rows are read, where an index does not tell
MOST_ARTICLES = 10
DECIDED = (State.APPROVED, State.DECLINED, State.SPIKED)
# A letter that stands here now has had its decision undone.
UNDECIDED = (State.RECEIVED, State.HELD, State.SHORTLISTED)
NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True)
class Span:
    """Days of a newsroom, the first and the last included; of one column where it says so."""

    first: date
    last: date
    zone: ZoneInfo
    column_id: int | None = None

    @property
    def begins(self) -> datetime:
        """The midnight with which it begins."""
        return _midnight(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        """The midnight with which it is over."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def before(self) -> "Span":
        """As many days before it."""
        days = (self.last - self.first).days + 1
        start = self.first - timedelta(days=days)
        return Span(start, self.first - timedelta(days=1), self.zone, self.column_id)

    def part(self, first: date, last: date) -> "Span":
        """Some days of it."""
        return Span(first, last, self.zone, self.column_id)


@dataclass(frozen=True)
class Share:
    """Letters that are alike in all of this, with their number."""

    state: State
    is_not_chosen: bool
    channel: Channel
    country: str | None
    place_state: str | None
    is_first: bool
    number: int


@dataclass(frozen=True)
class Answered:
    """An article with the letters of the period about it."""

    article_id: int
    headline: str
    letters: int
    printed: int
    first_timers: int


@dataclass(frozen=True)
class Decision:
    """The first decision about a letter, with its way from receipt to it."""

    at: datetime
    took: timedelta


@dataclass(frozen=True)
class Decisions:
    """Decisions that were made in the period; `is_whole` unless there were more than are read."""

    made: Sequence[Decision]
    is_whole: bool


@dataclass(frozen=True)
class InPrint:
    """Letters printed in the editions of the period."""

    number: int
    first_timers: int


def received(work: Work, span: Span) -> int:
    """How many letters came in: read off an index, unless one column is asked for."""
    query = select(func.count()).select_from(Letter).where(*_within(span))
    return work.session.scalar(query) or 0


def shares(work: Work, span: Span) -> list[Share]:
    """The letters that came in, by what became of them, their channel and place."""
    is_not_chosen = case(
        ((Letter.state == State.DECLINED) & (Letter.state_reason == NOT_CHOSEN), 1), else_=0
    )
    newest = _newest(
        span,
        Letter.state,
        is_not_chosen.label("is_not_chosen"),
        Letter.channel,
        Letter.country,
        Letter.place_state,
        Letter.is_first,
    )
    by = list(newest.c)
    grouped = select(*by, func.count()).group_by(*by)
    return [
        Share(row[0], bool(row[1]), row[2], row[3], row[4], row[5], row[6])
        for row in work.session.execute(grouped).all()
    ]


def most_answered(work: Work, span: Span) -> list[Answered]:
    """The articles with most letters of the period, the most answered first."""
    newest = _newest(span, Letter.article_id, Letter.state, Letter.is_first).c
    number = func.count()
    printed = func.sum(case((newest.state == State.PUBLISHED, 1), else_=0))
    first = func.sum(case((newest.is_first, 1), else_=0))
    query = select(newest.article_id, number, printed, first)
    query = query.where(newest.article_id.is_not(None)).group_by(newest.article_id)
    ordered = query.order_by(number.desc(), newest.article_id.desc()).limit(MOST_ARTICLES)
    rows = work.session.execute(ordered).all()
    known = select(Article.id, Article.headline).where(Article.id.in_([row[0] for row in rows]))
    headlines = {row[0]: row[1] for row in work.session.execute(known)}
    return [
        Answered(article_id, headlines.get(article_id, ""), many, int(in_print), int(new))
        for article_id, many, in_print, new in rows
    ]


def decisions(work: Work, span: Span) -> Decisions:
    """Approved, declined or spiked for the first time in the period, newest first.

    Archives are left out: their letters were received long before they came to this desk. So are
    letters whose decision was undone.
    """
    query = (
        select(Event.letter_id, Event.at, Letter.received_at)
        .join(Letter, Letter.id == Event.letter_id)
        .where(
            Event.at >= span.begins,
            Event.at < span.ends,
            Event.kind == EventKind.MOVED,
            Event.to_state.in_(DECIDED),
            Event.by_kind != ActorKind.WRITER,
            Letter.channel != Channel.IMPORT,
            Letter.state.not_in(UNDECIDED),
        )
        .order_by(Event.at.desc())
        .limit(MOST_DECISIONS + 1)
    )
    if span.column_id is not None:
        query = query.where(Letter.column_id == span.column_id)
    rows = work.session.execute(query).all()
    first: dict[int, Decision] = {}
    for letter_id, at, received_at in rows[:MOST_DECISIONS]:  # an earlier one takes its place
        first[letter_id] = Decision(at, max(at - received_at, timedelta(0)))
    return Decisions(list(first.values()), len(rows) <= MOST_DECISIONS)


def in_print(work: Work, span: Span) -> InPrint:
    """What the editions of the period printed, and how much of it by first-time writers."""
    first = func.sum(case((Letter.is_first, 1), else_=0))
    query = select(func.count(), first).where(
        Letter.published_on >= span.first,
        Letter.published_on <= span.last,
        Letter.state == State.PUBLISHED,
    )
    if span.column_id is not None:
        query = query.where(Letter.column_id == span.column_id)
    number, new = work.session.execute(query).one()
    return InPrint(number, int(new or 0))


def _newest(span: Span, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Subquery:
    """Letters that came in then, the newest where there are very many."""
    query = select(*columns).where(*_within(span))
    ordered = query.order_by(Letter.received_at.desc(), Letter.id.desc())
    return ordered.limit(MOST_LETTERS).subquery("newest")


def _within(span: Span) -> list[ColumnElement[bool]]:
    """Letters that came in then."""
    rules = [Letter.received_at >= span.begins, Letter.received_at < span.ends]
    return rules if span.column_id is None else [*rules, Letter.column_id == span.column_id]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
