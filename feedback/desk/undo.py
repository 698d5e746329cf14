"""Undo: the last move never happened, as long as its mail has not gone."""

from feedback.domain.actor import Actor, ActorKind
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotAllowed, Refused
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailState, OwedMail
from feedback.domain.state import State
from feedback.store import letters, mails
from feedback.store.work import Work


def undo(work: Work, letter: Letter, by: Editor, version: int | None) -> Event:
    """Return the letter to the state before its last move.

    Anyone who may take that step may undo it. Raises Refused (kind `move`) where nothing can be
    undone: no move, a writer's own withdrawal, print (undo the edition), or a mail that left.
    """
    event = _what_may_be_undone(work, letter, by)
    letter.expect(version)
    for mail in mails.of_event(work, letter.id, event.seq):
        if _has_gone(mail):
            raise Refused("Its mail has gone: it cannot be undone.", "move", {"allowed": []})
        mail.state = MailState.CANCELLED
    return letter.take_back(event, Actor.of(by), work.now)


def may_undo(work: Work, letter: Letter, by: Editor) -> bool:
    """Whether an undo would go through now: what draws its button."""
    try:
        event = _what_may_be_undone(work, letter, by)
    except (NotAllowed, Refused):
        return False
    owed = (m for m in mails.of_letter(work, letter.id) if m.for_event == event.seq)
    return not any(_has_gone(mail) for mail in owed)


def last_move(work: Work, letter: Letter) -> Event | None:
    """The newest move that was not undone; None where there is none."""
    undone: set[int] = set()
    for event in reversed(letters.history(work, letter.id)):
        if event.kind is EventKind.UNDONE:
            undone.add((event.facts or {}).get("undoes", 0))
        elif event.kind is EventKind.MOVED and event.seq not in undone:
            return event
    return None


def _what_may_be_undone(work: Work, letter: Letter, by: Editor) -> Event:
    event = last_move(work, letter)
    if event is None:
        raise Refused("There is nothing to undo.", "move", {"allowed": []})
    by.require(_deed(event))
    if event.by_kind is ActorKind.WRITER:
        raise Refused("What the writer did cannot be undone.", "move", {"allowed": []})
    if event.to_state is State.PUBLISHED or State.PLACED in (event.from_state, event.to_state):
        raise Refused(
            "Change the edition instead: this letter moved with it.", "move", {"allowed": []}
        )
    return event


def _has_gone(mail: OwedMail) -> bool:
    return mail.state is MailState.SENT or mail.lease_until is not None


def _deed(event: Event) -> Deed:
    if event.to_state is State.KILLED:
        return Deed.KILL
    return Deed.SHORTLIST if event.to_state is State.SHORTLISTED else Deed.DECIDE
