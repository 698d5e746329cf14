"""Edits: the original stays, each text is a new one, what changed is measured and logged."""

import pytest

from feedback.desk.edit import EDITABLE, LIMITS
from feedback.domain.editor import Role
from feedback.domain.errors import Stale
from feedback.domain.event import EventKind
from feedback.domain.state import Decision, State
from feedback.intake.complete import complete
from feedback.store import letters
from tests.desk.desk import CHIEF, ONE_ENGINE, Desk, refused
from tests.factories import a_letter, an_article, an_edition, an_editor, approved

pytestmark = ONE_ENGINE
TEXT = "Meetings are cheap. I would judge this working group by the seizures it brings about."


@pytest.fixture
def letter(store):
    return a_letter(store, TEXT, article=an_article(store), verified=True)


def changed(desk: Desk, letter) -> list[list[str]]:
    """What each edit changed, as the history says it."""
    return [e.facts["changed"] for e in desk.history(letter) if e.kind is EventKind.EDITED]


def test_the_original_stays_beside_every_text(desk: Desk, letter) -> None:
    for text in ("Meetings are cheap.", "Meetings are cheap, they say."):
        desk.edit(letter, edited=text)
    after = desk.now(letter)
    assert after.original.remarks == TEXT
    assert [(r.number, r.remarks) for r in after.revisions] == [
        (1, "Meetings are cheap."), (2, "Meetings are cheap, they say."),
    ]  # fmt: skip
    assert [r.by_name for r in after.revisions] == ["editor"] * 2
    assert after.revision.cut_percent == 80, "12 of 15 words, against the original"
    assert (after.revision.added_words, after.word_count) == (2, 5)


def test_an_empty_text_goes_back_to_the_original(desk: Desk, letter) -> None:
    desk.edit(letter, edited="Meetings are cheap.")
    assert desk.gates(letter)["proofed"] is False
    after = desk.edit(letter, edited=" \n ")
    assert (after.text, after.revision.cut_percent) == (TEXT, 0)
    assert desk.gates(letter)["proofed"] is True


def test_what_changes_nothing_leaves_no_trace(desk: Desk, letter) -> None:
    for edits in ({}, {"edited": TEXT + "\r\n"}, {"name": " Jane  Q. Reader"}, {"headline": ""}):
        after = desk.edit(letter, **edits)
        assert (after.version, after.event_count) == (letter.version, letter.event_count)
    assert desk.now(letter).revisions == []


def test_what_changed_is_named(desk: Desk, letter) -> None:
    desk.edit(letter, edited="Meetings are cheap.", headline="Count", town="Limon", state="Colo.")
    desk.edit(letter, is_abridged=True, has_bracket=True)
    assert changed(desk, letter) == [["text", "signature", "headline"], ["abridged", "bracket"]]
    assert desk.now(letter).signature.printed() == "Jane Q. Reader, Limon, Colo."


def test_an_empty_string_clears_and_nothing_given_stays(desk: Desk, letter) -> None:
    desk.edit(letter, standing="Mayor", headline="Count")
    after = desk.edit(letter, standing="", headline=None, town="", state="", country="")
    assert (after.standing, after.headline) == (None, "Count")
    assert (after.town, after.place_state, after.country) == (None, None, None)


@pytest.mark.parametrize("name", LIMITS)
def test_one_character_too_many_is_refused(desk: Desk, letter, name) -> None:
    error = refused("fields", desk.edit, letter, **{name: "x" * (LIMITS[name] + 1)})
    assert error.details == {"field": name}
    assert desk.now(letter).version == letter.version


def test_a_place_that_there_is_not_is_refused(desk: Desk, letter) -> None:
    assert refused("fields", desk.edit, letter, state="Narnia").details == {"field": "state"}
    assert refused("fields", desk.edit, letter, country="Narnia").details == {"field": "country"}
    after = desk.edit(letter, country="canada", state="Ontario", town="Guelph")
    assert (after.country, after.place_state) == ("Canada", "Ontario")


def test_hidden_characters_are_cleaned_out(desk: Desk, letter) -> None:
    after = desk.edit(letter, edited="a\x00b\u200bc", name="Jane\u202e Reader")
    assert (after.text, after.name) == ("abc", "Jane Reader")


