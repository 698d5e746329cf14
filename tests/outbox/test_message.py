"""The bytes of a mail: its headers say what was meant, to whom it was meant, and nothing else."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from feedback.outbox.compose import WIDTH, Composed, wrapped
from feedback.outbox.message import (
    Mailbox,
    Unsafe,
    ascii_address,
    build,
    check_headers,
    header_writer_is_sound,
    mailbox,
)

AT = datetime(2026, 11, 9, 14, 30, tzinfo=UTC)
LETTERS = Mailbox("We Hear You", "letters@example.com")
EXPECTED = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}


def built(composed: Composed, to: str = "jane@example.com", sender: Mailbox = LETTERS) -> bytes:
    return build(
        composed,
        sender=sender,
        reply_to=LETTERS,
        to=to,
        message_id="<1@example.com>",
        at=AT,
    )


def test_a_mail_has_these_headers_and_no_other() -> None:
    mail = message_from_bytes(built(Composed("Hello", "Text\n")), policy=policy.default)
    assert set(mail.keys()) == EXPECTED
    assert mail["From"] == "We Hear You <letters@example.com>"
    assert mail["To"] == "jane@example.com"
    assert mail["Reply-To"] == "We Hear You <letters@example.com>"
    assert mail["Date"] == "Mon, 09 Nov 2026 14:30:00 +0000"
    assert mail["Message-ID"] == "<1@example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_typographic_marks_arrive() -> None:
    raw = built(Composed("“Quoted” — Zoë", "It’s “here”…\n", "<p>It’s</p>\n"))
    raw.decode("ascii")
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Subject"] == "“Quoted” — Zoë"
    assert mail.get_body(("plain",)).get_content() == "It’s “here”…\r\n"
    assert mail.get_body(("html",)).get_content() == "<p>It’s</p>\r\n"


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: v@x.example",
        "Hello\nBcc: v@x.example",
        "Hello\r\n\r\nBody of my own",
        "=?utf-8?q?hi=0ABcc=3A_v=40x.example?=",  # HOSTILE H1: written out as a real Bcc line
        "=?utf-8?q?hi=0D=0ABcc=3A_v=40x.example?= and more",
        "Hello\u2028Bcc: v@x.example",
        "Hello\x85Bcc: v@x.example",
        "\ud800Bcc: v@x.example",
    ],
)
@pytest.mark.parametrize("where", ["subject", "name"])
def test_no_header_can_be_put_in(subject: str, where: str) -> None:
    """It never leaves, or it leaves as one header that holds the words."""
    try:
        if where == "subject":
            raw = built(Composed(subject, "Text\n"))
        else:
            raw = built(Composed("Hello", "Text\n"), sender=Mailbox(subject, "letters@example.com"))
    except Unsafe:
        return
    mail = message_from_bytes(raw, policy=policy.compat32)
    assert set(mail.keys()) == EXPECTED
    assert mail.get_payload().strip() == "Text"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jane",
        "jane@",
        "@example.com",
        "jane@example.com\r\nBcc: v@x.example",
        "jane@example.com, v@x.example",
        "jane@example.com v@x.example",
        f'"{"A" * 70}, x@evil.example" <ok@good.example>',  # HOSTILE H2: became two recipients
        '"a, v@x.example"@good.example',
        "<jane@example.com>",
        "-f/etc/passwd@example.com",
        f"{'a' * 65}@example.com",
        "zoë@example.com",  # needs SMTPUTF8, which hardly any server speaks
        "jane\x00@example.com",
        "jane@exa\u202emple.com",
    ],
)
def test_what_is_no_plain_address_gets_no_mail(address: str) -> None:
    with pytest.raises(Unsafe):
        ascii_address(address)


def test_an_address_is_written_in_ascii() -> None:
    assert ascii_address("Jane.Q+letters@Example.com") == "Jane.Q+letters@example.com"
    assert ascii_address("jane@bücher.example") == "jane@xn--bcher-kva.example"
    assert ascii_address("ann@newsroom") == "ann@newsroom"


def test_a_long_address_stays_one_recipient() -> None:
    to = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.example.com"
    mail = message_from_bytes(built(Composed("Hello", "Text\n"), to), policy=policy.default)
    assert [a.addr_spec for a in mail["To"].addresses] == [to]


@pytest.mark.parametrize(
    "head",
    [
        b"To: jane@example.com\r\nBcc: v@x.example",
        b"To: jane@example.com, v@x.example",
        b"To: jane@example.com\r\nTo: v@x.example",
        b"To: v@x.example",
        b"To: jane@example.com\nBcc: v@x.example",
        b"To: jane@example.com\r\nContent-Type: text/plain\r\nContent-Type: text/html",
        b"To: jane@example.com\r\n" + b"Subject: " + b"x" * 1000,
        b"Subject: nobody",
    ],
)
def test_a_head_that_is_not_what_was_written_is_refused(head: bytes) -> None:
    with pytest.raises(Unsafe):
        check_headers(head + b"\r\n\r\nText\r\n", {"To": "jane@example.com"})


def test_a_head_without_an_end_is_refused() -> None:
    with pytest.raises(Unsafe):
        check_headers(b"To: jane@example.com\r\n", {"To": "jane@example.com"})


def test_a_mailbox_is_read_from_a_setting() -> None:
    assert mailbox("Letters <letters@example.com>") == Mailbox("Letters", "letters@example.com")
    assert mailbox("letters@example.com") == Mailbox("", "letters@example.com")
    assert mailbox("no address") is None
    assert LETTERS.domain == "example.com"


def test_the_probe_of_this_python_answers() -> None:
    assert header_writer_is_sound() in (True, False)


def test_lines_are_short_and_links_are_whole() -> None:
    link = f"https://letters.example.com/letters/{'x' * 90}"
    text = wrapped(f"{'word ' * 40}\n\n{link}\n")
    assert link in text.split("\n")
    assert all(len(line) <= WIDTH for line in text.split("\n") if line != link)
