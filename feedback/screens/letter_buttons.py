"""The decisions at the foot of a letter: what its state and the editor's role allow, in order."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from feedback.domain.editor import Deed, Editor, deed_of
from feedback.domain.gates import TO_APPROVE, lacking, writer_can_open
from feedback.domain.letter import Letter
from feedback.domain.state import Decision, State, decisions_from


@dataclass(frozen=True)
class Button:
    """A button with the name and the key of the contract, section 7.

    `value` is what is sent: a decision (with `opens`: the panel that asks for more first).
    `is_away` puts it on the right side.
    """

    name: str
    value: str
    key: str = ""
    opens: bool = False
    style: str = ""  # primary, danger
    is_away: bool = False


Rule = Callable[[Letter, Editor], bool]


def _open_to(decision: Decision, deed: Deed = Deed.DECIDE) -> Rule:
    return lambda letter, editor: editor.may(deed) and decision in decisions_from(letter.state)


def _may_shortlist(letter: Letter, editor: Editor) -> bool:
    deed = deed_of(letter.state, State.SHORTLISTED)
    return _open_to(Decision.SHORTLIST, deed)(letter, editor)


def _may_approve(letter: Letter, editor: Editor) -> bool:
    # Out of an edition a letter is taken there, where its gap shows.
    return letter.state is not State.PLACED and _open_to(Decision.APPROVE)(letter, editor)


def may_place(letter: Letter, editor: Editor) -> bool:
    """Whether this editor can put the letter into an edition."""
    return letter.state is State.APPROVED and editor.may(Deed.BUILD_EDITION)


def asks_the_writer(letter: Letter, editor: Editor) -> bool:
    """Whether only the writer's part lacks, and nobody has asked for it yet."""
    missing = lacking(letter, TO_APPROVE)
    only_the_writers = bool(missing) and writer_can_open(letter, missing)
    return only_the_writers and letter.wanted is None and _may_approve(letter, editor)


def _may_restore(letter: Letter, editor: Editor) -> bool:
    return letter.state is not State.RECEIVED and _open_to(Decision.RESTORE)(letter, editor)


def _is_over(letter: Letter, editor: Editor) -> bool:
    return letter.state in (State.DECLINED, State.SPIKED) and _may_restore(letter, editor)


def _is_back(letter: Letter, editor: Editor) -> bool:
    return not _is_over(letter, editor) and _may_restore(letter, editor)


RESTORE = Button("Restore", "restore")
# In the order of likelihood; the first that is drawn is the primary one.
BAR: tuple[tuple[Button, Rule], ...] = (
    (Button("Place in edition", "place", "p", opens=True), may_place),
    (Button("Approve", "approve", "a"), _may_approve),
    (RESTORE, _is_over),
    (Button("Shortlist", "shortlist", "s"), _may_shortlist),
    (Button("Hold", "hold", "h"), _open_to(Decision.HOLD)),
    (Button("Ask the writer", "ask", "m"), asks_the_writer),
    (RESTORE, _is_back),
    (Button("Not chosen", "not_chosen", "n", is_away=True), _open_to(Decision.DECLINE)),
    (Button("Decline", "decline", "d", opens=True, is_away=True), _open_to(Decision.DECLINE)),
    (Button("Spike", "spike", "x", style="danger", is_away=True), _open_to(Decision.SPIKE)),
)
# What cannot be taken back lightly: links with an ellipsis, away from the others.
GRAVE: dict[str, Rule] = {
    "withdraw": _open_to(Decision.WITHDRAW),
    "kill": _open_to(Decision.KILL, Deed.KILL),
}


def buttons_of(letter: Letter, editor: Editor) -> list[Button]:
    """The bar of a letter."""
    found = [button for button, rule in BAR if rule(letter, editor)]
    if found and not found[0].is_away:
        found[0] = replace(found[0], style="primary")
    return found


def grave_steps(letter: Letter, editor: Editor) -> list[str]:
    """`withdraw`, `kill`: those that are open to this editor now."""
    return [step for step, rule in GRAVE.items() if rule(letter, editor)]
