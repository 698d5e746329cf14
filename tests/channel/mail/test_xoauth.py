"""Log-in without a password, against servers that do as they are told."""

import pytest

from feedback.channel.mail.inbox import Address, MailboxShut
from feedback.channel.mail.watch import fetch
from feedback.outbox.xoauth import GOOGLE, AccessTokens, NoToken
from tests.channel.mail import scripted

MAIL = b"From: a@example.com\r\nSubject: x\r\n\r\nHello from here.\r\n"
GIVEN = {"access_token": "good", "expires_in": 3600}


def address_at(server, endpoint: str) -> Address:
    url = f"imap://letters%40example.com@127.0.0.1:{server.port}/INBOX"
    tokens = AccessTokens.of(url, endpoint, "app", "the secret")
    return Address.of(url, tokens)


def test_a_mailbox_is_read_with_a_token(newsroom):
    with scripted.imap("good", MAIL) as server, scripted.token_endpoint(GIVEN) as (url, asked):
        address = address_at(server, url)
        assert fetch(newsroom, address) == 1
        assert fetch(newsroom, address) == 0
    assert "user=letters@example.com\1auth=Bearer good\1\1" in server.said
    assert asked[0]["grant_type"] == "client_credentials"
    assert len(asked) == 1  # a token is kept for as long as it is good


def test_a_token_that_is_refused_is_said_and_asked_for_anew(newsroom):
    with (
        scripted.imap("another", MAIL) as server,
        scripted.token_endpoint(GIVEN) as (url, asked),
    ):
        address = address_at(server, url)
        for _ in range(2):
            with pytest.raises(MailboxShut, match="refuses the token"):
                fetch(newsroom, address)
    assert len(asked) == 2


def test_no_token_is_said_without_the_secret(newsroom):
    with (
        scripted.imap("good", MAIL) as server,
        scripted.token_endpoint({"error": "invalid_client"}, 401) as (url, _asked),
        pytest.raises(MailboxShut, match="invalid_client") as caught,
    ):
        fetch(newsroom, address_at(server, url))
    assert "the secret" not in str(caught.value)


def test_an_answer_that_is_cut_off_keeps_nothing_and_is_taken_next_time(newsroom):
    with scripted.imap("good", MAIL) as server, scripted.token_endpoint(GIVEN) as (url, _asked):
        server.cut_after = 10
        with pytest.raises(MailboxShut):
            fetch(newsroom, address_at(server, url))
        server.cut_after = None
        assert fetch(newsroom, address_at(server, url)) == 1


def test_a_refused_password_names_the_cause_where_the_server_takes_none():
    from imap_tools.errors import MailboxLoginError

    from feedback.channel.mail.inbox import cause

    error = MailboxLoginError(("NO", [b"LOGIN failed."]), "OK")
    says = cause(error, Address.of("imaps://a:b@outlook.office365.com/INBOX"))
    assert "takes no password" in says
    assert "FEEDBACK_MAIL_OAUTH_TENANT" in says


@pytest.mark.parametrize(
    ("url", "tenant", "refresh"),
    [
        ("imaps://a%40example.com:long-lived@imap.gmail.com/INBOX", "google", "long-lived"),
        ("smtps://a%40example.com:long-lived@smtp.gmail.com", "google", "long-lived"),
        ("imaps://a%40example.com@outlook.office365.com/INBOX", "newsroom.example", ""),
    ],
)
def test_which_account_a_token_is_for(url, tenant, refresh):
    assert AccessTokens.of(url, tenant, "app", "secret").refresh_token == refresh


@pytest.mark.parametrize(
    ("url", "tenant"),
    [
        ("smtp://a:password@mail.example.com", "google"),
        ("smtp://a:password@mail.example.com", "newsroom.example"),
        ("smtp://mail.example.com", None),
    ],
)
def test_a_server_that_takes_a_password_gets_that(url, tenant):
    assert AccessTokens.of(url, tenant, "app", "secret") is None


def test_google_trades_a_refresh_token_in():
    with scripted.token_endpoint(GIVEN) as (url, asked):
        assert AccessTokens(url, "app", "secret", "long-lived").token() == "good"
    assert asked == [
        {
            "client_id": "app",
            "client_secret": "secret",
            "grant_type": "refresh_token",
            "refresh_token": "long-lived",
        }
    ]
    assert AccessTokens("google", "app", "secret")._endpoint() == GOOGLE


def test_an_endpoint_that_gives_nonsense_gives_no_token():
    with scripted.token_endpoint({"access_token": 7}) as (url, _asked), pytest.raises(NoToken):
        AccessTokens(url, "app", "secret").token()
