"""Undo: as if the last step had not been taken, until its mail has left."""

from datetime import date, timedelta

import pytest

from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Stale
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import LEADS_TO, Decision, State
from feedback.domain.verification import Outcome
from feedback.edition import arrange
from feedback.edition.publish import publish, unpublish
from feedback.intake.recheck import end_holds
from feedback.store import editions, letters
from feedback.writer.withdraw import withdraw
from tests.desk.desk import CHIEF, EDITOR, ONE_ENGINE, PUBLISHER, READER_EDITOR, Desk, refused
from tests.factories import a_letter, an_article, an_edition, an_editor, approved

pytestmark = ONE_ENGINE


@pytest.fixture
def ready(store):
    """A letter that lacks nothing but a decision."""
    return a_letter(store, article=an_article(store), verified=True)


@pytest.fixture
def unanswered(store):
    """A letter whose writer has not answered yet."""
    return a_letter(store, article=an_article(store), mails=False)


@pytest.mark.parametrize("decision", [d for d in LEADS_TO if d is not Decision.KILL])
def test_a_decision_is_taken_back(desk: Desk, ready, decision) -> None:
    desk.decide(ready, Decision.HOLD, reason="Ask the mayor.", until=date(2026, 12, 1))
    reason = "too_long" if decision is Decision.DECLINE else "Because."
    desk.decide(ready, decision, reason=reason)
    assert desk.may_undo(ready)
    after = desk.undo(ready)
    assert (after.state, after.state_reason) == (State.HELD, "Ask the mayor.")
    assert after.hold_until == date(2026, 12, 1)
    last = desk.history(ready)[-1]
    assert (last.kind, last.by_name, last.facts) == (EventKind.UNDONE, "editor", {"undoes": 3})


def test_undo_goes_back_step_by_step(desk: Desk, ready) -> None:
    for decision in (Decision.SHORTLIST, Decision.APPROVE, Decision.HOLD):
        desk.decide(ready, decision)
    back = [desk.undo(ready).state for _ in range(3)]
    assert back == [State.APPROVED, State.SHORTLISTED, State.RECEIVED]
    assert not desk.may_undo(ready)
    refused("move", desk.undo, ready)


def test_edits_stay(desk: Desk, ready) -> None:
    desk.decide(ready, Decision.APPROVE)
    desk.edit(ready, headline="Count the seizures")
    after = desk.undo(ready)
    assert (after.state, after.headline) == (State.RECEIVED, "Count the seizures")


def test_whoever_may_take_the_step_may_undo_it(desk: Desk, store) -> None:
    for role, may in zip(Role, (False, True, False, True), strict=True):
        letter = a_letter(store, to=State.DECLINED)
        assert desk.may_undo(letter, an_editor(role)) is may
        if may:
            assert desk.undo(letter, an_editor(role)).state is State.RECEIVED
        else:
            with pytest.raises(NotAllowed):
                desk.undo(letter, an_editor(role))
    letter = a_letter(store, to=State.SHORTLISTED)
    assert desk.undo(letter, READER_EDITOR).state is State.RECEIVED


def test_a_kill_is_undone_by_those_who_kill(desk: Desk, store) -> None:
    letter = approved(store, mails=False)
    an_edition(store, groups=[(None, [letter])], published=True)
    desk.decide(letter, Decision.KILL, PUBLISHER, reason="Somebody else wrote it.")
    assert desk.mails(letter) == [(MailKind.PRINTED, MailState.CANCELLED)]
    assert not desk.may_undo(letter, EDITOR)
    with pytest.raises(NotAllowed):
        desk.undo(letter, EDITOR)
    after = desk.undo(letter, PUBLISHER)
    assert after.state is State.PUBLISHED
    assert after.section_id is not None
    assert desk.mails(letter) == [(MailKind.PRINTED, MailState.WAITING)]


