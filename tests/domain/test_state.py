"""The table of moves, letter for letter as the contract has it, and who may make which."""

from itertools import product

import pytest

from feedback.domain.editor import Deed, deed_of
from feedback.domain.errors import Refused
from feedback.domain.state import LEADS_TO, MOVES, Decision, State, decisions_from, may_move
from tests.domain.bare import ANN, NOON, a_bare_letter

# The rows of the contract, section 4.
TABLE = """
received, held | shortlisted, approved, held, received, declined, spiked, withdrawn
shortlisted | received, approved, held, declined, spiked, withdrawn
approved | shortlisted, placed, held, declined, spiked, withdrawn
placed | approved, published, held, withdrawn
published | killed
declined, spiked | received
withdrawn, killed |
"""


def rows() -> dict[State, set[State]]:
    found = {}
    for line in TABLE.strip().splitlines():
        before, after = ([word.strip() for word in part.split(",")] for part in line.split("|"))
        found |= {State(one): {State(word) for word in after if word} for one in before}
    return found


def test_every_state_has_its_row() -> None:
    assert {state: set(after) for state, after in MOVES.items()} == rows()
    assert set(rows()) == set(State)


@pytest.mark.parametrize(("before", "to"), list(product(State, State)))
def test_a_letter_moves_along_the_table_alone(before: State, to: State) -> None:
    letter = a_bare_letter(before)
    if to in rows()[before]:
        event = letter.move(to, ANN, NOON, "why not")
        assert (event.from_state, event.to_state, letter.state) == (before, to, to)
        return
    with pytest.raises(Refused) as refused:
        letter.move(to, ANN, NOON)
    assert refused.value.kind == "move"
    assert set(refused.value.details["allowed"]) == {one.value for one in rows()[before]}
    assert (letter.state, letter.event_count) == (before, 1)
    assert not may_move(before, to)


def test_decisions_are_those_that_the_table_has_a_way_for() -> None:
    for state in State:
        assert decisions_from(state) == [d for d in LEADS_TO if LEADS_TO[d] in rows()[state]]
    assert Decision.UNDO not in LEADS_TO, "it stands outside of the table"


@pytest.mark.parametrize(
    ("before", "to", "deed"),
    [
        (State.RECEIVED, State.SHORTLISTED, Deed.SHORTLIST),
        (State.HELD, State.SHORTLISTED, Deed.SHORTLIST),
        (State.APPROVED, State.SHORTLISTED, Deed.DECIDE),
        (State.RECEIVED, State.APPROVED, Deed.DECIDE),
        (State.RECEIVED, State.WITHDRAWN, Deed.DECIDE),
        (State.PLACED, State.HELD, Deed.DECIDE),
        (State.APPROVED, State.PLACED, Deed.BUILD_EDITION),
        (State.PLACED, State.APPROVED, Deed.BUILD_EDITION),
        (State.PLACED, State.PUBLISHED, Deed.PUBLISH),
        (State.PUBLISHED, State.KILLED, Deed.KILL),
        (State.SPIKED, State.RECEIVED, Deed.DECIDE),
    ],
)
def test_each_move_is_somebodys_to_make(before: State, to: State, deed: Deed) -> None:
    assert deed_of(before, to) is deed
