"""A letter that answers criticism of its writer, or new charges: quotas and quiet days spare it."""

from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.state import OPEN
from feedback.store.work import Work


def mark_answer(
    work: Work, letter: Letter, by: Editor, version: int | None, *, answer: bool = True
) -> None:
    """Say that it is one (or, with `answer=False`, that it is none); logged, and checked again.

    Raises NotAllowed, Stale, Refused (kind `move`) for a letter that is not open.
    """
    by.require(Deed.DECIDE)
    letter.expect(version)
    if letter.state not in OPEN:
        raise Refused(f"A letter that is {letter.state} is past that.", "move", {"allowed": []})
    if letter.is_answer == answer:
        return
    letter.is_answer = answer
    letter.checked_at = None
    letter.record(EventKind.ANSWER_MARKED, Actor.of(by), work.now, None, {"answer": answer})
