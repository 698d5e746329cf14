"""Proposed edits: nothing changes until an editor accepts."""

import pytest

from feedback.desk import propose
from feedback.desk.edit import Edits
from feedback.domain.draft import Proposal, Verdict
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import NotAllowed, NotFound
from feedback.domain.event import EventKind
from feedback.store import letters, proposals
from tests.desk.desk import EDITOR, ONE_ENGINE, PUBLISHER, Desk, refused
from tests.factories import a_letter

pytestmark = ONE_ENGINE
NORA = Editor(7, "Nora Reader", Role.READER_EDITOR)
TEXT = "One is here. Two is here.\n\nThree is here."


@pytest.fixture
def letter(store):
    return a_letter(store, TEXT, town="Spokane")


def proposed(store, letter, by=NORA, **edits) -> int:
    with store.work() as work:
        found = propose.propose(work, letters.by_ref(work, letter.ref), Edits(**edits), by, None)
        work.session.flush()
        return found.id


def accept(store, letter, number, by=EDITOR):
    with store.work() as work:
        at_hand = letters.by_ref(work, letter.ref)
        propose.accept(work, at_hand, proposals.one(work, at_hand.id, number), by, None)


def test_a_proposal_leaves_the_letter_as_it_is(desk: Desk, store, letter) -> None:
    proposed(store, letter, edited="One is here.", town="Cheney")
    after = desk.now(letter)
    assert (after.text, after.town, after.version) == (TEXT, "Spokane", letter.version)


def test_an_accepted_proposal_is_the_editors_edit_and_says_whose_it_was(desk, store, letter):
    number = proposed(store, letter, edited="One is here.", town="Cheney")
    accept(store, letter, number)
    after = desk.now(letter)
    assert (after.text, after.town) == ("One is here.", "Cheney")
    event = desk.history(letter)[-1]
    assert (event.kind, event.by_name) == (EventKind.EDITED, EDITOR.name)
    assert event.facts["proposed_by"] == "Nora Reader"
    with store.read() as work:
        kept = work.session.get(Proposal, number)
        assert (kept.verdict, kept.settled_by) == (Verdict.ACCEPTED, EDITOR.name)
    with pytest.raises(NotFound):
        accept(store, letter, number)


def test_what_was_edited_since_elsewhere_stays(desk, store, letter):
    number = proposed(store, letter, edited=TEXT.replace("One is here. ", ""))
    desk.edit(letter, edited=TEXT.replace("Three is", "Three was"), name="Jane Q. Writer")
    accept(store, letter, number)
    assert desk.now(letter).text == "Two is here.\n\nThree was here."
    assert desk.now(letter).name == "Jane Q. Writer"


def test_the_same_words_edited_since_want_an_editors_eye(desk, store, letter):
    number = proposed(store, letter, edited=TEXT.replace("Three is", "Three was"))
    desk.edit(letter, edited=TEXT.replace("Three is", "Three will be"))
    assert refused("move", lambda: accept(store, letter, number))
    assert desk.now(letter).text.endswith("Three will be here.")


def test_proposing_again_takes_the_place_of_the_first(store, letter):
    first = proposed(store, letter, edited="One is here.")
    assert proposed(store, letter, town="Cheney") == first
    with store.read() as work:
        (only,) = proposals.open_for(work, letter.id)
        assert only.fields == {"values": {"town": "Cheney"}, "base": {"town": "Spokane"}}


def test_who_drafts_cannot_save_accept_or_refuse(desk, store, letter):
    with pytest.raises(NotAllowed):
        desk.edit(letter, by=NORA, edited="Mine.")
    number = proposed(store, letter, edited="Mine.")
    with pytest.raises(NotAllowed):
        accept(store, letter, number, by=PUBLISHER)
    with store.work() as work:
        found = proposals.one(work, letter.id, number)
        with pytest.raises(NotAllowed):
            propose.refuse(work, found, "", NORA)
        with pytest.raises(NotAllowed):
            propose.take_back(work, found, EDITOR)
        propose.take_back(work, found, NORA)
    with store.read() as work:
        assert proposals.open_for(work, letter.id) == []


def test_a_refusal_is_told_with_its_reason_for_two_weeks(store, letter):
    number = proposed(store, letter, edited="Mine.")
    with store.work() as work:
        propose.refuse(work, proposals.one(work, letter.id, number), " Keep her joke. ", EDITOR)
    with store.read() as work:
        (told,) = proposals.of_editor(work, NORA.id)
        assert (told.ref, told.proposal.why) == (letter.ref, "Keep her joke.")
        assert proposals.waiting(work) == []


def test_a_bad_value_is_refused_when_it_is_proposed(store, letter):
    for edits in ({"state": "Atlantis"}, {"country": "Nowhere"}, {"headline": "h" * 301}):
        assert refused("fields", lambda edits=edits: proposed(store, letter, **edits))
