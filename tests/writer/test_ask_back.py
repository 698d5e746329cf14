"""What is missing is asked for in the receipt, once more after some days, and then it waits."""

from datetime import timedelta

import pytest

from feedback.desk.undo import undo
from feedback.domain.house_rules import HouseRules
from feedback.domain.letter import Channel
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision, State
from feedback.intake.complete import complete
from feedback.intake.recheck import end_holds
from feedback.store import columns, letters
from feedback.writer.ask_back import hold_unanswered, remind
from feedback.writer.withdraw import withdraw
from tests.factories import a_letter, an_article, an_editor
from tests.outbox.desk import Pile, a_postman, decided, states

DAY = timedelta(days=1)


def mails_leave(store):
    a_postman(store, Pile()).turn()


def passes(store, clock, days):
    """So many days go by; the worker does its part, twice."""
    clock.advance(days * DAY)
    for _ in range(2):
        with store.work() as work:
            column = columns.first(work)
            remind(work, column)
            hold_unanswered(work, column)
        mails_leave(store)


def came(store, **fields):
    letter = a_letter(store, **({"channel": Channel.MAIL, "name": None} | fields))
    mails_leave(store)
    return letter


def now(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref)


def reminders(store):
    return states(store).get(MailKind.REMINDER, [])


def test_a_writer_is_reminded_once_and_then_the_letter_waits(store, clock):
    letter = came(store)
    passes(store, clock, 2)
    assert reminders(store) == []
    passes(store, clock, 1)
    assert reminders(store) == [MailState.SENT]
    passes(store, clock, 6)
    assert now(store, letter).state is State.RECEIVED
    passes(store, clock, 1)
    held = now(store, letter)
    assert held.state is State.HELD
    assert held.state_reason == "Waits for the article that it answers and its writer’s name."
    assert reminders(store) == [MailState.SENT]


def test_undo_takes_it_back_and_it_is_not_held_by_the_clock_again(store, clock):
    letter = came(store)
    for days in (3, 7):
        passes(store, clock, days)
    with store.work() as work:
        undo(work, letters.by_ref(work, letter.ref), an_editor(), None)
    passes(store, clock, 7)
    assert now(store, letter).state is State.RECEIVED


def test_the_end_of_such_a_hold_is_no_decision_to_undo(store, clock):
    from feedback.domain.errors import Refused

    letter = came(store)
    for days in (3, 7):
        passes(store, clock, days)
    clock.advance(30 * DAY)
    with store.work() as work:
        assert end_holds(work) == 1
    with store.work() as work, pytest.raises(Refused, match="hold it anew"):
        undo(work, letters.by_ref(work, letter.ref), an_editor(), None)


def test_whoever_gave_what_was_missing_is_left_alone(store, clock):
    letter = came(store)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        found.is_general = True
        complete(work, found, {"name": "Jane Q. Reader"})
    passes(store, clock, 3)
    assert reminders(store) == []


def test_what_comes_after_the_reminder_was_owed_calls_it_off(store, clock):
    letter = came(store, article="")
    clock.advance(3 * DAY)
    with store.work() as work:
        assert remind(work, columns.first(work)) == 1
        found = letters.by_ref(work, letter.ref)
        found.is_general, found.name = True, "Jane Q. Reader"
    mails_leave(store)
    assert reminders(store) == [MailState.CANCELLED]


@pytest.mark.parametrize(
    "decision", [Decision.SHORTLIST, Decision.HOLD, Decision.DECLINE, Decision.SPIKE]
)
def test_a_letter_that_was_decided_about_is_left_alone(store, clock, decision):
    letter = came(store)
    decided(store, letter, decision)
    passes(store, clock, 3)
    assert reminders(store) == []


def test_a_letter_that_was_withdrawn_is_left_alone(store, clock):
    letter = came(store)
    with store.work() as work:
        withdraw(work, letters.by_ref(work, letter.ref))
    passes(store, clock, 3)
    assert reminders(store) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"channel": Channel.WEB},
        {"channel": Channel.IMPORT},
        {"email": None},
        {"name": "Jane Q. Reader", "town": None, "state": None},  # the place was asked for once
    ],
)
def test_nobody_else_is_reminded(store, clock, fields):
    came(store, article_id=None, **({"is_general": True} | fields))
    passes(store, clock, 3)
    assert reminders(store) == []


def test_a_place_that_the_column_requires_is_asked_for(store, clock):
    from tests.factories import a_column

    a_column(store, place_rule="required")
    letter = a_letter(store, channel=Channel.MAIL, town=None, state=None, article=an_article(store))
    mails_leave(store)
    for days in (3, 7):
        passes(store, clock, days)
    assert now(store, letter).state_reason == "Waits for its writer’s town or state."


def test_a_house_can_do_without(store, clock):
    with store.work() as work:
        columns.first(work).rules = HouseRules(remind_days=0)
    came(store)
    passes(store, clock, 20)
    assert reminders(store) == []
