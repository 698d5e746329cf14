"""What hangs on a mail: listed in its order, named harmlessly, its bytes as they were sent."""

import base64

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.reading.attachments import MOST_LISTED, attachments


def part(head: str, body: str) -> str:
    return f"--b\n{head}\n\n{body}\n"


def mail(*parts: str) -> bytes:
    head = 'From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary="b"\n\n'
    return (head + "".join(parts) + "--b--\n").encode()


def file(name: str, raw: bytes, kind: str = "image/jpeg") -> str:
    head = f"Content-Type: {kind}\nContent-Disposition: attachment; filename={name}\n"
    return part(head + "Content-Transfer-Encoding: base64", base64.encodebytes(raw).decode())


TEXT = part("Content-Type: text/plain", "The letter.")


def test_each_file_has_a_number_a_name_a_kind_and_a_size():
    raw = mail(TEXT, file("a.jpg", b"12345"), file("b.pdf", b"1" * 1000, "application/pdf"))
    found = attachments(raw)
    assert [(one.number, one.name, one.kind, one.size) for one in found] == [
        (1, "a.jpg", "image/jpeg", 5), (2, "b.pdf", "application/pdf", 1000),
    ]  # fmt: skip
    assert [one.content() for one in found] == [b"12345", b"1" * 1000]
    assert [one.is_picture for one in found] == [True, False]


def test_a_name_has_no_path_and_nothing_invisible():
    found = attachments(mail(file('"../../etc/pass\u202ewd\u200b"', b"x")))
    assert [one.name for one in found] == ["passwd"]


def test_the_mails_own_words_are_no_attachment_and_other_texts_are():
    named = part("Content-Type: text/plain; name=letter.txt", "Words.")
    calendar = part("Content-Type: text/calendar", "BEGIN:VCALENDAR")
    html = part("Content-Type: text/html", "<p>The letter.")
    found = attachments(mail(TEXT, html, named, calendar))
    assert [one.name for one in found] == ["letter.txt", ""]


def test_what_hangs_on_a_mail_inside_of_the_mail_is_listed_behind_it():
    inner = mail(TEXT, file("inner.jpg", b"1")).decode().replace('b"', 'c"').replace("--b", "--c")
    found = attachments(mail(part("Content-Type: message/rfc822", inner), file("last.jpg", b"2")))
    assert [one.name for one in found] == ["message.eml", "inner.jpg", "last.jpg"]


def test_no_more_than_fifty_are_listed():
    assert len(attachments(mail(*[file("a.jpg", b"1")] * 120))) == MOST_LISTED


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=400), st.binary(max_size=60))
def test_any_bytes_can_be_looked_through(raw, encoded):
    head = b"Content-Type: x/y\nContent-Transfer-Encoding: base64\n\n"
    for one in [*attachments(raw), *attachments(mail(TEXT)[:-6] + head + encoded)]:
        assert len(one.name) <= 150
        assert abs(one.size - len(one.content())) <= one.size
