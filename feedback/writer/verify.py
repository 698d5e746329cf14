"""Is the writer who they say: their own answer by link, or what an editor found out."""

from feedback.domain.actor import WRITER, Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.state import OPEN, State, may_move
from feedback.domain.verification import EDITORS_METHODS, Method, Outcome, Verification
from feedback.store.work import Work

MOST_NOTE = 1000


def answer(work: Work, letter: Letter, *, wrote_it: bool) -> None:
    """The writer's yes or no by the confirm link.

    A no denies the letter, whatever came before; one that is still open is held for the desk.
    Raises Refused (kind `move`) once the letter was withdrawn or printed. One that was spiked is
    answered for like one that was declined: nobody is told the difference.
    """
    if letter.state not in (*OPEN, State.DECLINED, State.SPIKED):
        raise Refused("This letter can no longer be answered for.", "move")
    outcome = Outcome.CONFIRMED if wrote_it else Outcome.DENIED
    _note(work, letter, Method.LINK, outcome, "", WRITER)
    if not wrote_it and may_move(letter.state, State.HELD):
        letter.move(
            State.HELD, WRITER, work.now, "The person at this address says: I did not write it."
        )


def record(
    work: Work,
    letter: Letter,
    method: Method,
    outcome: Outcome,
    note: str,
    by: Editor,
    version: int | None = None,
) -> None:
    """What an editor found out by mail, telephone, post or in person.

    Raises NotAllowed, Stale, Refused (kind `fields`) for the writers' own method.
    """
    by.require(Deed.VERIFY)
    letter.expect(version)
    if method not in EDITORS_METHODS:
        raise Refused("Only the writer answers by link.", "fields", {"field": "method"})
    if len(note) > MOST_NOTE:
        raise Refused("Shorten the note to 1,000 characters.", "fields", {"field": "note"})
    _note(work, letter, method, outcome, note, Actor.of(by))


def _note(
    work: Work, letter: Letter, method: Method, outcome: Outcome, note: str, by: Actor
) -> None:
    letter.verifications.append(
        Verification(
            letter_id=letter.id,
            method=method,
            outcome=outcome,
            note=note,
            by_kind=by.kind,
            by_name=by.name,
            at=work.now,
        )
    )
    facts = {"method": method.value, "outcome": outcome.value}
    letter.record(EventKind.VERIFIED, by, work.now, note or None, facts)
