"""Mail handed to a real mail server, with all that can go wrong there."""

import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from feedback.domain.owed_mail import MailKind, MailState
from feedback.outbox.ways import NobodyThere, Smtp
from feedback.outbox.xoauth import AccessTokens
from feedback.store.work import Store
from tests.channel.mail.scripted import token_endpoint
from tests.factories import a_letter
from tests.fixtures_database import Clock
from tests.outbox.desk import SITE, a_postman, mail_of
from tests.outbox.mail_server import CLOSE, Told, mail_server
from tests.served import free_port

# How it talks to a mail server does not depend on the database.
SELF_MADE = Path(__file__).parent / "self_made.pem"  # a key and its certificate, for tests alone
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def server(told: Told) -> Iterator[str]:
    with mail_server(told) as address:
        yield address


def send(store: Store, server: str, **more: object) -> None:
    a_postman(store, Smtp(f"smtp://{server}", SITE, timeout=5), **more).turn()


def test_mails_leave_over_one_connection_as_they_were_written(
    store: Store, told: Told, server: str
) -> None:
    letter = a_letter(store, email="jane@example.com")
    a_letter(store, email="max@example.com")
    send(store, server)
    assert told.connections == 1
    assert [(sender, to) for sender, to, _raw in told.taken] == [
        ("letters@example.com", ["jane@example.com"]),
        ("letters@example.com", ["max@example.com"]),
    ]
    raw = told.taken[0][2]
    assert f"Subject: [{letter.ref}] We have your letter\r\n".encode() in raw
    assert b"Auto-Submitted: auto-generated\r\n" in raw
    assert mail_of(store, letter, MailKind.RECEIPT).state is MailState.SENT


@pytest.mark.parametrize("where", ["to_rcpt", "to_data"])
def test_4xx_waits_and_comes_again_under_the_same_id(
    store: Store, clock: Clock, told: Told, server: str, where: str
) -> None:
    setattr(told, where, ["451 4.7.1 Greylisted, <jane@example.com> comes back later"])
    letter = a_letter(store, email="jane@example.com")
    other = a_letter(store, email="max@example.com")
    send(store, server)
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.WAITING
    assert mail.due_at == clock.now + timedelta(minutes=1)
    assert "451" in mail.problem
    assert "jane@" not in mail.problem
    assert mail_of(store, other, MailKind.RECEIPT).state is MailState.SENT
    clock.advance(timedelta(minutes=1))
    send(store, server)
    assert mail_of(store, letter, MailKind.RECEIPT).state is MailState.SENT
    assert f"Message-ID: {mail.message_id}\r\n".encode() in told.taken[-1][2]


@pytest.mark.parametrize("where", ["to_rcpt", "to_data"])
def test_5xx_has_failed_and_holds_up_nobody(
    store: Store, told: Told, server: str, where: str
) -> None:
    setattr(told, where, ["550 5.1.1 Nobody of that name here"])
    letter = a_letter(store, email="gone@example.com")
    other = a_letter(store, email="max@example.com")
    send(store, server)
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert (mail.state, mail.problem) == (
        MailState.FAILED,
        "The mail server says: 550 5.1.1 Nobody of that name here",
    )
    assert mail_of(store, other, MailKind.RECEIPT).state is MailState.SENT


def test_a_connection_that_ends_after_the_text_may_have_delivered_it(
    store: Store, clock: Clock, told: Told, server: str
) -> None:
    told.to_data = [CLOSE]
    letter = a_letter(store, email="jane@example.com")
    other = a_letter(store, email="max@example.com")
    send(store, server)
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.WAITING
    assert mail.lease_until is not None, "an undo comes too late"
    assert mail_of(store, other, MailKind.RECEIPT).state is MailState.SENT
    clock.advance(timedelta(minutes=2))
    send(store, server)
    ids = [raw.split(b"Message-ID: ")[1].split(b"\r\n")[0] for _s, _t, raw in told.taken]
    assert len(ids) == 3
    assert len(set(ids)) == 2, "the mail that came twice has one Message-ID"


def test_a_connection_that_ends_before_the_text(store: Store, told: Told, server: str) -> None:
    told.to_rcpt = [CLOSE, CLOSE]  # over the connection that was open, then over a fresh one
    letter = a_letter(store, email="jane@example.com")
    other = a_letter(store, email="max@example.com")
    send(store, server)
    assert mail_of(store, letter, MailKind.RECEIPT).lease_until is None
    assert mail_of(store, letter, MailKind.RECEIPT).state is MailState.WAITING
    assert mail_of(store, other, MailKind.RECEIPT).state is MailState.SENT


def test_an_old_connection_that_was_closed_costs_no_try(
    store: Store, told: Told, server: str
) -> None:
    way = Smtp(f"smtp://{server}", SITE, timeout=5)
    way.open()
    way._smtp.sock.shutdown(socket.SHUT_RDWR)  # what an idle limit of the server comes to
    letter = a_letter(store)
    a_postman(store, way).turn()
    assert mail_of(store, letter, MailKind.RECEIPT).state is MailState.SENT
    assert told.connections == 2


