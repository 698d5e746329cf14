"""Letters by mail: kept first, read after, refused by name; whatever the bytes are."""

import base64
import socket
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.channel.mail.keep import keep
from feedback.channel.mail.lmtp import listening
from feedback.channel.mail.read import read, read_waiting
from feedback.channel.mail.understand import MOST_IN_AN_HOUR
from feedback.domain.errors import Unreachable
from feedback.domain.letter import Channel, Letter
from feedback.domain.raw_mail import Door, Fate, Refusal
from feedback.store import letters, raw_mails
from feedback.store.letters import LetterFilter
from tests.factories import an_article
from tests.reading import attached_files as files
from tests.served import free_port

LETTER = """\
From: Jane Reader <jane@example.com>
To: letters@example.com
Subject: Re: Who Pays for the Levee?
Message-ID: <1@example.com>
Content-Type: text/plain; charset=utf-8

To the editor:

The county counts its boats every May. It should count its sandbags.

Jane Q. Reader
Spokane, Wash.
"""
REFUSED = {
    "Auto-Submitted: auto-replied": Refusal.AUTO_REPLY,
    "Auto-Submitted: auto-generated (rejected)": Refusal.AUTO_REPLY,
    "Return-Path: <>": Refusal.AUTO_REPLY,
    "X-Autoreply: yes": Refusal.AUTO_REPLY,
    "List-Id: Levee news <levee.example.org>": Refusal.LIST,
    "Precedence: bulk": Refusal.LIST,
    "X-Failed-Recipients: a@example.org": Refusal.BOUNCE,
    "X-Spam-Flag: YES": Refusal.SPAM,
}
HANGING = """\
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: application/pdf; name=letter.pdf

JVBERi0=
--b--
"""


@pytest.fixture
def stored(newsroom):
    """`stored()`: the letters of the desk, the newest first."""

    def every() -> list[Letter]:
        with newsroom.store.read() as work:
            return list(letters.page(work, LetterFilter(), limit=200, whole=True).rows)

    return every


def comes(newsroom, text: str | bytes) -> int:
    raw = text if isinstance(text, bytes) else text.encode()
    return keep(newsroom, raw, Door.PIPE)


def fate_of(newsroom, number):
    with newsroom.store.read() as work:
        mail = raw_mails.by_id(work, number)
        return mail.fate, mail.refusal


def test_a_mail_becomes_a_letter_as_if_it_had_been_typed_into_the_form(newsroom, store, stored):
    an_article(store, headline="Who Pays for the Levee?")
    assert read(newsroom, comes(newsroom, LETTER)) is Fate.LETTER
    (letter,) = stored()
    assert letter.channel is Channel.MAIL
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert letter.article.headline == "Who Pays for the Levee?"
    assert letter.original.remarks.startswith("To the editor:\n\nThe county")
    assert "Spokane" not in letter.original.remarks
    assert letter.original.consent.startswith("by_invitation/")
    assert letter.missing == []


def test_the_same_bytes_are_the_same_mail_and_another_text_is_another(newsroom, stored):
    first = comes(newsroom, LETTER)
    assert comes(newsroom, LETTER) == first
    read(newsroom, first)
    assert comes(newsroom, LETTER) == first
    assert read(newsroom, first) is Fate.LETTER
    other = comes(newsroom, LETTER.replace("every May", "every June"))
    assert other != first
    read(newsroom, other)
    assert len(stored()) == 2


def test_a_mail_that_was_read_but_not_noted_makes_no_second_letter(newsroom, store, stored):
    number = comes(newsroom, LETTER)
    read(newsroom, number)
    with store.work() as work:  # as if the power had gone between the two
        mail = raw_mails.by_id(work, number)
        mail.fate, mail.letter_id = Fate.WAITING, None
    assert read(newsroom, number) is Fate.LETTER
    assert len(stored()) == 1


@pytest.mark.parametrize(("header", "refusal"), REFUSED.items())
def test_robots_are_refused_by_name_and_can_be_accepted(newsroom, store, stored, header, refusal):
    number = comes(newsroom, f"{header}\n{LETTER}")
    assert read(newsroom, number) is Fate.REFUSED
    assert fate_of(newsroom, number) == (Fate.REFUSED, refusal)
    assert stored() == []
    with store.work() as work:
        assert raw_mails.accept(raw_mails.by_id(work, number))
    assert not read_waiting(newsroom)
    assert fate_of(newsroom, number) == (Fate.LETTER, None)


