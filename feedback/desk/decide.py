"""Decide about a letter: shortlist, approve, hold, decline, spike, restore, withdraw, kill."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from feedback.desk.override import override
from feedback.desk.send_on import send_on_by_rule
from feedback.domain import taken_away
from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor, deed_of
from feedback.domain.errors import Refused
from feedback.domain.event import Event, EventKind
from feedback.domain.gates import TO_APPROVE, lacking, writer_can_open
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind
from feedback.domain.state import LEADS_TO, Decision, State
from feedback.outbox import messages
from feedback.reading.cleaning import clean_text
from feedback.store import events, findings, writers
from feedback.store.work import Work

# Reasons for a decline; the first is the usual one.
DECLINE_REASONS = (
    "not_chosen",
    "too_long",
    "not_about_an_article",
    "already_said",
    "not_verified",
    "cannot_confirm_facts",
    "uncivil",
    "other",
)
MOST_HOLD = timedelta(days=366)
MOST_REASON = 2000


@dataclass(frozen=True)
class Wish:
    """A decision with what goes with it, as the desk or a program asks for it.

    `reason`: a reason code for a decline, else free words. `tell`: "mail" writes to the writer
    of a declined letter. `until`: the day on which a held letter comes back. `when_ready`:
    approve as soon as the writer has answered. `override`: a chief's reason to pass the gates.
    """

    decision: Decision
    reason: str | None = None
    tell: str | None = None
    until: date | None = None
    when_ready: bool = False
    override: str | None = None


@dataclass(frozen=True)
class _Step:
    """A decision on its way; `facts` go into its event, so that an undo takes all of it back."""

    work: Work
    letter: Letter
    wish: Wish
    actor: Actor
    reason: str | None
    facts: dict[str, Any]

    def move(self, to: State, why: str | None = None) -> Event:
        """The letter goes there, for the reason that was given or `why`."""
        return self.letter.move(to, self.actor, self.work.now, why or self.reason, self.facts)

    def stop_mails(self) -> None:
        """What waits about the letter does not leave, unless the step is undone."""
        stopped = messages.cancel(self.work, self.letter)
        if stopped:
            self.facts[taken_away.STOPPED] = stopped


def decide(work: Work, letter: Letter, wish: Wish, by: Editor, version: int | None) -> None:
    """Carry the decision out and log it.

    Raises NotAllowed for a role that may not, Stale for an old `version`, Refused (kind
    `move` with `allowed`, kind `gates` with `missing`, kind `fields`).
    """
    to = LEADS_TO[wish.decision]
    _require(by, wish, letter.state, to)
    letter.expect(version)
    letter.require_move(to)
    step = _Step(work, letter, wish, Actor.of(by), _reason(wish), {})
    if wish.override is not None:
        passed = override(work, letter, wish.override, by)
        if passed:
            step.facts[taken_away.OVERRODE] = passed
    match wish.decision:
        case Decision.APPROVE:
            _approve(step)
        case Decision.HOLD:
            _hold(step)
        case Decision.DECLINE:
            _decline(step)
        case Decision.SPIKE | Decision.WITHDRAW | Decision.KILL:
            if wish.decision is not Decision.SPIKE and step.reason is None:
                raise Refused("Say why.", "fields", {"field": "reason"})
            step.stop_mails()
            step.move(to)
            if wish.decision is Decision.KILL:
                writers.recount_printed(work, [letter.writer_id])
                findings.check_writers_again(work, [letter.writer_id])
        case _:
            step.move(to)


def _require(by: Editor, wish: Wish, before: State, to: State) -> None:
    if wish.decision in (Decision.SHORTLIST, Decision.KILL):
        by.require(deed_of(before, to))
    else:
        by.require(Deed.DECIDE)
    if wish.override is not None:
        by.require(Deed.SET_GATES)


def _reason(wish: Wish) -> str | None:
    reason = clean_text(wish.reason or "").strip() or None
    if reason and len(reason) > MOST_REASON:
        raise Refused("Shorten the reason to 2,000 characters.", "fields", {"field": "reason"})
    return reason


def _approve(step: _Step) -> None:
    missing = lacking(step.letter, TO_APPROVE)
    if not missing:
        send_on_by_rule(step.work, step.letter, step.move(State.APPROVED))
    elif step.wish.when_ready and writer_can_open(step.letter, missing):
        _ask(step, missing)
    else:
        raise Refused(_gates_sentence(missing), "gates", {"missing": missing})


def _ask(step: _Step, missing: list[str]) -> None:
    """Ask the writer, once; the answer approves it."""
    letter = step.letter
    if letter.contact is None or not letter.contact.email:
        raise Refused(
            "There is no email address to ask at: record a verification instead.",
            "gates",
            {"missing": missing},
        )
    if letter.wanted is not None:
        return
    event = letter.want_approved(step.actor, step.work.now)
    if letter.state is not State.SHORTLISTED:
        event = step.move(State.SHORTLISTED)
    messages.owe_writer(step.work, letter, MailKind.ASK, event)


def _gates_sentence(missing: list[str]) -> str:
    words = {
        "complete": "something is missing",
        "verified": "the writer has not confirmed it",
        "proofed": "the writer has not seen the edited text",
    }
    return "Not yet: " + ", ".join(words.get(g, g) for g in missing) + "."


def _hold(step: _Step) -> None:
    letter = step.letter
    today = letter.column.today(step.work.now)
    until = step.wish.until or today + timedelta(days=letter.column.hold_days)
    if not today <= until <= today + MOST_HOLD:
        raise Refused("Choose a day within a year from now.", "fields", {"field": "until"})
    step.move(State.HELD)
    letter.hold_until = until


def _decline(step: _Step) -> None:
    reason = step.reason or DECLINE_REASONS[0]
    if reason not in DECLINE_REASONS:
        raise Refused(
            "Choose a reason: " + ", ".join(DECLINE_REASONS) + ".", "fields", {"field": "reason"}
        )
    step.stop_mails()
    event = step.move(State.DECLINED, reason)
    by_rule = step.letter.column.tells_declined and reason != DECLINE_REASONS[0]
    if step.wish.tell == "mail" or by_rule:
        messages.owe_writer(step.work, step.letter, MailKind.DECLINED, event)


def approve_if_wanted(work: Work, letter: Letter) -> Event | None:
    """The writer has answered: approve in the name of the editor who wanted it.

    Returns the event where the letter was approved. Called by the edge that took the answer.
    """
    work.session.flush()  # an article that was just set has its number from here on
    if letter.wanted is not State.APPROVED or lacking(letter, TO_APPROVE):
        return None
    by = letter.wanted_actor
    event = letter.move(State.APPROVED, by, work.now, "Approved for when the writer had answered.")
    send_on_by_rule(work, letter, event)
    return event


def log_contact_look(work: Work, letter: Letter, by: Editor) -> None:
    """Note that an editor looked at the contact data; raises NotAllowed for other roles."""
    by.require(Deed.SEE_CONTACTS)
    events.append_beside(work, letter, EventKind.CONTACT_SEEN, Actor.of(by))
