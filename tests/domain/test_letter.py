"""A letter keeps its own rules: every change logged, what a move takes away can come back."""

from datetime import date

import pytest
from sqlalchemy import inspect

from feedback.domain import taken_away
from feedback.domain.edition import Section
from feedback.domain.errors import Refused, Stale
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Letter
from feedback.domain.state import State
from tests.domain.bare import ANN, NOON, a_bare_column, a_bare_letter, an_edit


def events(letter: Letter) -> list[Event]:
    """What was logged, oldest first."""
    return list(inspect(letter).attrs.events.history.added)


def test_a_move_says_who_when_and_why() -> None:
    letter = a_bare_letter()
    event = letter.move(State.HELD, ANN, NOON, "The council meets.")
    assert (event.by, event.at, event.why) == (ANN, NOON, "The council meets.")
    assert (event.kind, event.seq, letter.event_count) == (EventKind.MOVED, 2, 2)
    assert letter.state_reason == "The council meets."
    assert events(letter) == [event]


def test_reason_and_day_come_back() -> None:
    letter = a_bare_letter(State.HELD, state_reason="Ask the mayor.", hold_until=date(2026, 12, 1))
    event = letter.move(State.DECLINED, ANN, NOON, "not_chosen")
    assert letter.hold_until is None
    undone = letter.take_back(event, ANN, NOON)
    assert (letter.state, letter.state_reason) == (State.HELD, "Ask the mayor.")
    assert letter.hold_until == date(2026, 12, 1)
    assert (undone.kind, undone.facts) == (EventKind.UNDONE, {"undoes": event.seq})
    assert (undone.from_state, undone.to_state) == (State.DECLINED, State.HELD)


def test_a_wish_comes_back_unless_the_approval_itself_is_taken_back() -> None:
    letter = a_bare_letter(State.SHORTLISTED)
    letter.want_approved(ANN, NOON)
    held = letter.move(State.HELD, ANN, NOON)
    assert letter.wanted is None
    letter.take_back(held, ANN, NOON)
    assert (letter.wanted, letter.wanted_actor) == (State.APPROVED, ANN)
    approved = letter.move(State.APPROVED, ANN, NOON)
    letter.take_back(approved, ANN, NOON)
    assert (letter.state, letter.wanted) == (State.SHORTLISTED, None)


def test_a_wish_alone_is_taken_back_without_a_move() -> None:
    letter = a_bare_letter(State.SHORTLISTED)
    wish = letter.want_approved(ANN, NOON)
    undone = letter.take_back(wish, ANN, NOON)
    assert (letter.state, letter.wanted) == (State.SHORTLISTED, None)
    assert (undone.facts, undone.to_state) == ({"undoes": wish.seq}, None)
    with pytest.raises(Refused):
        letter.take_back(wish, ANN, NOON)


def test_only_the_last_move_is_taken_back() -> None:
    letter = a_bare_letter()
    first = letter.move(State.SHORTLISTED, ANN, NOON)
    letter.move(State.HELD, ANN, NOON)
    with pytest.raises(Refused, match="nothing to undo"):
        letter.take_back(first, ANN, NOON)
    assert letter.state is State.HELD


def test_whoever_leaves_an_edition_remembers_the_place() -> None:
    section = Section(id=5, edition_id=3, position=0)
    letter = a_bare_letter(State.PLACED, section=section, place_order=2)
    letter.section_id = 5
    event = letter.move(State.HELD, ANN, NOON)
    assert (letter.section_id, letter.place_order) == (None, None)
    assert taken_away.place_before(event) == taken_away.Place(3, 5, 2)
    assert taken_away.place_before(letter.move(State.DECLINED, ANN, NOON)) is None


def test_what_was_placed_and_taken_back_stands_in_no_edition() -> None:
    letter = a_bare_letter(State.APPROVED)
    event = letter.move(State.PLACED, ANN, NOON)
    letter.section_id, letter.place_order = 5, 0
    letter.take_back(event, ANN, NOON)
    assert (letter.state, letter.section_id, letter.place_order) == (State.APPROVED, None, None)


def test_a_letter_that_is_printed_keeps_its_place() -> None:
    letter = a_bare_letter(State.PLACED, section_id=5, place_order=2)
    letter.move(State.PUBLISHED, ANN, NOON)
    letter.move(State.KILLED, ANN, NOON, "a mistake")
    assert (letter.section_id, letter.place_order) == (5, 2)


def test_unprint_names_what_it_undoes_and_what_was_passed_over_counts_again() -> None:
    letter = a_bare_letter(State.PLACED, overrides={"complete": "Known.", "proofed": "By phone."})
    printed = letter.move(State.PUBLISHED, ANN, NOON, None, {taken_away.OVERRODE: ["proofed"]})
    undone = letter.unprint(ANN, NOON, printed)
    assert (letter.state, letter.overrides) == (State.PLACED, {"complete": "Known."})
    assert undone.facts == {"undoes": printed.seq}
    with pytest.raises(Refused, match="not printed"):
        letter.unprint(ANN, NOON)


def test_an_override_is_logged_and_can_be_forgotten() -> None:
    letter = a_bare_letter()
    letter.override([], "Nothing is shut.", ANN, NOON)
    assert events(letter) == []
    letter.override(["verified"], "I know her.", ANN, NOON)
    (event,) = events(letter)
    assert (event.kind, event.why) == (EventKind.OVERRIDDEN, "I know her.")
    assert event.facts == {"gates": ["verified"]}
    assert not letter.forget_override("complete")
    assert letter.forget_override("verified")
    assert letter.overrides is None


def test_a_version_is_the_present_one_or_none() -> None:
    letter = a_bare_letter()
    letter.expect(None)
    letter.expect(3)
    for old in (2, 4, 0, -1):
        with pytest.raises(Stale) as stale:
            letter.expect(old)
        assert stale.value.version == 3


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, []),
        ({"is_general": False}, ["article"]),
        ({"is_general": False, "article_id": 4}, []),
        ({"name": None}, ["name"]),
        ({"name": ""}, ["name"]),
        ({"town": None, "place_state": None}, ["town"]),
        ({"town": None}, []),
        ({"place_state": None}, []),
        ({"town": None, "place_state": None, "country": "Canada"}, []),
        ({"town": None, "place_state": None, "country": None}, ["town"]),
        ({"is_general": False, "name": None, "town": "", "place_state": ""},
         ["article", "name", "town"]),
    ],
)  # fmt: skip
def test_what_is_missing(fields: dict, missing: list[str]) -> None:
    assert a_bare_letter(**fields).missing == missing


def test_a_column_that_wants_no_place_asks_for_none() -> None:
    letter = a_bare_letter(town=None, place_state=None, column=a_bare_column(place_rule="optional"))
    assert letter.missing == []


def test_the_newest_text_prints() -> None:
    letter = a_bare_letter()
    assert letter.text == "Meetings are cheap."
    letter.revisions = [an_edit(), an_edit(number=2, remarks="Talk is cheap.")]
    assert letter.text == "Talk is cheap."
    assert letter.original.remarks == "Meetings are cheap."