def test_an_old_version_is_refused_even_where_there_is_nothing_to_undo(desk: Desk, ready) -> None:
    version = ready.version
    desk.decide(ready, Decision.SHORTLIST)
    with pytest.raises(Stale):
        desk.undo(ready, version=version)
    desk.undo(ready, version=version + 1)
    with pytest.raises(Stale):
        desk.undo(ready, version=version + 1)


# --- mails


def test_what_the_step_called_off_leaves_after_all(desk: Desk, store) -> None:
    letter = a_letter(store)
    for decision in (Decision.DECLINE, Decision.SPIKE, Decision.WITHDRAW):
        reason = "not_chosen" if decision is Decision.DECLINE else "by telephone"
        desk.decide(letter, decision, reason=reason)
        assert desk.mails(letter) == [(MailKind.RECEIPT, MailState.CANCELLED)]
        desk.undo(letter)
        assert desk.mails(letter) == [(MailKind.RECEIPT, MailState.WAITING)]


def test_a_mail_that_was_called_off_before_stays_so(desk: Desk, store) -> None:
    letter = a_letter(store)
    desk.mark_mails(letter, MailState.CANCELLED)
    desk.decide(letter, Decision.DECLINE, tell="mail")
    desk.undo(letter)
    assert {state for _kind, state in desk.mails(letter)} == {MailState.CANCELLED}


def test_once_its_mail_has_left_it_stays(desk: Desk, ready) -> None:
    desk.decide(ready, Decision.DECLINE, tell="mail")
    desk.mark_mails(ready, MailState.SENT, MailKind.DECLINED)
    assert not desk.may_undo(ready)
    assert "Its mail has gone" in refused("move", desk.undo, ready).message
    assert desk.now(ready).state is State.DECLINED


def test_a_receipt_that_has_left_is_no_hindrance(desk: Desk, store) -> None:
    letter = a_letter(store)
    desk.mark_mails(letter, MailState.SENT)
    desk.decide(letter, Decision.DECLINE)
    assert desk.undo(letter).state is State.RECEIVED
    assert desk.mails(letter) == [(MailKind.RECEIPT, MailState.SENT)]


# --- who else acted


def test_what_the_writer_did_is_never_undone(desk: Desk, store, ready, unanswered) -> None:
    with store.work() as work:
        withdraw(work, letters.by_ref(work, ready.ref))
    desk.answer(unanswered, yes=False)
    for letter, state in ((ready, State.WITHDRAWN), (unanswered, State.HELD)):
        assert not desk.may_undo(letter, CHIEF)
        assert "What the writer did" in refused("move", desk.undo, letter, CHIEF).message
        assert desk.now(letter).state is state


def test_a_writer_who_withdrew_a_declined_letter_keeps_it_withdrawn(desk, store, ready) -> None:
    desk.decide(ready, Decision.DECLINE)
    with store.work() as work:
        withdraw(work, letters.by_ref(work, ready.ref))
    refused("move", desk.undo, ready, CHIEF)
    assert desk.now(ready).state is State.WITHDRAWN


def test_a_hold_that_ended_by_itself_is_held_anew(desk: Desk, store, ready, clock) -> None:
    desk.decide(ready, Decision.HOLD)
    clock.advance(timedelta(days=15))
    with store.work() as work:
        assert end_holds(work) == 1
    assert not desk.may_undo(ready)
    assert "hold it anew" in refused("move", desk.undo, ready).message


# --- wishes


def test_a_wish_with_its_move_is_one_step(desk: Desk, unanswered) -> None:
    after = desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    assert (after.state, after.wanted) == (State.SHORTLISTED, State.APPROVED)
    after = desk.undo(unanswered)
    assert (after.state, after.wanted) == (State.RECEIVED, None)
    assert desk.mails(unanswered) == [(MailKind.ASK, MailState.CANCELLED)]
    assert desk.answer(unanswered, yes=True).state is State.RECEIVED
    refused("move", desk.undo, unanswered)


