"""The writer takes the letter back."""

from feedback.domain.actor import WRITER
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.domain.state import State, may_move
from feedback.outbox import messages
from feedback.store.work import Work


def withdraw(work: Work, letter: Letter) -> None:
    """Until it is published; for good. Raises Refused (kind `move`) after that.

    A letter that was declined or spiked can be taken back as well: an editor's Undo must not
    bring it into print against the writer's will.
    """
    if letter.state is State.WITHDRAWN:
        return
    if letter.state in (State.DECLINED, State.SPIKED):
        letter.move(State.RECEIVED, WRITER, work.now, "The writer takes it back.")
    if not may_move(letter.state, State.WITHDRAWN):
        raise Refused(
            "This letter has been printed: write to the editors to have it taken down.", "move"
        )
    letter.move(State.WITHDRAWN, WRITER, work.now, "Withdrawn by the writer.")
    messages.cancel(work, letter)
