"""The writer's yes and no, and what editors find out: noted, counted, never by silence."""

import pytest

from feedback.domain.actor import ActorKind
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Stale
from feedback.domain.event import EventKind
from feedback.domain.state import Decision, State
from feedback.domain.verification import EDITORS_METHODS, Method, Outcome
from feedback.store import letters
from feedback.writer.verify import answer, record
from feedback.writer.withdraw import withdraw
from tests.desk.desk import CHIEF, ONE_ENGINE, Desk, refused
from tests.factories import a_letter, an_article, an_edition, an_editor, approved

pytestmark = ONE_ENGINE
IN_PRINT = (State.PUBLISHED, State.KILLED)


def standing_in(desk: Desk, store, state: State):
    """A verified letter in that state, brought there as at the desk."""
    if state in (State.PLACED, *IN_PRINT):
        letter = approved(store)
        an_edition(store, groups=[(None, [letter])], published=state is not State.PLACED)
        if state is State.KILLED:
            desk.decide(letter, Decision.KILL, CHIEF, reason="a mistake")
        return letter
    return a_letter(store, article=an_article(store), verified=True, to=state)


@pytest.mark.parametrize("state", [s for s in State if s is not State.WITHDRAWN])
def test_a_no_counts_wherever_the_letter_stands(desk: Desk, store, state) -> None:
    letter = standing_in(desk, store, state)
    after = desk.answer(letter, yes=False)
    assert desk.gates(letter)["verified"] is False
    stays = state in (*IN_PRINT, State.DECLINED, State.SPIKED)
    assert after.state is (state if stays else State.HELD)
    assert after.section_id is None or state in IN_PRINT
    if not stays:
        assert str(after.hold_until) == "2026-11-23", "held letters come back on a day"
        last = desk.history(letter)[-1]
        assert (last.by_kind, last.why) == (
            ActorKind.WRITER, "The person at this address says: I did not write it.",
        )  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_a_yes_counts_until_print(desk: Desk, store, state) -> None:
    letter = standing_in(desk, store, state)
    if state in (*IN_PRINT, State.WITHDRAWN):
        refused("move", desk.answer, letter, yes=True)
        return
    desk.record(letter, Outcome.DENIED)
    assert desk.answer(letter, yes=True).state is state
    assert desk.gates(letter)["verified"] is True


def test_after_a_withdrawal_nothing_is_answered(desk: Desk, store) -> None:
    letter = a_letter(store)
    with store.work() as work:
        withdraw(work, letters.by_ref(work, letter.ref))
    refused("move", desk.answer, letter, yes=False)


def test_the_answer_is_logged_without_any_name(desk: Desk, store) -> None:
    letter = a_letter(store)
    desk.answer(letter, yes=True)
    last = desk.history(letter)[-1]
    assert (last.kind, last.by_kind, last.by_name) == (
        EventKind.VERIFIED, ActorKind.WRITER, "the writer",
    )  # fmt: skip
    assert last.facts == {"method": "link", "outcome": "confirmed"}


def test_a_no_ends_what_a_chief_passed_over(desk: Desk, store) -> None:
    for deny in (
        lambda one: desk.answer(one, yes=False),
        lambda one: desk.record(one, Outcome.DENIED),
    ):
        letter = a_letter(store, article=an_article(store))
        desk.decide(letter, Decision.APPROVE, CHIEF, override="I know her.")
        assert desk.record(letter, Outcome.NO_ANSWER).overrides == {"verified": "I know her."}
        after = deny(letter)
        assert after.overrides is None
        noted = [e.facts for e in desk.history(letter) if e.kind is EventKind.VERIFIED]
        assert noted[-1]["counts_again"] == ["verified"]


# --- what editors find out


@pytest.mark.parametrize("method", EDITORS_METHODS)
def test_an_editor_notes_how_and_what(desk: Desk, store, method) -> None:
    letter = a_letter(store)
    after = desk.record(letter, Outcome.CONFIRMED, method)
    (found,) = after.verifications
    assert (found.method, found.outcome, found.note) == (method, Outcome.CONFIRMED, "rang back")
    assert (found.by_name, found.at) == ("editor", store.clock())
    assert desk.gates(letter)["verified"] is True
    assert desk.history(letter)[-1].why == "rang back"


def test_only_the_writer_answers_by_link(desk: Desk, store) -> None:
    error = refused("fields", desk.record, a_letter(store), Outcome.CONFIRMED, Method.LINK)
    assert error.details == {"field": "method"}


def test_who_may_note_it_from_the_present_version(store) -> None:
    letter = a_letter(store)
    for role, may in zip(Role, (False, True, False, True), strict=True):
        with store.work() as work:
            found = letters.by_ref(work, letter.ref, to_change=True)
            args = (work, found, Method.PHONE, Outcome.NO_ANSWER, "", an_editor(role))
            if may:
                with pytest.raises(Stale):
                    record(*args, version=found.version - 1)
                record(*args, version=found.version)
                continue
            with pytest.raises(NotAllowed):
                record(*args)
            with pytest.raises(NotAllowed):
                record(*args, version=0)


def test_a_note_is_cleaned_and_has_an_end(store) -> None:
    letter = a_letter(store)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        record(work, found, Method.POST, Outcome.CONFIRMED, " a\x00b\u200b ", CHIEF)
        assert found.verifications[-1].note == "ab"
        error = refused(
            "fields", record, work, found, Method.POST, Outcome.CONFIRMED, "x" * 1001, CHIEF
        )
        assert error.details == {"field": "note"}


def test_silence_verifies_nobody_and_takes_nothing_back(desk: Desk, store) -> None:
    letter = a_letter(store)
    desk.record(letter, Outcome.NO_ANSWER)
    assert desk.gates(letter)["verified"] is False
    desk.answer(letter, yes=True)
    desk.record(letter, Outcome.NO_ANSWER)
    assert desk.gates(letter)["verified"] is True


def test_an_answer_needs_no_editor(store) -> None:
    letter = a_letter(store)
    with store.work() as work:
        answer(work, letters.by_ref(work, letter.ref, to_change=True), wrote_it=True)
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).version == letter.version + 1
