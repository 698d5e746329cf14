"""The mail that a letter came in: its files, what was left out of it, where each field stood."""

import base64

import pytest

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.editor import Role
from feedback.domain.event import EventKind
from feedback.domain.raw_mail import Door
from feedback.store import letters, raw_mails
from tests.factories import a_letter
from tests.screens.desk_page import Page, open_page

LETTER = """\
The county counts its boats every May. It should count its sandbags.

Jane Q. Reader
Spokane, Wash.
"""


def mail(body: str = LETTER, *files: tuple[str, str, bytes], head: str = "") -> bytes:
    parts = [f"--b\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"]
    parts += [
        f"--b\nContent-Type: {kind}; name={name}\nContent-Disposition: attachment\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(raw).decode()}\n"
        for name, kind, raw in files
    ]
    sender = "" if "From:" in head else "From: Jane Q. Reader <jane@example.com>\n"
    return (
        f"{sender}{head}To: letters@example.com\nSubject: The levee\n"
        f'Content-Type: multipart/mixed; boundary="b"\n\n{"".join(parts)}--b--\n'
    ).encode()


SCRIPT = b"<script>alert(1)</script>"
FILES = (("photo.jpg", "image/jpeg", b"123"), ("x.html", "text/html", SCRIPT))


@pytest.fixture
def comes(newsroom):
    """`comes(raw)`: the reference of the letter that a mail became."""

    def one(raw: bytes) -> str:
        number = keep(newsroom, raw, Door.PIPE)
        read(newsroom, number)
        with newsroom.store.read() as work:
            found = raw_mails.by_id(work, number).letter_id
            return letters.by_id(work, found).ref

    return one


def page_of(browser, ref: str) -> Page:
    return open_page(browser, f"/desk/letters/{ref}")


def looks(store, ref: str) -> int:
    with store.read() as work:
        history = letters.history(work, letters.by_ref(work, ref).id)
    return sum(event.kind is EventKind.CONTACT_SEEN for event in history)


def test_the_files_of_a_mail_are_listed_and_downloaded_as_files(log_in, store, comes):
    ref = comes(mail(LETTER, *FILES))
    desk = log_in(Role.EDITOR)
    rail = page_of(desk, ref).part("letter-rail")
    assert "photo.jpg image/jpeg, 3 Bytes" in rail
    assert "x.html text/html, 25 Bytes" in rail
    assert looks(store, ref) == 0
    file = desk.post(f"/desk/letters/{ref}/attachments/2")
    assert file.data == SCRIPT
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"] == "attachment; filename=x.html"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    assert looks(store, ref) == 1
    assert desk.get(f"/desk/letters/{ref}/attachments/2").status_code == 405
    assert desk.post(f"/desk/letters/{ref}/attachments/3").status_code == 404
    assert looks(store, ref) == 1


@pytest.mark.parametrize("role", [Role.READER_EDITOR, Role.PUBLISHER])
def test_files_are_for_those_who_see_contacts(log_in, comes, role):
    ref = comes(mail(LETTER, *FILES, ("jane@example.com.pdf", "application/pdf", b"x")))
    desk = log_in(role)
    page = page_of(desk, ref)
    assert "photo.jpg" in page.part("letter-rail")
    assert "jane@example.com" not in page.response.text
    assert "Download" not in page.buttons
    assert desk.post(f"/desk/letters/{ref}/attachments/1").status_code == 403


def test_a_letter_that_came_another_way_has_no_mail(log_in, store):
    ref = a_letter(store).ref
    desk = log_in(Role.EDITOR)
    assert "Attached" not in page_of(desk, ref).part("letter-rail")
    assert desk.post(f"/desk/letters/{ref}/attachments/1").status_code == 404


QUOTING = (
    "The county counts its boats every May.\n\n> On Nov. 8 you wrote of sandbags.\n\n"
    "It should count them.\n\nJane Q. Reader\nSpokane, Wash.\n\n-- \nCell: 555 0134\n"
    "jane@home.example\n"
)
ASKED = "Please consider my attached letter.\nCall 509-555-0134 with questions.\n"


def test_what_was_left_out_is_shown_without_contact_data_until_that_is_looked_at(log_in, comes):
    ref = comes(mail(QUOTING))
    page = page_of(log_in(Role.EDITOR), ref)
    shown = page.part("left-out")
    assert "> On Nov. 8 you wrote of sandbags." in shown
    assert "555 0134" not in page.response.text
    assert "jane@home.example" not in page.response.text
    assert "jane@home.example" in page.press("Show contact data").part("left-out")