def test_our_own_mails_do_not_come_back_as_letters(newsroom):
    own = LETTER.replace("Jane Reader <jane@example.com>", "letters@example.com")
    number = comes(newsroom, f"Auto-Submitted: auto-generated\n{own}")
    read(newsroom, number)
    assert fate_of(newsroom, number) == (Fate.REFUSED, Refusal.LOOP)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("Content-Type: text/plain\n\n\n", Refusal.EMPTY),
        (HANGING, Refusal.ONLY_ATTACHMENT),
    ],
)
def test_a_mail_without_words_is_no_letter(newsroom, body, refusal):
    number = comes(newsroom, f"From: jane@example.com\nTo: letters@example.com\n{body}")
    read(newsroom, number)
    assert fate_of(newsroom, number) == (Fate.REFUSED, refusal)


def test_more_than_a_person_writes_in_an_hour_waits_for_an_editor(newsroom, stored):
    for n in range(MOST_IN_AN_HOUR + 2):
        number = comes(newsroom, LETTER.replace("every May", f"every {n}"))
        read(newsroom, number)
    assert len(stored()) == MOST_IN_AN_HOUR
    assert fate_of(newsroom, number) == (Fate.REFUSED, Refusal.TOO_MANY)


def test_who_did_not_write_to_the_address_of_the_invitation_has_not_read_it(newsroom, stored):
    read(
        newsroom, comes(newsroom, LETTER.replace("To: letters@example.com", "To: news@example.com"))
    )
    assert [letter.original.consent for letter in stored()] == ["none-yet"]


def test_a_mail_that_cannot_be_read_is_kept_and_can_be_tried_again(newsroom, stored, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise RecursionError("From: jane@example.com")

    number = comes(newsroom, LETTER)
    with monkeypatch.context() as context:
        context.setattr("feedback.channel.mail.understand.prefill", breaks)
        assert read(newsroom, number) is Fate.UNREAD
    with newsroom.store.work() as work:
        mail = raw_mails.by_id(work, number)
        assert mail.problem == "RecursionError"
        raw_mails.accept(mail)
    assert read(newsroom, number) is Fate.LETTER
    assert len(stored()) == 1


PIECES = [
    b"From: a@b.example\n", b"From: ", b"(" * 50, b"Message-ID: <a@[\n", b"Subject: =?utf-8?q?",
    b"Content-Type: multipart/mixed; boundary=b\n", b"\n--b\n", b"Content-Type: text/html\n",
    b"\n", b"\x00", b"\xff\xfe", b"Jane Reader\nSpokane, Wash.\n", b"> quoted\n", b"=?=",
    b"Content-Transfer-Encoding: base64\n", b"\r\n", "Ünïcode 🦆\n".encode(),
]  # fmt: skip
ANY_BYTES = st.one_of(
    st.binary(max_size=2000), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)
)


@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(ANY_BYTES)
def test_any_bytes_are_kept_and_become_a_letter_or_are_refused_by_name(newsroom, raw):
    number = comes(newsroom, raw)
    assert read(newsroom, number) in (Fate.LETTER, Fate.REFUSED)
    with newsroom.store.read() as work:
        mail = raw_mails.by_id(work, number)
        assert mail.raw == raw
        assert (mail.letter_id is not None) == (mail.fate is Fate.LETTER)


# --- A letter in a file


def with_file(body: str, name: str, raw: bytes, kind: str = "application/octet-stream") -> str:
    return (
        "From: Jane Reader <jane@example.com>\nTo: letters@example.com\nSubject: A letter\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n--b\n"
        f"Content-Type: {kind}\nContent-Disposition: attachment; filename={name}\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(raw).decode()}\n--b--\n"
    )


NOTE = "Please consider the attached letter for publication. Thank you!\n\nJane"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("letter.docx", files.word(*files.LETTER, *files.SIGNED)),
        ("letter.odt", files.odt_of(*files.LETTER, *files.SIGNED)),
        ("letter.txt", files.TEXT.encode()),
    ],
)
@pytest.mark.parametrize("body", ["", NOTE])
def test_a_letter_in_a_file_is_the_letter(newsroom, stored, body, name, raw):
    number = comes(newsroom, with_file(body, name, raw))
    assert read(newsroom, number) is Fate.LETTER
    (letter,) = stored()
    assert letter.original.remarks == "\n\n".join(files.LETTER)
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    with newsroom.store.read() as work:
        assert raw_mails.by_id(work, number).read_from == 1


def test_a_pdf_is_read_too_and_who_signs_beside_it_signs_it(newsroom, stored):
    body = "My letter is attached.\n\nJane Q. Reader\nSpokane, Wash.\n"
    words = "The county counts its boats every May. It should count its sandbags."
    assert (
        read(newsroom, comes(newsroom, with_file(body, "a.pdf", files.pdf(words)))) is Fate.LETTER
    )
    (letter,) = stored()
    assert letter.original.remarks == words
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."


