"""A mailbox on a real Dovecot: looked into first, gone live with later, each mail one letter."""

import dataclasses
import threading
import time
import zlib

import pytest

from feedback.channel.mail.inbox import Address, MailboxShut
from feedback.channel.mail.keep import MOST_BYTES
from feedback.channel.mail.read import read_waiting
from feedback.channel.mail.watch import TROUBLE_TOLD_AFTER, fetch, watch
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.domain.raw_mail import RawMail
from feedback.outbox.prepare import Letterhead, next_due
from feedback.store import letters, mailboxes
from feedback.store.letters import LetterFilter
from feedback.store.mailboxes import Switched
from tests.channel.mail import dovecot
from tests.served import free_port

LETTERHEAD = Letterhead("http://desk.test")


@pytest.fixture(scope="module")
def server():
    with dovecot.running() as running:
        yield running


@pytest.fixture
def user(request):
    """An account of the test's own."""
    return f"u{zlib.crc32(request.node.name.encode())}@example.com"


def letter(n: int = 1, body: str = "The county should count its sandbags.") -> bytes:
    return (
        f"From: Jane Reader <jane{n}@example.com>\r\nTo: letters@example.com\r\n"
        f"Subject: Levee {n}\r\nMessage-ID: <{n}@example.com>\r\n\r\n{body} No. {n}.\r\n\r\n"
        "Jane Q. Reader\r\nSpokane, Wash.\r\n"
    ).encode()


def subjects(found):
    return sorted(subject for subject, _flags in found)


def letters_of(newsroom):
    with newsroom.store.read() as work:
        return letters.page(work, LetterFilter(), limit=200, whole=True).rows


def go_live(newsroom):
    with newsroom.store.work() as work:
        (mailbox,) = mailboxes.every(work)
        mailboxes.go_live(work, mailbox)


def leaves_now(newsroom):
    with newsroom.store.work() as work:
        return next_due(work, LETTERHEAD)


def test_a_new_mailbox_is_looked_into_and_nothing_in_it_changes(server, user, newsroom):
    server.comes(user, letter(1), letter(2))
    before = server.there(user)
    assert fetch(newsroom, Address.of(server.url(user))) == 2
    read_waiting(newsroom)
    assert len(letters_of(newsroom)) == 2
    assert [s for s, _ in server.there(user)] == [s for s, _ in before]
    assert all("Seen" not in flags for _, flags in server.there(user))
    assert server.there(user, "Letters taken") == []


def test_mails_that_its_letters_give_rise_to_wait_until_it_goes_live(server, user, newsroom):
    server.comes(user, letter())
    fetch(newsroom, Address.of(server.url(user)))
    read_waiting(newsroom)
    assert leaves_now(newsroom) is None
    with newsroom.store.read() as work:
        mail = work.session.query(OwedMail).one()
        assert (mail.kind, mail.is_stopped) == (MailKind.RECEIPT, True)
        (mailbox,) = mailboxes.every(work)
        assert mailboxes.stopped(work, mailbox.id).number == 1
    go_live(newsroom)
    claimed = leaves_now(newsroom)
    assert claimed is not None
    assert claimed.to == "jane1@example.com"


def test_live_mails_that_are_done_lie_in_a_folder_of_their_own(server, user, newsroom):
    address = Address.of(server.url(user))
    server.comes(user, letter(1))
    fetch(newsroom, address)
    go_live(newsroom)
    server.comes(user, letter(2))
    fetch(newsroom, address)
    read_waiting(newsroom)
    assert server.there(user) == []
    assert subjects(server.there(user, "Letters taken")) == ["Levee 1", "Levee 2"]
    assert len(letters_of(newsroom)) == 2


