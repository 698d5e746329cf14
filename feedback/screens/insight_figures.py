"""The figures of a period as tables with their bars: what page, picture and CSV all show."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.domain.place import state_code, state_name
from feedback.domain.state import State
from feedback.reading.ap_dates import ap_date
from feedback.screens.desk_words import CHANNEL_WORDS
from feedback.screens.insight_charts import Bars
from feedback.store import insights
from feedback.store.insights import Share, Span
from feedback.store.work import Work

Answer = TypeVar("Answer")
Cell = str | int

MOST_DAYS_SHOWN = 120  # then weeks
WEEK = 7
MOST_PLACES = 12
WAITS = (
    (timedelta(days=1), "a day"),
    (timedelta(days=2), "two days"),
    (timedelta(days=4), "four days"),
    (timedelta(days=7), "a week"),
    (timedelta(days=14), "two weeks"),
    (timedelta(days=28), "four weeks"),
)


@dataclass(frozen=True)
class Figure:
    """One set of figures. `alt` says in a sentence what the picture shows."""

    title: str
    says: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    bars: Bars | None = None
    alt: str = ""
    links: Mapping[int, str] = field(default_factory=dict)  # of rows, by their number


class Asking(Protocol):
    """How figures are asked for: may answer from what was counted a little while ago."""

    def __call__(self, what: str, span: Span, count: Callable[[Work, Span], Answer]) -> Answer:
        """What `count` finds of the span; `what` names it."""
        ...


def by_day(ask: Asking, span: Span) -> Figure:
    """Letters received and decided, day by day, or week by week where the period is long."""
    days = (span.last - span.first).days + 1
    step = 1 if days <= MOST_DAYS_SHOWN else WEEK
    parts = [
        span.part(first, min(first + timedelta(days=step - 1), span.last))
        for first in (span.first + timedelta(days=n) for n in range(0, days, step))
    ]
    numbers = ask("by day", span, lambda work, _s: [insights.received(work, p) for p in parts])
    made = ask("decisions", span, insights.decisions)
    decided = Counter(
        (one.at.astimezone(span.zone).date() - span.first).days // step for one in made.made
    )
    labels = [ap_date(part.first, span.last.year) for part in parts]
    most = max(range(len(numbers)), key=numbers.__getitem__)
    says = (
        _("Most came on %(day)s: %(num)s.", day=labels[most], num=f"{numbers[most]:,}")
        if step == 1
        else _(
            "Most came in the week of %(day)s: %(num)s.", day=labels[most], num=f"{numbers[most]:,}"
        )
    )
    total = sum(numbers)
    return Figure(
        _("Letters by day") if step == 1 else _("Letters by week"),
        says if total else _("No letters came in this period."),
        (_("Day") if step == 1 else _("Week of"), _("Received"), _("Decided")),
        [
            (part.first.isoformat(), number, decided[n] if made.is_whole else "")
            for n, (part, number) in enumerate(zip(parts, numbers, strict=True))
        ],
        Bars(labels, numbers, is_lying=False),
        _("Letters received from %(first)s to %(last)s: %(num)s.", first=labels[0],
          last=ap_date(span.last), num=f"{total:,}") + f" {says}",
    )  # fmt: skip


def outcome(ask: Asking, span: Span) -> Figure:
    """What became of the letters that came in."""
    words: dict[State, str] = {
        State.RECEIVED: _("Waiting"),
        State.SHORTLISTED: _("Shortlisted"),
        State.APPROVED: _("Approved"),
        State.PLACED: _("Placed"),
        State.PUBLISHED: _("Printed"),
        State.HELD: _("Held"),
        State.DECLINED: _("Declined"),
        State.SPIKED: _("Spiked"),
        State.WITHDRAWN: _("Withdrawn"),
        State.KILLED: _("Killed"),
    }
    count: Counter[str] = Counter()
    for share in ask("shares", span, insights.shares):
        count[_("Not chosen") if share.is_not_chosen else words[share.state]] += share.number
    return _ranked(_("What became of them"), _("Outcome"), count)


def channel(ask: Asking, span: Span) -> Figure:
    """How they came."""
    count: Counter[str] = Counter()
    for share in ask("shares", span, insights.shares):
        count[str(CHANNEL_WORDS[share.channel])] += share.number
    return _ranked(_("How they came"), _("Channel"), count)


def place(ask: Asking, span: Span) -> Figure:
    """Where they come from: states, and countries abroad."""
    count: Counter[str] = Counter()
    for share in ask("shares", span, insights.shares):
        count[_where(share)] += share.number
    kept = count.most_common(MOST_PLACES)
    rest = sum(count.values()) - sum(number for _name, number in kept)
    others = len(count) - len(kept)
    drawn = Counter(dict(kept))
    if rest:
        drawn[ngettext("%(num)s other", "%(num)s others", others)] = rest
    return _ranked(_("Where they come from"), _("State"), drawn, count)


def article(ask: Asking, span: Span) -> Figure:
    """The articles that most letters answer."""
    found = ask("articles", span, insights.most_answered)
    return Figure(
        _("Most answered articles"),
        "" if found else _("No letter of this period answers an article that is known."),
        (_("Article"), _("Letters"), _("Printed"), _("First letters")),
        [(one.headline, one.letters, one.printed, one.first_timers) for one in found],
        Bars([a.headline for a in found], [a.letters for a in found], is_lying=True, is_wide=True)
        if found
        else None,
        _listed([(one.headline, one.letters) for one in found]),
        {n: f"/desk/articles/{one.article_id}" for n, one in enumerate(found)},
    )


def decision(ask: Asking, span: Span) -> Figure:
    """How long writers waited for the first decision."""
    made = ask("decisions", span, insights.decisions)
    waits = [one.took for one in made.made]
    rows: list[tuple[str, int]] = []
    before = timedelta(0)
    names = {limit: str(_("within %(time)s", time=name)) for limit, name in WAITS}
    for limit, _name in WAITS:
        rows.append((names[limit], sum(1 for wait in waits if before <= wait < limit)))
        before = limit
    rows.append((_("later"), sum(1 for wait in waits if wait >= before)))
    says = _("No letter was decided about.")
    if waits:
        says = _(
            "Half within %(median)s, nine of 10 within %(most)s.",
            median=duration(at_share(waits, 0.5)),
            most=duration(at_share(waits, 0.9)),
        )
        if not made.is_whole:
            says += " " + _("Of the newest %(num)s decisions.", num=f"{len(waits):,}")
    drawn = Bars([name for name, _n in rows], [number for _name, number in rows], is_lying=True)
    head = (_("Decided"), _("Letters"))
    return Figure(_("Time to decision"), says, head, rows, drawn if waits else None, _listed(rows))


def first_time(ask: Asking, span: Span) -> Figure:
    """What was printed of people who wrote for the first time, and of the others."""
    shares = ask("shares", span, insights.shares)
    printed = ask("in print", span, insights.in_print)
    came = Counter({True: 0, False: 0})
    for share in shares:
        came[share.is_first] += share.number
    of = {True: printed.first_timers, False: printed.number - printed.first_timers}
    rows = [
        (name, came[is_first], of[is_first])
        for name, is_first in ((_("First-time writers"), True), (_("Everybody else"), False))
    ]
    says = (
        _("%(new)s of %(all)s printed letters are by first-time writers.",
          new=f"{printed.first_timers:,}", all=f"{printed.number:,}")
        if printed.number
        else _("Nothing was printed in this period.")
    )  # fmt: skip
    head = (_("Writers"), _("Letters received"), _("Printed"))
    drawn = Bars([name for name, *_rest in rows], [row[2] for row in rows], is_lying=True)
    alt = _listed([(row[0], row[2]) for row in rows])
    return Figure(_("First-time writers"), says, head, rows, drawn if printed.number else None, alt)


FIGURES: dict[str, Callable[[Asking, Span], Figure]] = {
    "by-day": by_day,
    "outcome": outcome,
    "article": article,
    "state": place,
    "decision": decision,
    "channel": channel,
    "first-time": first_time,
}


def at_share(waits: Sequence[timedelta], share: float) -> timedelta:
    """The wait within which that share of letters was decided (nearest rank)."""
    ordered = sorted(waits)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def duration(wait: timedelta) -> str:
    """“40 minutes”, “5 hours”, “3.6 days”."""
    minutes = round(wait.total_seconds() / 60)
    if minutes < 60:
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    if wait < timedelta(days=1):
        return str(ngettext("%(num)s hour", "%(num)s hours", round(minutes / 60)))
    days = f"{wait / timedelta(days=1):.1f}".removesuffix(".0")
    return str(_("1 day") if days == "1" else _("%(num)s days", num=days))


def _where(share: Share) -> str:
    if share.country not in (None, "US"):
        return str(share.country)
    code = state_code(share.place_state or "")
    return state_name(code) if code else (share.place_state or _("No place"))


def _ranked(title: str, of: str, drawn: Counter[str], whole: Counter[str] | None = None) -> Figure:
    """Most first. `whole` is what the table has where the picture leaves some out."""
    rows = (whole or drawn).most_common()
    total = sum(drawn.values())
    says = ngettext("%(num)s letter", "%(num)s letters", total) if total else _("No letters")
    if total >= insights.MOST_LETTERS:
        says = _("The newest %(num)s letters of the period", num=f"{total:,}")
    shown = list(drawn.items()) if whole else drawn.most_common()
    bars = Bars([name for name, _n in shown], [number for _name, number in shown], is_lying=True)
    return Figure(title, says, (of, _("Letters")), rows, bars if rows else None, _listed(shown))


def _listed(rows: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in rows)
