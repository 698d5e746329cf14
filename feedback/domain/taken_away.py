"""What a move takes away from a letter: noted in its event, so that an undo gives it back.

Reason, day of a hold, an editor's wish, a place in an edition; and what came with the decision:
gates that a chief passed over, mails that no longer left.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from feedback.domain.state import State

if TYPE_CHECKING:
    from feedback.domain.event import Event
    from feedback.domain.letter import Letter

# Keys of an event's facts.
REASON, HOLD, WISH, PLACE = "reason_before", "hold_before", "wish_before", "place_before"
OVERRODE, STOPPED = "overrode", "stopped"


class Place(NamedTuple):
    """Where in which edition a letter stood."""

    edition_id: int
    section_id: int
    order: int


def by_move(letter: "Letter", to: State) -> dict[str, Any]:
    """What the letter loses by moving there."""
    facts: dict[str, Any] = {}
    if letter.state_reason:
        facts[REASON] = letter.state_reason
    if letter.hold_until:
        facts[HOLD] = letter.hold_until.isoformat()
    if letter.wanted is not None and to is not State.SHORTLISTED:
        facts[WISH] = [letter.wanted_by_id, letter.wanted_by_name]
    if letter.state is State.PLACED and to is not State.PUBLISHED and letter.section is not None:
        facts[PLACE] = [letter.section.edition_id, letter.section.id, letter.place_order or 0]
    return facts


def give_back(letter: "Letter", event: "Event") -> None:
    """Reason, day and wish as they were before the event; its overrides never happened."""
    facts = event.facts or {}
    letter.state_reason = facts.get(REASON)
    letter.hold_until = date.fromisoformat(facts[HOLD]) if facts.get(HOLD) else None
    letter.forget_wish()
    # An approval that is taken back was a second thought: it does not come again by itself.
    if facts.get(WISH) and event.to_state is not State.APPROVED:
        letter.wanted = State.APPROVED
        letter.wanted_by_id, letter.wanted_by_name = facts[WISH]
    for gate in facts.get(OVERRODE, ()):
        letter.forget_override(gate)


def place_before(event: "Event") -> Place | None:
    """Where the letter stood before the event; None where it was in no edition."""
    noted = (event.facts or {}).get(PLACE)
    return Place(*noted) if noted else None


def stopped_by(event: "Event") -> Sequence[int]:
    """Numbers of the mails that waited and were called off with the event."""
    return [int(number) for number in (event.facts or {}).get(STOPPED, ())]
