"""Mails that are owed: each is claimed by one worker at a time, and by another when that dies."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.store import mails
from feedback.store.work import Store
from tests.factories import a_letter


@pytest.fixture
def owed(store):
    """Makes mails that are due, or will be."""

    def make(number=1, after=timedelta(0), **more):
        with store.work() as work:
            some = [
                OwedMail(kind=MailKind.ACCOUNT, due_at=work.now + after, made_at=work.now, **more)
                for _ in range(number)
            ]
            work.session.add_all(some)
            work.session.flush()
            return [mail.id for mail in some]

    return make


def claim(store, limit=10):
    with store.work() as work:
        return [mail.id for mail in mails.claim_due(work, limit)]


def test_what_is_due_is_claimed_once_oldest_first(store, owed, clock):
    later = owed(after=timedelta(seconds=-5))
    first = owed(after=timedelta(seconds=-50))
    owed(after=timedelta(seconds=1))
    assert claim(store) == first + later
    assert claim(store) == []


def test_a_claim_takes_no_more_than_it_asked_for(store, owed):
    ids = owed(5)
    assert claim(store, 2) == ids[:2]
    assert claim(store, 10) == ids[2:]


def test_after_its_grace_a_mail_is_due(store, owed, clock):
    ids = owed(after=timedelta(minutes=10))
    assert claim(store) == []
    clock.advance(timedelta(minutes=10))
    assert claim(store) == ids


def test_a_worker_that_died_loses_its_claim(store, owed, clock):
    ids = owed(2)
    assert claim(store) == ids
    clock.advance(mails.LEASE)
    assert claim(store) == []
    clock.advance(timedelta(seconds=1))
    assert claim(store) == ids


@pytest.mark.parametrize("state", [s for s in MailState if s is not MailState.WAITING])
def test_what_does_not_wait_is_not_claimed(store, owed, state):
    owed(state=state)
    assert claim(store) == []


def test_two_workers_never_claim_the_same(store, owed):
    ids = owed(40)
    workers = [Store(store.engine, store.keys, store.clock) for _ in range(4)]
    claimed = []

    def work_through(worker):
        while some := claim(worker, 3):
            claimed.extend(some)

    threads = [threading.Thread(target=work_through, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == ids


def test_a_cancelled_mail_does_not_leave(store):
    letter = a_letter(store)
    with store.work() as work:
        mails.cancel_waiting(work, letter.id)
        (receipt,) = mails.of_letter(work, letter.id)
        assert receipt.state is MailState.CANCELLED
    assert claim(store) == []


def test_mails_to_one_address_are_counted(store, owed, clock):
    (mail,) = owed()
    since = clock.now - timedelta(days=1)
    with store.work() as work:
        assert mails.went_to(work, "k", MailKind.ACCOUNT, since) == 0
        work.session.execute(
            update(OwedMail)
            .where(OwedMail.id == mail)
            .values(email_key="k", state=MailState.SENT, sent_at=work.now)
        )
        assert mails.went_to(work, "k", MailKind.ACCOUNT, since) == 1
        assert mails.went_to(work, "k", MailKind.RECEIPT, since) == 0
        assert mails.went_to(work, "other", MailKind.ACCOUNT, since) == 0
        assert mails.went_to(work, "k", MailKind.ACCOUNT, clock.now + timedelta(seconds=1)) == 0
        assert mails.sent_since(work, MailKind.ACCOUNT, since) == 1
