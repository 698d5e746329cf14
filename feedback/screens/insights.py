"""Insights: figures over a period as charts, tables and files."""

import csv
import io
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import desk_only, guard_desk
from feedback.domain.column import Column
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.export.formats.csv import BYTE_ORDER_MARK, guarded
from feedback.newsroom import newsroom
from feedback.screens.insight_charts import draw
from feedback.screens.insight_figures import FIGURES, Figure, at_share, duration
from feedback.store import columns, insights
from feedback.store.insights import Span
from feedback.store.work import Work

blueprint = Blueprint("insights", __name__, url_prefix="/desk")
guard_desk(blueprint)

Answer = TypeVar("Answer")

USUAL_DAYS = 90
MOST_DAYS = 3 * 366
PERIODS = (7, 28, 90, 365)
SLOW = 0.25  # seconds: what took longer to count is kept for a while
KEPT_FOR = 600.0  # seconds
EXTENSION = "feedback.insights"
# A picture runs nothing and fetches nothing; its colors are in it.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Asked:
    """The period that was asked for, with the query that asks for it again."""

    span: Span
    column: Column | None
    typed: Mapping[str, str]

    @property
    def query(self) -> str:
        """For links to the same period."""
        return urlencode(self.typed)


class Shelf:
    """What took long to count, kept for ten minutes; everything else is counted each time."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Span], tuple[float, datetime, object]] = {}
        self._turn = threading.Lock()  # two who look at once do not count twice

    def ask(self, what: str, span: Span, count: Callable[[Work, Span], Answer]) -> Answer:
        """The answer of `count`, now or from a little while ago."""
        key = (what, span)
        with self._turn:
            began = time.monotonic()
            self._kept = {k: v for k, v in self._kept.items() if began - v[0] < KEPT_FOR}
            if key in self._kept:
                kept: Answer = self._kept[key][2]  # type: ignore[assignment]  # by its key
                return kept
            with newsroom().store.read() as work:
                answer = count(work, span)
                if time.monotonic() - began > SLOW:
                    self._kept[key] = (time.monotonic(), work.now, answer)
            return answer

    def as_of(self, span: Span) -> datetime | None:
        """Since when the oldest kept figure of the period stands; None where all are of now."""
        return min((v[1] for k, v in self._kept.items() if k[1] == span), default=None)


@blueprint.get("/insights")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """All figures. Query: `from` and `to` (days, both included), `column` (a slug)."""
    try:
        asked, error = _asked(), None
    except Refused as refusal:
        asked, error = _asked(usual=True), refusal
    shelf, span = _shelf(), asked.span
    figures = {name: make(shelf.ask, span) for name, make in FIGURES.items()}
    now, before = _head(shelf, span), _head(shelf, span.before)
    page = render_template(
        "desk/insights.html",
        asked=asked,
        figures=figures,
        now=now,
        before=before,
        error=error,
        given={"from": request.args.get("from", ""), "to": request.args.get("to", "")}
        if error
        else {"from": span.first.isoformat(), "to": span.last.isoformat()},
        periods=_periods(asked),
        columns=newsroom_columns(),
        as_of=shelf.as_of(span),
    )
    return page, 422 if error else 200


@blueprint.get("/insights/<name>.svg")
@desk_only(Deed.READ)
def picture(name: str) -> ResponseReturnValue:
    """One chart; `narrow` draws it for a telephone."""
    figure = _figure(name)
    if figure.bars is None:
        abort(404)
    drawn = draw(figure.bars, is_narrow="narrow" in request.args)
    answer = Response(drawn, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    return answer


@blueprint.get("/insights/<name>.csv")
@desk_only(Deed.READ)
def table(name: str) -> ResponseReturnValue:
    """The numbers of one chart, safe to open in a spreadsheet."""
    figure = _figure(name)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(str(one)) for one in figure.head])
    for row in figure.rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    answer = Response(BYTE_ORDER_MARK + out.getvalue(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


def newsroom_columns() -> list[Column]:
    """The columns to choose from."""
    with newsroom().store.read() as work:
        return columns.every(work)


@dataclass(frozen=True)
class Head:
    """The four figures on top of the page."""

    received: int
    printed: int
    first_timers: int
    median: str


def _head(shelf: Shelf, span: Span) -> Head:
    received = shelf.ask("received", span, insights.received)
    printed = shelf.ask("in print", span, insights.in_print)
    waits = [one.took for one in shelf.ask("decisions", span, insights.decisions).made]
    median = duration(at_share(waits, 0.5)) if waits else ""
    return Head(received, printed.number, printed.first_timers, median)


def _figure(name: str) -> Figure:
    make = FIGURES.get(name)
    if make is None:
        abort(404)
    return make(_shelf().ask, _asked().span)


def _asked(*, usual: bool = False) -> Asked:
    """The period of the query, else the last 90 days. Raises Refused."""
    house = newsroom().column()
    today = house.today(newsroom().store.clock())
    given = {} if usual else request.args
    last = _day(given.get("to", ""), "to") or today
    first = _day(given.get("from", ""), "from") or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        raise Refused(_("The first day is after the last one."), "fields", {"field": "from"})
    if (last - first).days >= MOST_DAYS:
        raise Refused(_("Choose three years at most."), "fields", {"field": "from"})
    column = _column(given.get("column", ""))
    typed = {"from": first.isoformat(), "to": last.isoformat()}
    if column is not None:
        typed["column"] = column.slug
    zone = (column or house).zone
    return Asked(Span(first, last, zone, column.id if column else None), column, typed)


def _day(typed: str, name: str) -> date | None:
    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip()[:20])
    except ValueError as error:
        raise Refused(_("Give a day like 2026-03-16."), "fields", {"field": name}) from error
    if not date(1900, 1, 1) <= day <= date(2200, 1, 1):
        raise Refused(_("Give a day of our time."), "fields", {"field": name})
    return day


def _column(slug: str) -> Column | None:
    if not slug:
        return None
    for column in newsroom_columns():
        if column.slug == slug:
            return column
    raise Refused(_("There is no such column."), "fields", {"field": "column"})


def _periods(asked: Asked) -> list[tuple[int, str, bool]]:
    """Tabs: how many days up to today, the query, whether that is what is shown."""
    house = newsroom().column()
    today = house.today(newsroom().store.clock())
    found = []
    for days in PERIODS:
        first = today - timedelta(days=days - 1)
        typed = {**asked.typed, "from": first.isoformat(), "to": today.isoformat()}
        is_shown = (asked.span.first, asked.span.last) == (first, today)
        found.append((days, urlencode(typed), is_shown))
    return found


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions.setdefault(EXTENSION, Shelf())
    return shelf