def test_nobody_listens_then_somebody_does(store: Store, told: Told) -> None:
    letter = a_letter(store)
    clock = [0.0]
    postman = a_postman(
        store,
        Smtp(f"smtp://127.0.0.1:{free_port()}", SITE, timeout=5),
        since_start=lambda: clock[0],
    )
    postman.turn()
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    assert mail.problem == "The mail server cannot be used: Connection refused."
    with mail_server(told) as address:
        postman._way = Smtp(f"smtp://{address}", SITE, timeout=5)
        clock[0] = 60.0
        assert postman.turn() == 1


def test_a_server_that_says_nothing_is_given_up_in_time(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        way = Smtp(f"smtp://127.0.0.1:{port}", SITE, timeout=0.6)
        with pytest.raises(NobodyThere, match="did not answer within 1 seconds"):
            way.open()


def test_user_and_password_are_sent_on_loopback(store: Store, told: Told) -> None:
    with mail_server(told, authenticator=told.log_in, auth_require_tls=False) as address:
        way = Smtp(f"smtp://ann%40example.com:p%3As%2Fw%40rd@{address}", SITE, timeout=5)
        way.open()
        way.close()
        wrong = Smtp(f"smtp://ann:wrong@{address}", SITE, timeout=5)
        with pytest.raises(NobodyThere, match="refuses our user name or password"):
            wrong.open()
    assert told.logins[0] == (b"ann@example.com", b"p:s/w@rd")


def test_a_token_stands_in_for_the_password(store: Store, told: Told) -> None:
    with (
        mail_server(told, auth_require_tls=False) as address,
        token_endpoint({"access_token": "good"}) as (good, _),
        token_endpoint({"access_token": "bad"}) as (bad, _),
    ):
        url = f"smtp://ann%40example.com@{address}"
        way = Smtp(url, SITE, 5, AccessTokens.of(url, good, "app", "secret"))
        way.open()
        way.close()
        with pytest.raises(NobodyThere, match="refuses our token"):
            Smtp(url, SITE, 5, AccessTokens.of(url, bad, "app", "secret")).open()
    assert told.logins[0][0] == b"user=ann@example.com\1auth=Bearer good\1\1"


def test_a_password_never_leaves_the_machine_without_tls(
    store: Store, told: Told, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.outbox.ways._is_loopback", lambda host: False)
    way = Smtp(f"smtp://ann:secret@{server}", SITE, timeout=5)
    with pytest.raises(NobodyThere, match="it offers no TLS"):
        way.open()
    assert told.logins == []


def a_context() -> ssl.SSLContext:
    """TLS with a certificate for 127.0.0.1 that nobody has signed."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(SELF_MADE)
    return context


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_over_tls_when_the_certificate_is_good(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """`smtp://` turns to TLS by itself where the server offers it; a password goes then."""
    monkeypatch.setattr("feedback.outbox.ways._is_loopback", lambda host: False)
    monkeypatch.setenv("SSL_CERT_FILE", str(SELF_MADE))
    how = {"tls_context": a_context()} if scheme == "smtp" else {"ssl_context": a_context()}
    more = {"authenticator": told.log_in, "auth_require_tls": scheme == "smtp"}
    with mail_server(told, **how, **more) as address:
        a_letter(store)
        way = Smtp(f"{scheme}://ann:p%3As%2Fw%40rd@{address}", SITE, timeout=5)
        assert a_postman(store, way).turn() == 1
    assert told.logins == [(b"ann", b"p:s/w@rd")]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_not_over_tls_when_nobody_has_signed_the_certificate(
    store: Store, told: Told, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setattr("feedback.outbox.ways._is_loopback", lambda host: False)
    how = {"tls_context": a_context()} if scheme == "smtp" else {"ssl_context": a_context()}
    with mail_server(told, **how) as address:
        letter = a_letter(store)
        a_postman(store, Smtp(f"{scheme}://{address}", SITE, timeout=5)).turn()
    assert told.taken == []
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.WAITING
    assert "certificate is not good" in mail.problem


def test_the_servers_words_stand_with_the_mail_and_a_dead_address_is_noted(
    store: Store, told: Told, server: str
) -> None:
    told.to_data = ["250 2.0.0 Ok: queued as 4F1C for jane@example.com"]
    good = a_letter(store, email="jane@example.com")
    send(store, server)
    said = mail_of(store, good, MailKind.RECEIPT).said
    assert said == "250 2.0.0 Ok: queued as 4F1C for the address"
    told.to_rcpt = ["550 5.1.1 <max@example.com>: user unknown"]
    for _ in range(2):
        bad = a_letter(store, email="max@example.com")
        send(store, server)
    assert mail_of(store, bad, MailKind.RECEIPT).state is MailState.SKIPPED
    assert len(told.taken) == 1
