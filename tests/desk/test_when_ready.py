"""Approved as soon as the writer has answered: asked once, in the name of who wanted it."""

import pytest

from feedback.domain.column import PlaceRule, VerificationPolicy
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision, State
from feedback.domain.verification import Method, Outcome
from feedback.intake.complete import complete
from feedback.store import letters
from tests.desk.desk import CHIEF, ONE_ENGINE, Desk, refused
from tests.factories import a_column, a_letter, an_article

pytestmark = ONE_ENGINE


@pytest.fixture
def unanswered(store):
    """A letter whose writer has not answered yet."""
    return a_letter(store, article=an_article(store), mails=False)


def wants(desk: Desk, letter, by=CHIEF):
    return desk.decide(letter, Decision.APPROVE, by, when_ready=True)


def test_the_writers_yes_approves_it_in_the_editors_name(desk: Desk, unanswered) -> None:
    after = wants(desk, unanswered)
    assert (after.state, after.wanted, after.wanted_by_name) == (
        State.SHORTLISTED, State.APPROVED, "chief",
    )  # fmt: skip
    assert desk.mails(unanswered) == [(MailKind.ASK, MailState.WAITING)]
    after = desk.answer(unanswered, yes=True)
    assert (after.state, after.wanted) == (State.APPROVED, None)
    last = desk.history(unanswered)[-1]
    assert (last.by_name, last.by_id, last.why) == (
        "chief", CHIEF.id, "Approved for when the writer had answered.",
    )  # fmt: skip


def test_who_wanted_it_stands_in_the_history(desk: Desk, unanswered) -> None:
    wants(desk, unanswered)
    kinds = [(e.kind, e.to_state) for e in desk.history(unanswered)[1:]]
    assert kinds == [(EventKind.WANTED, None), (EventKind.MOVED, State.SHORTLISTED)]


@pytest.mark.parametrize("state", [State.RECEIVED, State.HELD, State.SHORTLISTED])
def test_from_wherever_it_may_be_approved(desk: Desk, store, state) -> None:
    letter = a_letter(store, article=an_article(store), mails=False, to=state)
    assert wants(desk, letter).state is State.SHORTLISTED
    assert desk.answer(letter, yes=True).state is State.APPROVED


def test_a_second_wish_asks_nobody(desk: Desk, unanswered) -> None:
    version = wants(desk, unanswered).version
    after = wants(desk, unanswered)
    assert (after.version, after.wanted_by_name) == (version, "chief")
    assert len(desk.mails(unanswered)) == 1


def test_a_no_ends_the_wish_and_the_letter_waits_for_the_desk(desk: Desk, unanswered) -> None:
    wants(desk, unanswered)
    after = desk.answer(unanswered, yes=False)
    assert (after.state, after.wanted) == (State.HELD, None)
    assert desk.answer(unanswered, yes=True).state is State.HELD


def test_a_no_that_an_editor_hears_ends_the_wish_as_well(desk: Desk, unanswered) -> None:
    wants(desk, unanswered)
    after = desk.record(unanswered, Outcome.DENIED)
    assert (after.state, after.wanted) == (State.SHORTLISTED, None)
    assert desk.record(unanswered, Outcome.CONFIRMED).state is State.SHORTLISTED


def test_whoever_said_no_is_not_asked_again(desk: Desk, unanswered) -> None:
    desk.answer(unanswered, yes=False)
    error = refused("gates", wants, desk, unanswered)
    assert error.details == {"missing": ["verified"]}
    assert desk.mails(unanswered) == []


def test_silence_changes_nothing(desk: Desk, unanswered) -> None:
    wants(desk, unanswered)
    assert desk.record(unanswered, Outcome.NO_ANSWER).wanted is State.APPROVED


def test_an_editors_call_is_an_answer_as_well(desk: Desk, unanswered) -> None:
    wants(desk, unanswered)
    assert desk.record(unanswered, Outcome.CONFIRMED).state is State.APPROVED


def test_what_is_missing_is_asked_for_as_well_and_completing_approves(desk: Desk, store) -> None:
    a_column(store, place_rule=PlaceRule.REQUIRED)
    article = an_article(store, "Levee Board Puts Off Vote to May")
    letter = a_letter(store, verified=True, mails=False, town=None, state=None, name=None)
    assert wants(desk, letter).state is State.SHORTLISTED
    for given, state in (
        ({"town": "Limon"}, State.SHORTLISTED),
        ({"name": "Max Writer"}, State.SHORTLISTED),
        ({"article": article.url}, State.APPROVED),
    ):
        with store.work() as work:
            from feedback.desk.decide import approve_if_wanted

            found = letters.by_ref(work, letter.ref, to_change=True)
            complete(work, found, given)
            approve_if_wanted(work, found)
        assert desk.now(letter).state is state


def test_another_decision_ends_the_wish(desk: Desk, unanswered) -> None:
    wants(desk, unanswered)
    for decision in (Decision.HOLD, Decision.SHORTLIST):
        assert desk.decide(unanswered, decision).wanted is None
    assert desk.answer(unanswered, yes=True).state is State.SHORTLISTED


def test_what_lacks_nothing_is_approved_at_once(desk: Desk, store) -> None:
    letter = a_letter(store, article=an_article(store), verified=True, mails=False)
    assert wants(desk, letter).state is State.APPROVED
    assert desk.mails(letter) == []


def test_without_it_the_gates_are_told(desk: Desk, unanswered) -> None:
    error = refused("gates", desk.decide, unanswered, Decision.APPROVE)
    assert error.details == {"missing": ["verified"]}
    assert desk.now(unanswered).state is State.RECEIVED


def test_without_an_address_nobody_can_be_asked(desk: Desk, store) -> None:
    letter = a_letter(store, article=an_article(store), email=None)
    assert "no email address" in refused("gates", wants, desk, letter).message


@pytest.mark.parametrize(
    ("policy", "learned", "is_asked"),
    [
        (VerificationPolicy.EDITOR, None, False),
        (VerificationPolicy.LINK_AND_CALL, None, True),
        (VerificationPolicy.LINK_AND_CALL, Method.LINK, False),
    ],
)
def test_what_only_editors_can_find_out_nobody_waits_for(
    desk: Desk, store, unanswered, policy, learned, is_asked
) -> None:
    a_column(store, verification_policy=policy)
    if learned:
        desk.answer(unanswered, yes=True)
    if is_asked:
        assert wants(desk, unanswered).wanted is State.APPROVED
        assert desk.answer(unanswered, yes=True).state is State.SHORTLISTED
        assert desk.record(unanswered, Outcome.CONFIRMED).state is State.APPROVED
    else:
        error = refused("gates", wants, desk, unanswered)
        assert error.details == {"missing": ["verified"]}
