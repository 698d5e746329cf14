"""How things read on a page: AP dates, counts, states in words, the house's name."""

from datetime import date, datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Flask, g
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from feedback.domain.state import State
from feedback.newsroom import newsroom
from feedback.reading.ap_dates import ap_date, ap_moment
from feedback.screens.evidence import Marks, marked

STATE_WORDS: dict[State, str] = {
    State.RECEIVED: _("Received"),
    State.SHORTLISTED: _("Shortlisted"),
    State.APPROVED: _("Approved"),
    State.PLACED: _("Placed"),
    State.PUBLISHED: _("Published"),
    State.HELD: _("Held"),
    State.DECLINED: _("Declined"),
    State.SPIKED: _("Spiked"),
    State.WITHDRAWN: _("Withdrawn"),
    State.KILLED: _("Killed"),
}


def signature_html(printed: str) -> Markup:
    """The signature with its dash; dash and first word never part at a line's end."""
    first, space, rest = printed.partition(" ")
    return Markup('<span class="signature"><span class="nowrap">—{}</span>{}{}</span>').format(
        first, space, rest
    )


def paragraphs_html(text: str, marks: Marks | None = None) -> Markup:
    """A letter's text as paragraphs, escaped, evidence marked; single line breaks are kept."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(
            Markup("<br>").join(marked(line, marks) for line in part.split("\n"))
        )
        for part in parts
    )


def wire_form(address: str) -> str:
    """An email address as it goes over the wire, where that is not how it reads.

    Letters of other alphabets look like Latin ones: “аррӏе.com” is not “apple.com”.
    """
    try:
        found = validate_email(address, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return ""
    written = f"{found.local_part}@{found.ascii_domain}"
    return written if written != address else ""


def init(app: Flask) -> None:
    """Give all templates the filters above, and `column` (the house's column)."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        signature=signature_html,
        paragraphs=paragraphs_html,
        marked=marked,
        wire_form=wire_form,
        state_word=lambda state: STATE_WORDS[State(state)],
        number=lambda n: f"{n:,}",
    )
    app.jinja_env.globals.update(State=State)
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    if "column" not in g:
        g.column = newsroom().column()
    return {"column": g.column, "base_url": newsroom().base_url}


def _here(at: datetime) -> datetime:
    return at.astimezone(newsroom().column().zone)


def day(value: date | datetime) -> str:
    """“March 2, 2026”; of a moment the day in the newsroom’s zone."""
    if isinstance(value, datetime):
        value = _here(value).date()
    return ap_date(value)


def moment(at: datetime) -> str:
    """“March 2, 9:14 a.m.” in the newsroom’s zone; with the year where it is not this one."""
    return ap_moment(_here(at), _here(newsroom().store.clock()))