@pytest.mark.parametrize("state", State)
def test_after_print_the_text_stands(desk: Desk, store, state) -> None:
    if state in (State.PLACED, State.PUBLISHED, State.KILLED):
        letter = approved(store)
        an_edition(store, groups=[(None, [letter])], published=state is not State.PLACED)
        if state is State.KILLED:
            desk.decide(letter, Decision.KILL, CHIEF, reason="x")
    else:
        letter = a_letter(store, to=state)
    if state in EDITABLE:
        assert desk.edit(letter, headline="Count").headline == "Count"
    else:
        refused("move", desk.edit, letter, headline="Count")
    assert {State.PUBLISHED, State.KILLED, State.WITHDRAWN} == set(State) - EDITABLE


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_editors_edit_from_the_present_version(desk: Desk, letter, role) -> None:
    before = desk.now(letter)
    with pytest.raises(Stale):
        desk.edit(letter, an_editor(role), before.version - 1, headline="x")
    after = desk.edit(letter, an_editor(role), before.version, headline=role.value)
    assert after.version == before.version + 1


# --- names


@pytest.mark.parametrize("name", ["JANE Q. READER", "Jane Q.  Reader", "jane q. reader"])
def test_case_and_spacing_of_a_name_want_no_proof(desk: Desk, letter, name) -> None:
    desk.edit(letter, name=name)
    assert desk.gates(letter)["proofed"] is True


@pytest.mark.parametrize("name", ["Jane Reader", "Jane Q. Reeder", "Max Writer", ""])
def test_another_name_wants_one_until_it_is_the_writers_again(desk: Desk, letter, name) -> None:
    desk.edit(letter, name=name)
    assert desk.gates(letter)["proofed"] is False
    desk.edit(letter, name="Jane Q. Reader")
    assert desk.gates(letter)["proofed"] is True


def test_a_name_that_an_editor_filled_in_is_the_editors_to_mend(desk: Desk, store) -> None:
    letter = a_letter(store, name=None, as_typed={})
    for name in ("Max Wrtier", "Max Writer"):
        desk.edit(letter, name=name)
        assert desk.gates(letter)["proofed"] is True


def test_a_name_that_the_writer_gave_later_is_the_writers(desk: Desk, store) -> None:
    letter = a_letter(store, name=None, as_typed={})
    with store.work() as work:
        complete(work, letters.by_ref(work, letter.ref, to_change=True), {"name": "Max Writer"})
    desk.edit(letter, name="max writer")
    assert desk.gates(letter)["proofed"] is True
    version = desk.now(letter).version
    assert desk.edit(letter, name="Mary Writer").version == version + 1
    assert desk.gates(letter)["proofed"] is False


# --- what a chief passed over


@pytest.mark.parametrize(
    ("edits", "counts_again"),
    [
        ({"edited": "Meetings."}, True),
        ({"headline": "Count"}, True),
        ({"name": "Max Writer"}, True),
        ({"is_abridged": True}, False),
        ({"has_bracket": True}, False),
    ],
)
def test_consent_was_for_what_stood_there_then(desk: Desk, letter, edits, counts_again) -> None:
    desk.edit(letter, edited="Meetings are cheap.")
    desk.decide(letter, Decision.SHORTLIST, CHIEF, override="She agreed on the telephone.")
    assert desk.now(letter).overrides == {"proofed": "She agreed on the telephone."}
    desk.edit(letter, **edits)
    assert ("proofed" not in (desk.now(letter).overrides or {})) is counts_again
    facts = desk.history(letter)[-1].facts
    assert facts.get("counts_again") == (["proofed"] if counts_again else None)


def test_what_was_missing_was_passed_over_and_no_more(desk: Desk, store) -> None:
    letter = a_letter(store, verified=True)
    desk.decide(letter, Decision.APPROVE, CHIEF, override="It answers the mayor.")
    assert desk.edit(letter, town="Limon").overrides == {"complete": "It answers the mayor."}
    after = desk.edit(letter, name="")
    assert after.overrides is None
    assert desk.history(letter)[-1].facts["counts_again"] == ["complete"]


def test_a_new_text_is_checked_anew(desk: Desk, store, letter) -> None:
    from feedback.intake.recheck import recheck_new

    def links() -> str:
        with store.work() as work:
            recheck_new(work)
        return next(f.outcome for f in desk.now(letter).findings if f.check == "links")

    assert links() == "pass"
    desk.edit(letter, edited="See https://example.org/pills")
    assert links() == "note"
    assert {f.revision for f in desk.now(letter).findings} == {1}
    desk.edit(letter, edited="")
    assert links() == "pass"
