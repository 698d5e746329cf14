"""New letter: a mail is read into the form, an editor looks it over, it is saved once."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from feedback.domain.actor import ActorKind
from feedback.domain.editor import Role
from feedback.domain.letter import Channel
from feedback.domain.owed_mail import MailKind
from feedback.store import letters, mails
from feedback.store.letter_filter import LetterFilter
from tests.factories import an_article
from tests.screens.desk_page import Page, open_page

MAIL = """\
From: "Jane Q. Reader" <jane@example.com>
To: letters@example.com
Subject: Re: The New Bridge
Date: Mon, 9 Nov 2026 08:00:00 -0500
Message-ID: <one@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The bridge is late, and so is the apology.

Sincerely,
Jane Reader
Spokane, Wash.

> On Nov. 8 the newsroom wrote:
> https://news.example.com/bridge
"""


@pytest.fixture
def desk(log_in, app_with_csrf):
    return log_in(Role.EDITOR, app=app_with_csrf)


def form(browser):
    return open_page(browser, "/desk/letters/new")


def saved(store):
    with store.read() as work:
        found = letters.page(work, LetterFilter(), whole=True).rows
        for letter in found:
            _ = letter.contact
        return found


def drop(browser, page, raw, name="letter.eml"):
    """Choose a file and press Read it."""
    token = page.tree.xpath("//form[@data-drop]//input[@name='csrf_token']")[0].value
    file = FileStorage(io.BytesIO(raw), name, "mail_file")
    boundary, body = encode_multipart({"csrf_token": token, "mail_file": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return Page(browser, browser.post("/desk/letters/new/read", data=body, content_type=kind))


def test_a_pasted_mail_fills_the_form_and_says_where_each_value_was_found(desk, store):
    an_article(store, "The New Bridge", url="https://news.example.com/bridge")
    page = form(desk).press("Read it", pasted=MAIL)
    assert page.value("remarks") == "The bridge is late, and so is the apology."
    assert page.value("name") == "Jane Reader"
    assert (page.value("town"), page.value("state")) == ("Spokane", "Wash.")
    assert page.value("email") == "jane@example.com"
    assert "from the mail’s sender" in page.part("field-hint")
    assert "from the sign-off: “" in page.part("field-hint")
    assert "The New Bridge" in page.part("article-match")
    assert saved(store) == []


def test_what_was_read_is_saved_as_a_letter_by_mail(desk, store):
    article = an_article(store, "The New Bridge", url="https://news.example.com/bridge")
    page = form(desk).press("Read it", pasted=MAIL).press("Save letter")
    (letter,) = saved(store)
    assert f"Saved as {letter.ref}. The writer gets a receipt" in page.says
    assert letter.channel is Channel.MAIL
    assert letter.signature.printed() == "Jane Reader, Spokane, Wash."
    assert letter.contact.email == "jane@example.com"
    assert letter.article_id == article.id
    with store.read() as work:
        assert [m.kind for m in mails.of_letter(work, letter.id)] == [MailKind.RECEIPT]
        (event,) = letters.history(work, letter.id)
    assert (event.by_kind, event.by_name) == (ActorKind.EDITOR, desk.account.name)


def test_a_dropped_file_is_read_like_a_pasted_mail(desk, store):
    page = drop(desk, form(desk), MAIL.encode())
    assert page.value("name") == "Jane Reader"
    assert page.value("remarks").startswith("The bridge is late")


def test_a_file_with_large_attachments_is_taken_up_to_its_limit(desk, store):
    part = b"Content-Type: application/pdf; name=plan.pdf\n\n" + b"x" * (3 * 1024 * 1024)
    head = MAIL.encode().replace(
        b"Content-Type: text/plain; charset=utf-8\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n",
    )
    page = drop(desk, form(desk), head + b"\n--b\n" + part + b"\n--b--\n")
    assert page.status == 200
    assert page.value("name") == "Jane Reader"
    assert "Attached, not kept: plan.pdf" in page.main


def test_a_file_over_the_limit_is_refused_in_words(desk):
    page = drop(desk, form(desk), b"x" * (28 * 1024 * 1024))
    assert page.status == 413
    assert "This is too large" in page.part("field-error")


def test_a_stranger_may_send_no_large_body(client):
    sent = {"mail_file": (io.BytesIO(b"x" * 400_000), "a.eml")}
    assert client.post("/desk/letters/new/read", data=sent).status_code in (401, 413)


def test_nothing_given_says_what_to_give(desk):
    page = form(desk).press("Read it")
    assert page.status == 422
    assert "Paste a letter or a mail, or choose a file." in page.part("field-error")


def test_a_letter_from_paper_needs_its_text_alone(desk, store):
    page = form(desk).press("Save letter", channel="paper", remarks="I write with a pencil.")
    (letter,) = saved(store)
    assert f"Saved as {letter.ref}. No mail goes to the writer." in page.says
    assert (letter.channel, letter.contact.email) == (Channel.PAPER, None)
    assert page.part("letter-head-line").startswith("Queue Received")


def test_a_letter_by_telephone_about_nothing_in_particular(desk, store):
    form(desk).press(
        "Save letter", channel="telephone", remarks="He said it well.", general="y", name="Al Lee"
    )
    (letter,) = saved(store)
    assert letter.is_general
    assert letter.missing == ["town"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("remarks", " ", "Write your letter here."),
        ("email", "jane@", "Enter an email address in full"),
        ("state", "Atlantis", "Write the state in full"),
        ("name", "n" * 121, "Shorten this to 120 characters"),
    ],
)
def test_a_wrong_value_is_marked_and_nothing_typed_is_lost(desk, store, field, value, says):
    typed = {"remarks": "My letter.", "name": "Jane", "town": "Spokane", field: value}
    page = form(desk).press("Save letter", **typed)
    assert page.status == 422
    assert says in page.part("field-error")
    assert page.value(field).strip() == value.strip()
    assert page.value("town") == "Spokane"
    assert saved(store) == []


def test_the_same_form_sent_twice_is_one_letter(desk, store):
    page = form(desk)
    page.press("Save letter", remarks="Once.")
    again = page.press("Save letter", remarks="Once.")
    assert len(saved(store)) == 1
    assert "It was saved before" in again.says


def test_a_form_gone_back_to_and_changed_asks_before_making_a_second_letter(desk, store):
    page = form(desk)
    page.press("Save letter", remarks="Once.")
    again = page.press("Save letter", remarks="Once more.")
    (letter,) = saved(store)
    assert again.status == 422
    assert letter.ref in again.main
    assert again.value("remarks") == "Once more."
    again.press("Save letter")
    assert len(saved(store)) == 2


def test_a_receipt_goes_out_only_where_it_was_ticked(desk, store):
    form(desk).press("Save letter", remarks="A letter.", email="jane@example.com")
    (letter,) = saved(store)
    with store.read() as work:
        assert mails.of_letter(work, letter.id) == []


@pytest.mark.parametrize("role", list(Role))
def test_everybody_at_the_desk_may_type_a_letter_in(log_in, role):
    assert form(log_in(role)).status == 200


@pytest.mark.parametrize("path", ["new", "new/read"])
def test_the_forms_want_their_token(log_in, app_with_csrf, store, path):
    browser = log_in(Role.EDITOR, app=app_with_csrf)
    answer = browser.post(f"/desk/letters/{path}", data={"remarks": "x", "pasted": "x"})
    assert answer.status_code == 400
    assert saved(store) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00" * 1000,
        b"From: =?x?y?z?=\nSubject: \xff\xfe\n\n\xff\xfe\xfd",
        b"From: a\n" * 5000 + b"\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 20_000,
        b"From: a@b.example\nContent-Type: text/html; charset=bogus-99\n\n<script>x</script><p>Hi",
        "From: " + "(" * 2000 + "\n\nHi",
        "\ud800 half a character",
    ],
    ids=["nul", "headers", "many-headers", "many-parts", "charset", "depth", "surrogate"],
)
def test_any_bytes_give_a_form(desk, raw):
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    assert drop(desk, form(desk), data).status in (200, 422)
