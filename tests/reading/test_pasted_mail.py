"""Mails that an editor pastes or drops: ordinary ones, and the hostile ones of HOSTILE.md."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.pasted_mail import MOST_TEXT, PastedMail, read_mail

HEAD = b"From: Jane Reader <jane@example.com>\r\nSubject: Trains\r\n"


def body(text: bytes, *more: bytes) -> PastedMail:
    return read_mail(HEAD + b"".join(line + b"\r\n" for line in more) + b"\r\n" + text)


def test_a_line_that_begins_as_an_mbox_does_stays_in_the_letter() -> None:
    mail = body(b"I was there.\r\n\r\nFrom what I saw in May, nobody counts.\r\n")
    assert "From what I saw in May, nobody counts." in mail.text


def test_an_ordinary_mail() -> None:
    mail = read_mail(
        b"Return-Path: <jane@example.com>\r\n"
        b"From: =?utf-8?q?J=C3=B6rg?= Reader <Joerg@example.com>\r\n"
        b"To: letters@example.org\r\n"
        b"Subject: =?utf-8?b?4oCcV29ya2luZyBHcm914oCd?=\r\n"
        b"Message-ID: <abc@example.com>\r\n"
        b"Date: Mon, 2 Mar 2026 09:14:00 -0500\r\n"
        b"\r\n"
        b"Dear Editor:\r\n\r\nI like trains.\r\n\r\nJ\xc3\xb6rg Reader\r\nSpokane, Wash.\r\n"
    )
    assert mail == PastedMail(
        from_name="Jörg Reader",
        from_address="Joerg@example.com",
        subject="“Working Grou”",
        message_id="<abc@example.com>",
        sent_at="Mon, 2 Mar 2026 09:14:00 -0500",
        text="Dear Editor:\n\nI like trains.\n\nJörg Reader\nSpokane, Wash.",
        removed="",
        attachments=(),
        is_mail=True,
        is_sender_clear=True,
    )


def test_plain_text_is_a_letter_without_headers() -> None:
    mail = read_mail("Dear Editor:\n\nI like trains.\n\nJane Reader")
    assert not mail.is_mail
    assert mail.text == "Dear Editor:\n\nI like trains.\n\nJane Reader"
    assert (mail.from_name, mail.from_address, mail.subject) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Re: your article\n\nI like trains.",
        "To the Editor:\n\nI like trains.",
        "Subject matter: trains.",
        "Date: a fruit.\n\nI like dates.",
        "",
    ],
)
def test_a_letter_that_only_begins_like_a_mail(text: str) -> None:
    mail = read_mail(text)
    assert not mail.is_mail
    assert mail.text == text


def test_the_source_of_a_mail_may_be_pasted_as_text() -> None:
    mail = read_mail("From: Jane Reader <jane@example.com>\nSubject: Trains\n\nI like “trains.”")
    assert mail.is_mail
    assert (mail.from_address, mail.text) == ("jane@example.com", "I like “trains.”")


def test_what_a_mail_program_shows_above_a_mail_may_be_pasted() -> None:
    mail = read_mail(
        "From: Jane Reader <jane@example.com>\nSent: Monday, March 2, 2026 9:14 AM\n"
        "To: Letters\nSubject: Trains\n\nI like trains."
    )
    assert (mail.from_name, mail.sent_at) == ("Jane Reader", "Monday, March 2, 2026 9:14 AM")
    assert mail.text == "I like trains."


def test_a_stored_mail_of_an_mbox() -> None:
    mail = read_mail(
        b"From jane@example.com Mon Mar  2 09:14:00 2026\n" + HEAD + b"\nI like trains."
    )
    assert (mail.from_address, mail.text) == ("jane@example.com", "I like trains.")


# -- who wrote -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Jane Reader <jane@example.com>", "Jane Reader", "jane@example.com"),
        ('"Reader, Jane" <jane@example.com>', "Reader, Jane", "jane@example.com"),
        ("jane@example.com", None, "jane@example.com"),
        ("<jane@example.com>", None, "jane@example.com"),
        ("jane@example.com (Jane Reader)", "Jane Reader", "jane@example.com"),
        ("jane@example.com <jane@example.com>", None, "jane@example.com"),
        ('"jane@evil.test" <jane@example.com>', None, "jane@example.com"),
        # H7: nobody, or several.
        ("a@example.com, b@example.com", None, None),
        ("undisclosed:;", "undisclosed", None),
        ("Jane Reader", "Jane Reader", None),
        ("", None, None),
        # H2: one mailbox in quotation marks is no second recipient.
        ('"AAAA, x@evil.test" <ok@example.org>', None, "ok@example.org"),
        ("=?utf-8?q?Jane=0D=0ABcc=3A_v=40x=2Eorg?= <jane@example.com>", None, "jane@example.com"),
        # Not the address of a person.
        ("<@[", None, None),
        ("Jane <jane@example.com\x00>", "Jane", "jane@example.com"),
    ],
)
def test_sender(value: str, name: str | None, address: str | None) -> None:
    mail = read_mail(f"From: {value}\nSubject: x\n\nHello.".encode())
    assert mail.from_address == address
    assert mail.is_sender_clear == (address is not None)
    if name:
        assert mail.from_name == name


def test_two_from_headers_are_unclear() -> None:
    mail = read_mail(b"From: a@example.com\nFrom: b@example.com\nSubject: x\n\nHello.")
    assert mail.from_address is None
    assert not mail.is_sender_clear
    assert mail.text == "Hello."


# -- headers of the table, rows H1 to H4 ----------------------------------------------------------


def test_h1_an_encoded_line_break_stays_on_the_line() -> None:
    mail = body(b"Hello.", b"X: y").subject
    assert mail == "Trains"
    mail = read_mail(
        b"From: a@example.com\nSubject: =?utf-8?q?hi=0ABcc=3A_v=40x.org?=\n\nHello."
    ).subject
    assert mail == "hi Bcc: v@x.org"


@pytest.mark.parametrize(
    "value", ["<a@[", "<[abc]@x>", "<<<>", "a b", "", "<" + "a" * 5000 + ">", "<é@x>"]
)
def test_h3_a_broken_message_id_is_none_or_a_part_of_what_was_sent(value: str) -> None:
    found = read_mail(f"From: a@example.com\nMessage-ID: {value}\n\nHello.".encode()).message_id
    assert found is None or (found in value and " " not in found)


def test_h6_charsets() -> None:
    assert body(b"caf\xe9", b"Content-Type: text/plain; charset=bogus-99").text == "café"
    assert body(b"caf\xe9", b"Content-Type: text/plain; charset=iso-8859-1").text == "café"
    assert body(b"\x93caf\xe9\x94", b"Content-Type: text/plain; charset=us-ascii").text == "“café”"
    assert body("café".encode(), b"Content-Type: text/plain; charset=us-ascii").text == "café"
    utf7 = body(b"+ADw-script+AD4-", b"Content-Type: text/plain; charset=utf-7")
    assert utf7.text == "+ADw-script+AD4-"
    for name in (
        "zlib_codec",
        "rot13",
        "unicode_escape",
        "punycode",
        "idna",
        "hex",
        "utf-16",
        '"',
        "",
    ):
        assert "Hello" in body(
            b"Hello there.", f"Content-Type: text/plain; charset={name}".encode()
        ).text or (name == "utf-16")
    koi = "привет".encode("koi8-r")
    assert body(koi, b"Content-Type: text/plain; charset=KOI8-R").text == "привет"


def test_h6_transfer_encodings_whole_and_broken() -> None:
    text = "Zürich ist schön."
    assert body(base64.b64encode(text.encode()), b"Content-Transfer-Encoding: base64").text == text
    assert body(b"SGVsbG8g!!!d29ybGQ", b"Content-Transfer-Encoding: base64").text == "Hello world"
    assert body(b"S", b"Content-Transfer-Encoding: base64").text == ""
    quoted = quopri.encodestring(text.encode())
    assert body(quoted, b"Content-Transfer-Encoding: Quoted-Printable").text == text
    assert body(b"a=ZZ=", b"Content-Transfer-Encoding: quoted-printable").text.startswith("a")
    assert body(b"Hello.", b"Content-Transfer-Encoding: x-unknown").text == "Hello."


# -- parts ---------------------------------------------------------------------------------------

TWO = (
    b'preamble\r\n--b\r\nContent-Type: multipart/alternative; boundary="c c"\r\n\r\n'
    b"--c c\r\nContent-Type: text/plain\r\n\r\nThe plain one.\r\n"
    b"--c c\r\nContent-Type: text/html\r\n\r\n<p>The other one.\r\n--c c--\r\n"
    b'--b\r\nContent-Type: image/svg+xml; name="x.svg"\r\nContent-Disposition: attachment; '
    b"filename*=utf-8''..%2F..%2Fetc%2Fpasswd\r\n\r\n<svg onload=x>\r\n"
    b'--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment;\r\n filename*0="inv";'
    b' filename*1="oice.html"\r\n\r\n<p>not the letter\r\n--b--\r\nepilogue'
)


def test_the_plain_part_is_the_letter_and_names_alone_are_kept() -> None:
    mail = body(TWO, b"Content-Type: multipart/mixed; boundary=b")
    assert mail.text == "The plain one."
    assert mail.attachments == ("passwd", "invoice.html")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".htaccess\u200b", ".htaccess"),
        ("inv\u202efdp.exe", "invfdp.exe"),
        ("a\x00b.txt", "ab.txt"),
        ("x" * 999, "x" * 150),
    ],
)
def test_h9_names_of_attachments_are_cleaned(given: str, shown: str) -> None:
    raw = f'Content-Disposition: attachment; filename="{given}"'.replace("\\", "\\\\").encode()
    mail = body(
        b"--b\r\n" + raw + b"\r\n\r\nx\r\n--b--", b"Content-Type: multipart/mixed; boundary=b"
    )
    assert mail.attachments == (shown,)


def test_h8_html_is_words_alone() -> None:
    mail = body(
        b"<html><head><title>t</title><style>p{background:url(http://x/)}</style></head><body>"
        b"<base href=http://x/><meta http-equiv=refresh content=0><p>Dear <b>Ed</b>itor,<br>I say "
        b"\x93yes\x94.</p><script>alert(1)</script><img src=http://x/p.gif onerror=alert(1)>"
        b"<svg onload=alert(1)><p>Jane Reader</p></body></html>",
        b"Content-Type: text/html; charset=windows-1252",
    )
    assert mail.text == "Dear Editor,\nI say “yes”.\n\nJane Reader"


def test_html_quotes_of_mail_programs_are_taken_off() -> None:
    mail = body(
        b'<p>My letter.</p><div class="gmail_quote"><div>On Mon X wrote:</div>'
        b"<blockquote>Old words.</blockquote></div>",
        b"Content-Type: text/html",
    )
    assert mail.text == "My letter."
    assert "Old words." in mail.removed


def test_html_nested_too_deep_keeps_its_words() -> None:
    mail = body(b"<div>" * 20_000 + b"My letter.", b"Content-Type: text/html")
    assert mail.text == "My letter."


def test_flowed_lines_are_one_paragraph() -> None:
    mail = body(
        b"A line that \r\nflows on.\r\n\r\nAnother.", b"Content-Type: text/plain; format=flowed"
    )
    assert mail.text == "A line that flows on.\n\nAnother."


def test_lines_broken_at_a_margin_are_joined_and_the_signature_is_not() -> None:
    mail = body(
        b"This is a letter that a mail program broke at a margin of some seventy\r\n"
        b"characters, as programs do; it goes on over three lines before its\r\n"
        b"end comes.\r\nJane Reader\r\nSpokane, Wash."
    )
    assert mail.text.split("\n")[1:] == ["Jane Reader", "Spokane, Wash."]
    assert mail.text.startswith(
        "This is a letter that a mail program broke at a margin of some seventy ch"
    )


# -- any bytes, in time that grows with their number ----------------------------------------------

HEADERS = b"From: a@example.com\nSubject: x\n"
HTML = HEADERS + b"Content-Type: text/html\n\n"
MULTI = HEADERS + b"Content-Type: multipart/mixed; boundary=b\n\n"
HARD = {
    "H4 brackets": b"From: " + b"(" * 200_000 + b"\n\nx",
    "H4 nested parts": HEADERS
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
    ),
    "H4 nested mails": HEADERS + b"Content-Type: message/rfc822\n\n" * 2_000,
    "H4 one boundary": MULTI + (b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 20_000),
    "H5 addresses": b"From: " + b"a@example.com, " * 20_000 + b"\nSubject: x\n\nx",
    "H5 empty parts": MULTI + b"--b\n\n" * 50_000,
    "H5 headers": HEADERS + b"X-A: b\n" * 100_000 + b"\nx",
    "H27 angles": HEADERS + b"\n" + b"> > > " * 170_000,
    "H27 quoted lines": HEADERS + b"\n" + b"> > >\n" * 170_000,
    "H27 wrote": HEADERS + b"\n" + b"On x wrote:\n" * 100_000,
    "H27 on": HEADERS + b"\n" + b"On 2026 \n" * 100_000,
    "H27 spaces": HEADERS + b"\na" + b"\n " * 50_000,
    "H27 one line": HEADERS + b"\n" + b"a" * 5_000_000,
    "From in the text": HEADERS + b"\n" + b"From: x\n" * 100_000,
    "rules": HEADERS + b"\n" + (b"_" * 12 + b"\n\n\n") * 60_000,
    "encoded words": b"From: a@example.com\nSubject: " + b"=?utf-8?q?" * 100_000 + b"\n\nx",
    "parameters": HEADERS + b"Content-Type: text/plain" + b'; a="\\' * 20_000 + b"\n\nx",
    "folded": b"From: a@example.com\nSubject: x" + b"\n x" * 80_000 + b"\n\nx",
    "cells": HTML + b"<table><tr>" + b"<td>a</td>" * 100_000,
    "breaks": HTML + b"<br>" * 250_000,
    "comments": HTML + b"<!--" * 250_000,
    "open tags": HTML + b"<div " * 200_000,
    "quotes in html": HTML + b"<blockquote " * 20_000,
    "zeros": bytes(1_000_000),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_mails_are_read(name: str) -> None:
    """Each of them took seconds or raised, read with the libraries that are known for mail."""
    mail = read_mail(HARD[name])
    assert len(mail.text) <= MOST_TEXT
    if HARD[name].startswith(HEADERS):
        assert mail.from_address == "a@example.com"
        assert (mail.subject or "").startswith("x")


PIECES = st.lists(
    st.sampled_from(
        [
            b"From: a@x.org\n",
            b"Subject: =?utf-8?q?a=0Ab?=\n",
            b"Content-Type: multipart/mixed; boundary=b\n",
            b"Content-Type: text/html; charset=utf-7\n",
            b"Content-Transfer-Encoding: base64\n",
            b"\n",
            b"\r\n",
            b"--b\n",
            b"--b--\n",
            b"SGVsbG8=",
            b"<p>x",
            b"<blockquote type=cite>",
            b"> q\n",
            b"On 2026 x wrote:\n",
            b"-- \n",
            b"\xff\xfe",
            b"\x00",
            b"=\n",
            b"Content-Disposition: attachment; filename*=x'y'%ff%\n",
            b"Message-ID: <a@[\n",
            b" folded\n",
            b"-----Original Message-----\n",
            b"Sent from my iPhone\n",
        ]
    ),
    max_size=20,
).map(b"".join)


@given(st.one_of(PIECES, st.binary(max_size=400), PIECES.map(lambda raw: HEADERS + raw)))
def test_any_bytes_give_an_answer(raw: bytes) -> None:
    mail = read_mail(raw)
    for value in (mail.from_name, mail.from_address, mail.subject, mail.message_id, mail.sent_at):
        assert value is None or (value and "\n" not in value and "\x00" not in value)
    for text in (mail.text, mail.removed, *mail.attachments):
        assert "\x00" not in text
        text.encode("utf-8")


@given(st.text(max_size=300))
def test_any_text_gives_an_answer(text: str) -> None:
    assert isinstance(read_mail(text), PastedMail)
