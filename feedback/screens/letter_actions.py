"""Decisions from a letter's page: one address, the decision as it is called in the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.decide import Wish, decide
from feedback.desk.undo import undo
from feedback.domain.editor import Deed
from feedback.domain.errors import FeedbackError, NotAllowed, NotFound, Refused
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailState
from feedback.domain.state import ABUSE, SPAM, Decision, State
from feedback.newsroom import newsroom
from feedback.reading.ap_dates import ap_date
from feedback.screens import undoable
from feedback.screens.desk_words import REASON_WORDS
from feedback.screens.letter_page import Shown, render
from feedback.screens.queue import which_of
from feedback.screens.selection import Selection
from feedback.screens.shown import STATE_WORDS
from feedback.store import letters, mails
from feedback.store.letter_filter import cursor_of
from feedback.store.work import Work

MOST_REASON = 2000
# Buttons that are a decision with something said already.
SHORT = {"not_chosen": Decision.DECLINE, "ask": Decision.APPROVE, "abuse": Decision.SPIKE}
# What a refusal leads back to: the panel in which the decision was asked for.
PANEL_OF = {
    Decision.HOLD: "hold",
    Decision.DECLINE: "decline",
    Decision.WITHDRAW: "withdraw",
    Decision.KILL: "kill",
}


@desk_only(Deed.READ)
def decisions(ref: str) -> ResponseReturnValue:
    """Carry a decision out; on to the next letter of the list, with Undo.

    Form: `decision` (of the contract, or `not_chosen`, `ask`), `version`, `reason`, `until`,
    `tell`.
    """
    selection = Selection.read(request.args)
    decision = _decision(request.form.get("decision", ""))
    carry_out = _undone if decision is Decision.UNDO else _decided
    try:
        with newsroom().store.work() as work:
            letter = letters.by_ref(work, ref, to_change=True)
            done = carry_out(work, letter, decision, selection)
    except (NotAllowed, NotFound):
        raise
    except FeedbackError as error:
        return again(ref, selection, error, PANEL_OF.get(decision, ""))
    if done.may_undo:
        opens = "hold" if decision is Decision.HOLD else ""
        undoable.remember(done.says, letter, selection.query, opens)
    else:
        undoable.forget(letter.ref)
        flash(done.says, "info")
    return redirect(done.onward, 303)


def again(ref: str, selection: Selection, error: FeedbackError, do: str) -> ResponseReturnValue:
    """The letter's page as it is now, with the reason why nothing was done; typed text is kept."""
    with newsroom().store.read() as work:
        letter = letters.by_ref(work, ref)
        return render(work, letter, Shown(selection, do=do, error=error, typed=request.form))


def version_sent() -> int:
    """The version that the page was made for. Raises Refused where it does not say."""
    sent = request.form.get("version", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 9:
        raise Refused("Reload the page: it does not say which version it shows.", "fields")
    return int(sent)


def called(letter: Letter) -> str:
    """How a sentence names the letter; a withheld name is in none."""
    who = letter.signature.printed().split(",")[0]
    return f"{who}, {letter.ref}" if who else letter.ref


@dataclass(frozen=True)
class Done:
    """What was done, in a sentence; where to go on."""

    says: str
    onward: str
    may_undo: bool


def _decision(sent: str) -> Decision:
    if sent in SHORT:
        return SHORT[sent]
    try:
        return Decision(sent)
    except ValueError as error:
        raise Refused("There is no such decision.", "fields", {"field": "decision"}) from error


def _undone(work: Work, letter: Letter, _decision: Decision, selection: Selection) -> Done:
    undo(work, letter, current_editor(), version_sent())
    state = letter.state.value
    says = str(_("Undone: %(who)s is %(state)s again.", who=called(letter), state=state))
    return Done(says, selection.letter_href(letter.ref), may_undo=False)


def _decided(work: Work, letter: Letter, decision: Decision, selection: Selection) -> Done:
    before, was_wanted = letter.state, letter.wanted
    decide(work, letter, _wish(decision, request.form), current_editor(), version_sent())
    work.session.flush()
    goes_to = onward(work, letter, selection)
    if decision is Decision.APPROVE and letter.state is before:
        # Nothing moved: the writer was asked, now or before.
        asked = _("%(who)s: the writer is asked already.", who=called(letter))
        says = str(asked) if was_wanted else _says(work, letter, decision)
        return Done(says, goes_to, may_undo=False)
    # The question to the writer leaves at once: an Undo would come too late.
    asked_now = letter.wanted is not None and not was_wanted
    return Done(_says(work, letter, decision), goes_to, may_undo=not asked_now)


def _wish(decision: Decision, sent: Mapping[str, str]) -> Wish:
    reason = " ".join(sent.get("reason", "").split())
    if len(reason) > MOST_REASON:
        raise Refused("Shorten the reason to 2,000 characters.", "fields", {"field": "reason"})
    if sent.get("decision") == "not_chosen":
        return Wish(decision, reason="not_chosen")
    if decision is Decision.SPIKE:  # what the spam filter learns from is said by the button
        said = ABUSE if sent.get("decision") == "abuse" else SPAM
        return Wish(decision, reason=reason or said)
    return Wish(
        decision,
        reason=reason or None,
        tell="mail" if sent.get("tell") else None,
        until=_until(sent.get("until", "")),
        when_ready=decision is Decision.APPROVE,
    )


def _until(sent: str) -> date | None:
    if not sent:
        return None
    try:
        return date.fromisoformat(sent)
    except ValueError as error:
        raise Refused("Give the day like 2026-03-16.", "fields", {"field": "until"}) from error


def onward(work: Work, letter: Letter, selection: Selection) -> str:
    """The next letter of the list that was named, else the letter itself; at the end the queue."""
    if not selection.is_given:
        return selection.letter_href(letter.ref)
    which = which_of(work, selection)
    here = cursor_of(letter, which)
    following = letters.page(work, which, here, limit=1, light=True).rows
    if not following:
        selection = selection.first()
        top = letters.page(work, which, limit=2, light=True).rows
        following = [one for one in top if one.id != letter.id]
    return selection.letter_href(following[0].ref) if following else selection.href


def _says(work: Work, letter: Letter, decision: Decision) -> str:
    """What was done, in a sentence."""
    who = called(letter)
    match decision:
        case Decision.HOLD if letter.hold_until:
            day = ap_date(letter.hold_until, work.now.year)
            return str(_("Held until %(day)s: %(who)s.", day=day, who=who))
        case Decision.DECLINE:
            reason = REASON_WORDS.get(letter.state_reason or "", "")
            mail = _mail_says(work, letter)
            return str(
                _("Declined, %(why)s: %(who)s. %(mail)s", why=reason.lower(), who=who, mail=mail)
            )
        case Decision.SPIKE:
            return str(_("Spiked: %(who)s. Nobody is told.", who=who))
        case Decision.APPROVE if letter.state is State.SHORTLISTED:
            return str(_("%(who)s: the writer is asked; the answer approves it.", who=who))
    state = STATE_WORDS[letter.state]
    return str(_("%(state)s: %(who)s.", state=state, who=who))


def _mail_says(work: Work, letter: Letter) -> str:
    owed = mails.of_letter(work, letter.id)
    waits = [m for m in owed if m.for_event and m.state is MailState.WAITING]
    if not waits:
        return str(_("No mail."))
    minutes = letter.column.grace_minutes
    return str(_("A mail leaves in %(n)s minutes.", n=minutes))
