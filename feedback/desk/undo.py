"""Undo: the last decision never happened, as long as its mail has not gone."""

from collections.abc import Sequence

from feedback.domain import taken_away
from feedback.domain.actor import Actor, ActorKind
from feedback.domain.edition import EditionState, Section
from feedback.domain.editor import Deed, Editor, deed_of
from feedback.domain.errors import NotAllowed, Refused
from feedback.domain.event import UNDOES, Event, EventKind
from feedback.domain.gates import TO_APPROVE, lacking
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import State
from feedback.store import editions, findings, letters, mails, writers
from feedback.store.work import Work


def undo(
    work: Work, letter: Letter, by: Editor, version: int | None, *, of_batch: bool = False
) -> Event:
    """Return the letter to the state before its last step; a step before that goes next.

    `of_batch`: what a rule of the house decided about many letters is taken back as a whole.
    Reason, day, an editor's wish and the place in a draft come back with it, as do mails that
    the step had called off. Anyone who may take the step may undo it. Raises NotAllowed, Stale,
    Refused (kind `move`) where nothing can be undone: no step, one of the writer's or of the
    clock, print (undo the edition), a mail that left, a place that is gone.
    """
    event = last_step(work, letter)
    if event is not None:
        by.require(_deed(event))
    letter.expect(version)
    event = _undoable(event, of_batch=of_batch)
    found = mails.of_letter(work, letter.id, to_change=True)
    owed = _owed_by(found, event)
    _require_unsent(owed)
    section = _section_before(work, event)
    stood_in = letter.section if letter.state is State.PLACED else None
    for mail in owed:
        mail.state = MailState.CANCELLED
    undone = letter.take_back(event, Actor.of(by), work.now)
    if State.KILLED in (event.from_state, event.to_state):
        writers.recount_printed(work, [letter.writer_id])
        findings.check_writers_again(work, [letter.writer_id])
    if stood_in is not None:
        stood_in.edition.touch()
    if section is not None:
        _put_back(letter, section, event)
    if letter.wanted is not None and not lacking(letter, TO_APPROVE):
        letter.forget_wish()  # the answer came meanwhile: an editor looks again
    _let_leave_again(found, letter, event)
    return undone


def may_undo(work: Work, letter: Letter, by: Editor) -> bool:
    """Whether an undo would go through now: what draws its button."""
    try:
        event = _undoable(last_step(work, letter))
        by.require(_deed(event))
        _require_unsent(_owed_by(mails.of_letter(work, letter.id), event))
        _section_before(work, event)
    except (NotAllowed, Refused):
        return False
    return True


def last_step(work: Work, letter: Letter) -> Event | None:
    """The newest move that was not undone, or the wish that stands; None where there is none."""
    undone: set[int] = set()
    for event in reversed(letters.history(work, letter.id)):
        if event.kind is EventKind.UNDONE:
            undone.add((event.facts or {}).get(UNDOES, 0))
        elif event.seq in undone:
            continue
        elif event.kind is EventKind.MOVED or (
            event.kind is EventKind.WANTED and letter.wanted is not None
        ):
            return event
    return None


def _undoable(event: Event | None, *, of_batch: bool = False) -> Event:
    if event is None:
        raise _no("There is nothing to undo.")
    if event.by_kind is ActorKind.WRITER:
        raise _no("What the writer did cannot be undone.")
    ends_hold = event.by_kind is ActorKind.MACHINE and event.to_state is not State.HELD
    if ends_hold and not of_batch:
        raise _no("The hold ended by itself: hold it anew.")
    if event.to_state is State.PUBLISHED:
        raise _no("Undo the edition instead: this letter was printed with it.")
    return event


def _owed_by(found: Sequence[OwedMail], event: Event) -> list[OwedMail]:
    """The mails behind an event. That the reporter has read the letter hinders no undo."""
    return [
        mail
        for mail in found
        if mail.for_event == event.seq
        and not (mail.kind is MailKind.REPORTER and mail.state is not MailState.WAITING)
    ]


def _require_unsent(owed: Sequence[OwedMail]) -> None:
    gone = [m for m in owed if m.state is MailState.SENT or m.lease_until is not None]
    if any(mail.kind is MailKind.ASK for mail in gone):
        raise _no("The writer has been asked already. Restore or hold it, to think again.")
    if gone:
        raise _no("Its mail has gone: it cannot be undone.")


def _section_before(work: Work, event: Event) -> Section | None:
    """Where the letter stood before it left its edition; None where it stood in none."""
    if event.from_state is not State.PLACED:
        return None
    place = taken_away.place_before(event)
    section = editions.section(work, place.section_id) if place else None
    if (
        place is None
        or section is None
        or section.edition_id != place.edition_id
        or section.edition.state is not EditionState.DRAFT
    ):
        raise _no("Its place in the edition is gone: place it anew.")
    return section


def _put_back(letter: Letter, section: Section, event: Event) -> None:
    """At its old place, or at the end where another stands there by now."""
    place = taken_away.place_before(event)
    taken = {other.place_order or 0 for other in section.letters}
    order = place.order if place else 0
    letter.section = section
    letter.place_order = max(taken) + 1 if order in taken else order
    section.edition.touch()


def _let_leave_again(found: Sequence[OwedMail], letter: Letter, event: Event) -> None:
    """Mails that the step had called off, and the question that a wish waits for."""
    stopped = set(taken_away.stopped_by(event))
    asks = [mail for mail in found if mail.kind is MailKind.ASK]
    if letter.wanted is not None and asks:
        stopped.add(asks[0].id)
    for mail in found:
        if mail.id in stopped and mail.state is MailState.CANCELLED:
            mail.state = MailState.WAITING


def _deed(event: Event) -> Deed:
    if event.from_state is None or event.to_state is None:
        return Deed.DECIDE  # a wish
    return deed_of(event.from_state, event.to_state)


def _no(says: str) -> Refused:
    return Refused(says, "move", {"allowed": []})
