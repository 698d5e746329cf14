"""No more mails a minute than the house's rule: the others wait, and none is lost."""

from datetime import timedelta

import pytest

from feedback.domain.house_rules import HouseRules
from feedback.domain.owed_mail import MailState
from feedback.outbox import messages, prepare
from feedback.outbox.ways import NotNow
from feedback.store import columns, mails, pace
from feedback.store.work import Store
from tests.factories import a_letter
from tests.fixtures_database import Clock
from tests.outbox.desk import LETTERHEAD, Pile, a_postman, states


@pytest.fixture
def two_a_minute(store: Store) -> None:
    with store.work() as work:
        columns.first(work).rules = HouseRules(mails_a_minute=2)


def receipts(store: Store, number: int) -> None:
    for n in range(number):
        a_letter(store, email=f"reader{n}@example.com")


def turn(store: Store, **way: object) -> list[str]:
    pile = Pile(**way)
    a_postman(store, pile).turn()
    return [ready.to.partition("@")[0] for ready in pile.taken]


def test_the_others_wait_for_the_next_minute(
    store: Store, clock: Clock, two_a_minute: None
) -> None:
    receipts(store, 5)
    assert turn(store) == ["reader0", "reader1"]
    clock.advance(timedelta(seconds=59))
    assert turn(store) == []
    clock.advance(timedelta(seconds=1))
    assert turn(store) == ["reader2", "reader3"]
    clock.advance(timedelta(seconds=60))
    assert turn(store) == ["reader4"]
    assert {state for some in states(store).values() for state in some} == {MailState.SENT}


def test_links_to_accounts_go_first(store: Store, clock: Clock, two_a_minute: None) -> None:
    receipts(store, 3)
    clock.advance(timedelta(seconds=1))
    with store.work() as work:
        messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
    assert turn(store) == ["ann", "reader0"]


def test_one_that_is_on_its_way_counts(store: Store, two_a_minute: None) -> None:
    receipts(store, 3)
    with store.work() as work:
        assert prepare.next_due(work, LETTERHEAD) is not None
    assert turn(store) == ["reader1"]


def test_one_that_was_put_off_takes_nobodys_place(store: Store, two_a_minute: None) -> None:
    receipts(store, 3)
    assert turn(store, answers=[NotNow("451 later")]) == ["reader1", "reader2"]


def test_no_limit_where_there_is_none_and_in_the_built_in_outbox(
    store: Store, two_a_minute: None
) -> None:
    receipts(store, 5)
    assert len(turn(store, is_server=False)) == 5
    with store.work() as work:
        columns.first(work).rules = HouseRules(mails_a_minute=0)
    a_letter(store, email="one.more@example.com")
    assert turn(store) == ["one.more"]


def test_twelve_hundred_a_minute_unless_told(store: Store) -> None:
    with store.read() as work:
        assert pace.most_a_minute(work) == 1200
        assert not pace.is_full(work, 1200)


def test_accounts_first_then_the_oldest_however_many_are_claimed(store: Store) -> None:
    receipts(store, 2)
    with store.work() as work:
        messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
    with store.work() as work:
        found = mails.claim_due(work, 2)
        assert [mail.kind.value for mail in found] == ["account", "receipt"]