def test_what_was_left_out_is_restored_as_an_edit_and_the_original_stays(log_in, store, comes):
    ref = comes(mail(QUOTING))
    page = page_of(log_in(Role.EDITOR), ref).press("Restore what was left out")
    assert "stands in the text again" in page.says
    assert "Restore what was left out" not in page.buttons
    with store.read() as work:
        letter = letters.by_ref(work, ref)
        original = letter.original.remarks
        assert original == "The county counts its boats every May.\n\nIt should count them."
        assert letter.revision.number == 1
        assert letter.revision.remarks.startswith(f"{original}\n\n")
        assert "> On Nov. 8 you wrote of sandbags." in letter.revision.remarks
        assert "[email]" in letter.revision.remarks


def test_a_cover_note_stands_above_the_letter_in_the_file(log_in, store, comes):
    text = "The county counts its boats every May. It should count its sandbags as well, " * 2
    text = text.rstrip(", ") + "."
    ref = comes(mail(ASKED, ("letter.txt", "text/plain", text.encode())))
    page = page_of(log_in(Role.EDITOR), ref)
    assert "the letter was read from it" in page.part("letter-rail")
    page.press("Restore what was left out")
    with store.read() as work:
        letter = letters.by_ref(work, ref)
        assert letter.original.remarks == text
        assert letter.text.startswith("Please consider my attached letter.\nCall [telephone]")
        assert letter.text.endswith(text)


def test_who_drafts_edits_proposes_it_and_a_stale_page_restores_nothing(log_in, store, comes):
    ref = comes(mail(QUOTING))
    stale = page_of(log_in(Role.EDITOR), ref)
    page = page_of(log_in(Role.READER_EDITOR), ref).press("Restore what was left out")
    assert "Proposed" in page.says
    with store.read() as work:
        assert letters.by_ref(work, ref).revision is None
    page_of(log_in(Role.EDITOR), ref).press("Restore what was left out")
    assert stale.press("Restore what was left out").status == 409


def test_a_letter_without_a_kept_mail_has_nothing_to_restore(log_in, store):
    letter = a_letter(store)
    desk = log_in(Role.EDITOR)
    sent = {"version": letter.version}
    assert desk.post(f"/desk/letters/{letter.ref}/left_out", data=sent).status_code == 404


UNSURE = "I live in Tacoma. The bus is late.\n\nJ. Lee\n\n-- \nCell: 555 0134\n"
OTHER = "From: Jonathan Lee <j@example.com>\nReply-To: other@example.org\n"


def test_what_is_not_sure_is_offered_and_one_button_saves_it(log_in, store, comes):
    ref = comes(mail(UNSURE, head=OTHER))
    page = page_of(log_in(Role.EDITOR), ref)
    assert "Use “Tacoma, Wash.”" in page.buttons
    assert "“I live in Tacoma.”" in page.part("offered")
    page = page.press("Use “Tacoma, Wash.”").press("Use “Jonathan Lee”")
    assert "The signature is now: Jonathan Lee, Tacoma, Wash." in page.says
    assert not [name for name in page.buttons if name.startswith("Use")]
    with store.read() as work:
        letter = letters.by_ref(work, ref)
        assert letter.original.given["name"] == "J. Lee"
        assert "town" not in {name for name, value in letter.original.given.items() if value}


def test_where_each_field_stood_is_told_without_contact_data(log_in, comes):
    ref = comes(mail("The bus is late.\n\nJane Q. Reader\nSpokane, Wash.\n509-555-0134\n"))
    page = page_of(log_in(Role.READER_EDITOR), ref)
    assert "Town the sign-off: “Jane Q. Reader Spokane, Wash. [telephone]”" in page.main
    assert "Email the mail’s sender" in page.main
    assert "509-555" not in page.part("letter-rail")


def test_another_address_for_replies_is_told_to_those_who_see_contacts(log_in, comes):
    ref = comes(mail(UNSURE, head=OTHER))
    page = page_of(log_in(Role.EDITOR), ref)
    assert "Replies go to another address than the sender’s" in page.main
    assert "other@example.org" not in page.response.text
    seen = page.press("Show contact data")
    assert "From j@example.com; replies go to other@example.org." in seen.main
    plain = page_of(log_in(Role.READER_EDITOR), ref)
    assert "Replies go to another address" not in plain.main


def test_who_drafts_edits_proposes_what_is_offered(log_in, store, comes):
    ref = comes(mail(UNSURE, head=OTHER))
    page = page_of(log_in(Role.READER_EDITOR), ref).press("Use “Tacoma, Wash.”")
    assert "Proposed" in page.says
    with store.read() as work:
        assert letters.by_ref(work, ref).town is None