@pytest.mark.parametrize(
    "body",
    [
        "The county counts its boats every May, and nobody has ever said to me why it should.",
        "I attach what you printed. " + "The county counts its boats every May. " * 6,
    ],
)
def test_a_letter_with_something_attached_stays_the_letter(newsroom, stored, body):
    read(newsroom, comes(newsroom, with_file(body, "article.txt", files.TEXT.encode())))
    assert stored()[0].original.remarks.startswith(body[:40])


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("letter.pdf", b"%PDF-1.4 and no more", "pdf: could not be read"),
        ("letter.odt", files.zipped({"content.xml": b"0" * 21_000_000}), "odt: too large"),
        ("letter.jpg", b"\xff\xd8\xff", ""),
    ],
)
def test_where_no_file_gives_words_the_mail_is_refused_and_says_why(newsroom, name, raw, problem):
    number = comes(newsroom, with_file("", name, raw))
    assert read(newsroom, number) is Fate.REFUSED
    assert fate_of(newsroom, number) == (Fate.REFUSED, Refusal.ONLY_ATTACHMENT)
    with newsroom.store.read() as work:
        assert raw_mails.by_id(work, number).problem == problem


# --- LMTP


@pytest.fixture
def lmtp(newsroom) -> Iterator[socket.socket]:
    """A mail server's connection to the desk."""
    port = free_port()
    with (
        listening(newsroom, "127.0.0.1", port),
        socket.create_connection(("127.0.0.1", port), timeout=20) as line,
    ):
        yield line


def says(line: socket.socket, words: bytes, answers: int = 1) -> list[str]:
    """Say something; the codes of the answers, of which there are so many."""
    line.sendall(words)
    heard = b""
    ends: list[str] = []
    while len(ends) < answers or not heard.endswith(b"\r\n"):
        more = line.recv(4096)
        assert more, heard
        heard += more
        ends = [one[:3] for one in heard.decode().splitlines() if one[3:4] != "-"]
    return ends


def test_the_mail_server_is_answered_for_each_recipient_once_it_is_kept(lmtp, newsroom, stored):
    says(lmtp, b"")
    assert says(lmtp, b"LHLO mail.example.com\r\n") == ["250"]
    for text in (LETTER, LETTER.replace("every May", "every " + "x" * 200_000)):
        assert says(lmtp, b"MAIL FROM:<jane@example.com>\r\n") == ["250"]
        for one in (b"letters", b"anybody"):
            assert says(lmtp, b"RCPT TO:<%s@example.com>\r\n" % one) == ["250"]
        assert says(lmtp, b"DATA\r\n") == ["354"]
        raw = text.encode().replace(b"\n", b"\r\n")
        assert says(lmtp, raw + b".\r\n", 2) == ["250", "250"]
    assert says(lmtp, b"QUIT\r\n") == ["221"]
    while read_waiting(newsroom):
        pass
    wait_until(lambda: len(stored()) == 2)


def test_what_cannot_be_kept_is_to_come_again(lmtp, newsroom, stored, monkeypatch):
    def is_down(*_args, **_kwargs):
        raise Unreachable("The database does not answer.")

    monkeypatch.setattr("feedback.channel.mail.lmtp.keep", is_down)
    says(lmtp, b"")
    says(lmtp, b"LHLO mail.example.com\r\n")
    says(lmtp, b"MAIL FROM:<>\r\n")
    says(lmtp, b"RCPT TO:<letters@example.com>\r\n")
    says(lmtp, b"DATA\r\n")
    assert says(lmtp, b"Subject: x\r\n\r\ny\r\n.\r\n") == ["451"]
    assert stored() == []


def wait_until(is_so: Callable[[], bool]) -> None:
    """Until another thread has done it, ten seconds at most."""
    ends = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_letter_that_a_colleague_handed_on_is_its_writers_and_waits_for_their_consent(
    newsroom, stored
):
    inner = LETTER.partition("\n\n")[2]
    forwarded = (
        "From: Ed Itor <ed@example.net>\nTo: letters@example.com\nSubject: Fwd: The levee\n"
        "Message-ID: <f@example.net>\n\nOne for the column?\n\n"
        "---------- Forwarded message ---------\nFrom: Jane Reader <jane@example.com>\n"
        "Date: Tue, Mar 3, 2026 at 9:14 AM\nSubject: The levee\nTo: <ed@example.net>\n\n" + inner
    )
    read(newsroom, comes(newsroom, forwarded))
    (letter,) = stored()
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert "One for the column" not in letter.original.remarks
    assert letter.original.consent == "none-yet"
