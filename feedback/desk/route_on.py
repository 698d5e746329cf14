"""Not a letter: hand it to the desk of the house whose post it is, and tell the writer so."""

from datetime import timedelta

from feedback.domain import taken_away
from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.other_desk import DESK, ROUTED_ON, OtherDesk
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.domain.state import State, may_move
from feedback.outbox import messages
from feedback.store.work import Work


def may_route_on(letter: Letter, by: Editor) -> bool:
    """Whether this editor can hand the letter to another desk as it stands."""
    is_allowed = by.may(Deed.DECIDE) and by.may(Deed.SEE_CONTACTS)
    return is_allowed and may_move(letter.state, State.DECLINED)


def route_on(work: Work, letter: Letter, to: str, by: Editor, version: int | None) -> OtherDesk:
    """Decline the letter as `routed_on` and owe two mails, which leave after the grace delay.

    The colleague gets the writer's words, with the writer's address to answer to: a look at it is
    logged. The writer is told which desk has the letter. Undo calls both off. Raises NotAllowed,
    Stale, Refused (kind `move`; kind `fields` for no such desk, or one without an address).
    """
    by.require(Deed.DECIDE)
    by.require(Deed.SEE_CONTACTS)
    letter.expect(version)
    letter.require_move(State.DECLINED)
    desk, address = _desk(letter, to)
    actor = Actor.of(by)
    facts: dict[str, object] = {DESK: desk.value}
    stopped = messages.cancel(work, letter)
    if stopped:
        facts[taken_away.STOPPED] = stopped
    letter.record(EventKind.CONTACT_SEEN, actor, work.now)
    event = letter.move(State.DECLINED, actor, work.now, ROUTED_ON, facts)
    work.session.add(
        OwedMail(
            kind=MailKind.COLLEAGUE,
            letter_id=letter.id,
            for_event=event.seq,
            to_address=address,
            due_at=work.now + timedelta(minutes=letter.column.grace_minutes),
            made_at=work.now,
        )
    )
    messages.owe_writer(work, letter, MailKind.ROUTED_ON, event)
    return desk


def _desk(letter: Letter, to: str) -> tuple[OtherDesk, str]:
    try:
        desk = OtherDesk(to)
    except ValueError as error:
        known = ", ".join(OtherDesk)
        raise Refused(f"Choose a desk: {known}.", "fields", {"field": "desk"}) from error
    address = letter.column.rules.desks.get(desk.value)
    if not address:
        raise Refused(
            "This desk has no address yet: a chief adds it to the house rules (Other desks).",
            "fields",
            {"field": "desk"},
        )
    return desk, address
