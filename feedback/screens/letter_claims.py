"""Questions about facts from a letter's page: ask for a source, settle; mark an answer."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.claims import ask_source, settle
from feedback.desk.mark_answer import mark_answer
from feedback.domain.claim import ClaimOutcome
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.screens.letter_actions import version_sent
from feedback.screens.letter_changes import change
from feedback.store.work import Work


@desk_only(Deed.DRAFT_EDIT)
def ask(ref: str) -> ResponseReturnValue:
    """Ask for a source. Form: `quote`, words of the letter; `question`; `tell` for no mail."""
    return change(ref, "source", _ask)


@desk_only(Deed.DECIDE)
def settled(ref: str, number: int) -> ResponseReturnValue:
    """Settle a question. Form: `outcome`, `source`."""
    return change(ref, "", lambda work, letter: _settle(work, letter, number))


@desk_only(Deed.DECIDE)
def answer(ref: str) -> ResponseReturnValue:
    """Mark as an answer to criticism; with `answer=no` it is none after all."""
    return change(ref, "", _mark)


def _ask(work: Work, letter: Letter) -> str:
    form = request.form
    mail = ask_source(
        work,
        letter,
        form.get("quote", ""),
        form.get("question", ""),
        current_editor(),
        version_sent(),
        tells=form.get("tell") != "no",
    )
    if mail is None:
        return str(_("A source is wanted before print. No mail leaves."))
    minutes = letter.column.grace_minutes
    return str(_("A source is wanted before print. A mail leaves in %(n)s minutes.", n=minutes))


def _settle(work: Work, letter: Letter, number: int) -> str:
    try:
        outcome = ClaimOutcome(request.form.get("outcome", ""))
    except ValueError as error:
        raise Refused(_("Say what came of it."), "fields", {"field": "outcome"}) from error
    source = request.form.get("source", "")
    settle(work, letter, number, outcome, source, current_editor(), version_sent())
    if letter.open_claims:
        return str(_("Settled. %(n)s still open.", n=letter.open_claims))
    return str(_("Settled: no question is open."))


def _mark(work: Work, letter: Letter) -> str:
    is_answer = request.form.get("answer") != "no"
    mark_answer(work, letter, current_editor(), version_sent(), answer=is_answer)
    if is_answer:
        return str(_("Marked as an answer to criticism: the quota does not count."))
    return str(_("No longer an answer to criticism."))
