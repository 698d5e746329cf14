"""Decide about a letter: shortlist, approve, hold, decline, spike, restore, withdraw, kill."""

from dataclasses import dataclass
from datetime import date, timedelta

from feedback.desk.override import override
from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import Event, EventKind
from feedback.domain.gates import TO_APPROVE, WRITERS_PART, lacking
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind
from feedback.domain.state import LEADS_TO, Decision, State
from feedback.outbox import messages
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


def decide(work: Work, letter: Letter, wish: Wish, by: Editor, version: int | None) -> None:
    """Carry the decision out and log it.

    Raises NotAllowed for a role that may not, Stale for an old `version`, Refused (kind
    `move` with `allowed`, kind `gates` with `missing`, kind `fields`).
    """
    _require(by, wish)
    letter.expect(version)
    actor = Actor.of(by)
    to = LEADS_TO[wish.decision]
    letter.require_move(to)
    if wish.override is not None:
        override(work, letter, wish.override, by)
    match wish.decision:
        case Decision.APPROVE:
            _approve(work, letter, wish, actor)
        case Decision.HOLD:
            _hold(work, letter, wish, actor)
        case Decision.DECLINE:
            _decline(work, letter, wish, actor)
        case Decision.WITHDRAW | Decision.KILL:
            if not (wish.reason or "").strip():
                raise Refused("Say why.", "fields", {"field": "reason"})
            letter.move(to, actor, work.now, wish.reason)
            messages.cancel(work, letter)
        case _:
            letter.move(to, actor, work.now, wish.reason)


def _require(by: Editor, wish: Wish) -> None:
    if wish.decision is Decision.SHORTLIST:
        by.require(Deed.SHORTLIST)
    elif wish.decision is Decision.KILL:
        by.require(Deed.KILL)
    else:
        by.require(Deed.DECIDE)
    if wish.override is not None:
        by.require(Deed.SET_GATES)


def _approve(work: Work, letter: Letter, wish: Wish, actor: Actor) -> None:
    missing = lacking(letter, TO_APPROVE)
    if not missing:
        letter.move(State.APPROVED, actor, work.now, wish.reason)
        return
    if wish.when_ready and set(missing) <= set(WRITERS_PART):
        if letter.contact is None or not letter.contact.email:
            raise Refused(
                "There is no email address to ask at: record a verification instead.",
                "gates",
                {"missing": missing},
            )
        if letter.state is not State.SHORTLISTED:
            letter.move(State.SHORTLISTED, actor, work.now, wish.reason)
        if letter.wanted is None:
            letter.want_approved(actor, work.now)
            messages.owe_writer(work, letter, MailKind.ASK)
        return
    raise Refused(_gates_sentence(missing), "gates", {"missing": missing})


def _gates_sentence(missing: list[str]) -> str:
    words = {
        "complete": "something is missing",
        "verified": "the writer has not confirmed it",
        "proofed": "the writer has not seen the edited text",
    }
    return "Not yet: " + ", ".join(words.get(g, g) for g in missing) + "."


def _hold(work: Work, letter: Letter, wish: Wish, actor: Actor) -> None:
    today = work.now.astimezone(letter.column.zone).date()
    until = wish.until or today + timedelta(days=letter.column.hold_days)
    if not today <= until <= today + MOST_HOLD:
        raise Refused("Choose a day within a year from now.", "fields", {"field": "until"})
    letter.move(State.HELD, actor, work.now, wish.reason)
    letter.hold_until = until


def _decline(work: Work, letter: Letter, wish: Wish, actor: Actor) -> None:
    reason = wish.reason or DECLINE_REASONS[0]
    if reason not in DECLINE_REASONS:
        raise Refused(
            "Choose a reason: " + ", ".join(DECLINE_REASONS) + ".", "fields", {"field": "reason"}
        )
    event = letter.move(State.DECLINED, actor, work.now, reason)
    messages.cancel(work, letter)
    if wish.tell == "mail" or (letter.column.tells_declined and reason != DECLINE_REASONS[0]):
        messages.owe_writer(work, letter, MailKind.DECLINED, event)


def approve_if_wanted(work: Work, letter: Letter) -> Event | None:
    """The writer has answered: approve in the name of the editor who wanted it.

    Returns the event where the letter was approved. Called by the edge that took the answer.
    """
    work.session.flush()  # an article that was just set has its number from here on
    if letter.wanted is not State.APPROVED or lacking(letter, TO_APPROVE):
        return None
    by = letter.wanted_actor
    return letter.move(State.APPROVED, by, work.now, "Approved for when the writer had answered.")


def log_contact_look(work: Work, letter: Letter, by: Editor) -> None:
    """Note that an editor looked at the contact data; raises NotAllowed for other roles."""
    by.require(Deed.SEE_CONTACTS)
    letter.record(EventKind.CONTACT_SEEN, Actor.of(by), work.now)