def test_a_wish_alone_is_taken_back_before_the_move_before_it(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.SHORTLIST)
    desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    after = desk.undo(unanswered)
    assert (after.state, after.wanted) == (State.SHORTLISTED, None)
    assert desk.mails(unanswered) == [(MailKind.ASK, MailState.CANCELLED)]
    assert desk.undo(unanswered).state is State.RECEIVED


def test_once_the_writer_is_asked_it_is_decided_anew(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    desk.mark_mails(unanswered, MailState.SENT)
    assert not desk.may_undo(unanswered)
    assert "has been asked already" in refused("move", desk.undo, unanswered).message
    after = desk.decide(unanswered, Decision.RESTORE)
    assert (after.state, after.wanted) == (State.RECEIVED, None)
    assert desk.answer(unanswered, yes=True).state is State.RECEIVED


def test_a_slip_does_not_cost_the_wish(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, CHIEF, when_ready=True)
    for decision in (Decision.HOLD, Decision.DECLINE):
        desk.decide(unanswered, decision)
        after = desk.undo(unanswered)
        assert (after.wanted, after.wanted_by_name) == (State.APPROVED, "chief")
        assert desk.mails(unanswered) == [(MailKind.ASK, MailState.WAITING)]
    assert desk.answer(unanswered, yes=True).state is State.APPROVED
    assert desk.history(unanswered)[-1].by_name == "chief"


def test_a_question_that_was_called_off_meanwhile_is_asked_after_all(desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    desk.decide(unanswered, Decision.HOLD)
    desk.mark_mails(unanswered, MailState.CANCELLED)  # the worker found it no longer wanted
    desk.undo(unanswered)
    assert desk.mails(unanswered) == [(MailKind.ASK, MailState.WAITING)]


def test_an_answer_that_came_meanwhile_leaves_it_to_the_editor(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    desk.decide(unanswered, Decision.HOLD)
    desk.answer(unanswered, yes=True)
    after = desk.undo(unanswered)
    assert (after.state, after.wanted) == (State.SHORTLISTED, None)


def test_an_approval_by_the_answer_is_taken_back_and_does_not_come_again(desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    desk.mark_mails(unanswered, MailState.SENT)
    assert desk.answer(unanswered, yes=True).state is State.APPROVED
    after = desk.undo(unanswered)
    assert (after.state, after.wanted) == (State.SHORTLISTED, None)
    assert desk.edit(unanswered, headline="Count").state is State.SHORTLISTED


def test_a_wish_that_a_denial_ended_is_no_step_any_more(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.SHORTLIST)
    desk.decide(unanswered, Decision.APPROVE, when_ready=True)
    desk.record(unanswered, Outcome.DENIED)
    assert desk.undo(unanswered).state is State.RECEIVED


# --- overrides


def test_what_was_passed_over_with_the_step_counts_again(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, CHIEF, override="I know her.")
    assert desk.undo(unanswered).overrides is None
    refused("gates", desk.decide, unanswered, Decision.APPROVE)


def test_what_was_passed_over_before_stays_passed(desk: Desk, unanswered) -> None:
    desk.decide(unanswered, Decision.APPROVE, CHIEF, override="I know her.")
    desk.decide(unanswered, Decision.HOLD)
    after = desk.undo(unanswered)
    assert (after.state, after.overrides) == (State.APPROVED, {"verified": "I know her."})


# --- editions


@pytest.fixture
def eggs(store):
    """A draft with three letters in its second section."""
    first, *rest = [approved(store, mails=False) for _ in range(4)]
    an_edition(store, slug="eggs", groups=[("First", [first]), ("Rest", rest)])
    return rest


def placed(store) -> list[list[str]]:
    """References by section, in the order of print."""
    with store.read() as work:
        edition = editions.by_slug(work, "eggs")
        return [[letter.ref for letter in section.letters] for section in edition.sections]


def version_of(store) -> int:
    with store.read() as work:
        return editions.by_slug(work, "eggs").version


@pytest.mark.parametrize("decision", [Decision.HOLD, Decision.APPROVE, Decision.WITHDRAW])
def test_a_letter_goes_back_to_its_place_in_the_edition(desk, store, eggs, decision) -> None:
    before, version = placed(store), version_of(store)
    desk.decide(eggs[1], decision, reason="a slip")
    assert placed(store) != before
    assert desk.may_undo(eggs[1])
    assert desk.undo(eggs[1]).state is State.PLACED
    assert placed(store) == before
    assert version_of(store) > version, "whoever has the builder open is told"


def test_where_another_stands_there_by_now_it_comes_last(desk: Desk, store, eggs) -> None:
    first, second, third = eggs
    desk.decide(first, Decision.HOLD)
    with store.work() as work:
        edition = editions.by_slug(work, "eggs", to_change=True)
        arrange.arrange(work, edition, arrange.groups_of(edition), CHIEF, None)
    desk.undo(first)
    assert placed(store)[1] == [second.ref, third.ref, first.ref]


@pytest.mark.parametrize("what", ["section", "print"])
def test_a_place_that_is_gone_is_told(desk: Desk, store, eggs, what) -> None:
    desk.decide(eggs[0], Decision.HOLD)
    with store.work() as work:
        edition = editions.by_slug(work, "eggs", to_change=True)
        if what == "section":
            arrange.arrange(work, edition, arrange.groups_of(edition)[:1], CHIEF, None)
        else:
            publish(work, edition, CHIEF, None)
    assert not desk.may_undo(eggs[0])
    assert "place it anew" in refused("move", desk.undo, eggs[0]).message
    assert desk.now(eggs[0]).state is State.HELD


def test_a_place_of_the_same_number_elsewhere_is_not_its_place(desk: Desk, store, eggs) -> None:
    """SQLite gives the number of the last row again, once that row is gone."""
    desk.decide(eggs[0], Decision.HOLD)
    with store.work() as work:
        edition = editions.by_slug(work, "eggs", to_change=True)
        arrange.arrange(work, edition, arrange.groups_of(edition)[:1], CHIEF, None)
    an_edition(store, slug="ham", groups=[("Ham", [approved(store)])])
    assert "place it anew" in refused("move", desk.undo, eggs[0]).message


def test_placing_is_undone_by_those_who_build(desk: Desk, store, eggs) -> None:
    with pytest.raises(NotAllowed):
        desk.undo(eggs[0], READER_EDITOR)
    version = version_of(store)
    after = desk.undo(eggs[0], PUBLISHER)
    assert (after.state, after.section_id) == (State.APPROVED, None)
    assert version_of(store) > version, "whoever has the builder open is told"
    assert eggs[0].ref not in placed(store)[1]


def test_print_is_undone_with_the_edition(desk: Desk, store) -> None:
    letter = approved(store, mails=False)
    an_edition(store, slug="eggs", groups=[(None, [letter])], published=True)
    assert not desk.may_undo(letter, CHIEF)
    assert "Undo the edition" in refused("move", desk.undo, letter, CHIEF).message
    with store.work() as work:
        unpublish(work, editions.by_slug(work, "eggs", to_change=True), CHIEF, None)
    undone = desk.history(letter)[-1]
    assert (undone.kind, undone.facts) == (EventKind.UNDONE, {"undoes": undone.seq - 1})
    assert desk.undo(letter).state is State.APPROVED, "the last step is the placing again"


def test_what_was_passed_over_in_print_counts_again_with_the_draft(desk: Desk, store) -> None:
    letter = approved(store, mails=False)
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    desk.edit(letter, edited="Meetings.")

    def put_out(by, override: str | None = None) -> None:
        with store.work() as work:
            edition = editions.by_slug(work, "eggs", to_change=True)
            publish(work, edition, by, None, override)

    put_out(CHIEF, "She agreed on the telephone.")
    assert desk.now(letter).overrides == {"proofed": "She agreed on the telephone."}
    with store.work() as work:
        unpublish(work, editions.by_slug(work, "eggs", to_change=True), PUBLISHER, None)
    assert desk.now(letter).overrides is None
    refused("gates", put_out, PUBLISHER)