def test_whatever_ends_it_between_keeping_and_moving_each_mail_is_one_letter(
    server, user, newsroom, monkeypatch
):
    address = Address.of(server.url(user))
    server.comes(user, *(letter(n) for n in range(5)))
    fetch(newsroom, address)
    go_live(newsroom)
    from feedback.channel.mail.inbox import Inbox

    def cut(*_):
        raise MailboxShut("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "put_away", cut)
        for _ in range(3):
            with pytest.raises(MailboxShut):
                fetch(newsroom, address)
    fetch(newsroom, address)
    read_waiting(newsroom)
    assert len(letters_of(newsroom)) == 5
    assert len(server.there(user, "Letters taken")) == 5


def test_a_server_that_counts_anew_gives_no_letter_twice(server, user, newsroom):
    address = Address.of(server.url(user))
    server.comes(user, letter(1), letter(2))
    fetch(newsroom, address)
    with newsroom.store.work() as work:
        (mailbox,) = mailboxes.every(work)
        mailbox.uid_validity = 1  # as if the server had been set up anew
    server.comes(user, letter(3))
    fetch(newsroom, address)
    read_waiting(newsroom)
    assert len(letters_of(newsroom)) == 3


def test_of_a_mail_that_is_too_large_the_beginning_is_kept(server, user, newsroom, monkeypatch):
    monkeypatch.setattr("feedback.channel.mail.inbox.MOST_BYTES", 70_000)
    monkeypatch.setattr("feedback.channel.mail.keep.MOST_BYTES", 70_000)
    assert MOST_BYTES > 70_000
    server.comes(user, letter(body="x" * 78 + "\r\n" + "many words\r\n" * 9000))
    fetch(newsroom, Address.of(server.url(user)))
    with newsroom.store.read() as work:
        mail = work.session.query(RawMail).one()
        assert mail.refusal == "too_large"
        assert mail.size > 100_000
        assert len(mail.raw) <= 65_536


def test_a_mail_is_taken_as_it_comes(server, user, newsroom):
    address = Address.of(server.url(user))
    stop = threading.Event()
    watching = threading.Thread(
        target=watch, args=(newsroom, address, stop, lambda *_: None), daemon=True
    )
    watching.start()
    try:
        _until(lambda: _has_looked(newsroom))
        time.sleep(0.2)  # it waits for the server's word now
        server.comes(user, letter())
        _until(lambda: _kept(newsroom) == 1)
    finally:
        stop.set()
        watching.join(20)
    assert not watching.is_alive()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "wrong"}, "refuses the user name or the password"),
        ({"folder": "Nowhere"}, "There is no folder “Nowhere”"),
        ({"port": free_port()}, "Connection refused"),
    ],
)
def test_why_a_mailbox_is_shut_is_said_without_the_password(server, user, newsroom, change, says):
    address = dataclasses.replace(Address.of(server.url(user)), **change)
    with pytest.raises(MailboxShut) as caught:
        fetch(newsroom, address)
    assert says in str(caught.value)
    assert address.password not in str(caught.value)


def test_trouble_is_told_of_once_and_once_that_it_is_over(server, user, newsroom, clock):
    good = Address.of(server.url(user))
    bad = dataclasses.replace(good, password="wrong")
    told = []

    def tell(switched, _says):
        told.append(switched)

    stop = threading.Event()
    watch(newsroom, bad, stop, tell)
    assert told == []
    clock.advance(TROUBLE_TOLD_AFTER)
    for _ in range(3):
        watch(newsroom, bad, stop, tell)
    assert told == [Switched.FAILS]
    over = threading.Event()

    def tell_and_stop(switched, says):
        tell(switched, says)
        over.set()

    watch(newsroom, good, over, tell_and_stop)
    assert told == [Switched.FAILS, Switched.WORKS]


def _until(is_so):
    ends = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _has_looked(newsroom):
    with newsroom.store.read() as work:
        found = mailboxes.every(work)
        return bool(found) and found[0].looked_at is not None


def _kept(newsroom):
    with newsroom.store.read() as work:
        return work.session.query(RawMail).count()
