"""Mails that are no letters: listed with the reason, looked at with a record, accepted."""

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read, read_waiting
from feedback.domain.editor import Role
from feedback.domain.raw_mail import Door, Fate
from feedback.store import house_events, raw_mails
from tests.screens.desk_page import open_page

ROBOT = b"""\
From: Jane Reader <jane@example.com>
To: letters@example.com
Subject: =?utf-8?q?Hi=0ABcc=3A_x=40example=2Eorg?= <script>alert(1)</script>
Auto-Submitted: auto-replied

I am away until <b>Monday</b>.

Jane Q. Reader
Spokane, Wash.
"""


def test_a_mail_that_was_refused_is_looked_at_and_accepted(log_in, newsroom, store):
    read(newsroom, keep(newsroom, ROBOT, Door.PIPE))
    desk = log_in(Role.EDITOR)
    page = open_page(desk, "/desk/refused")
    assert "Automatic reply" in page.main
    assert "<script>alert(1)</script>" in page.main
    assert "jane@example.com" not in page.response.text
    seen = page.press("Look")
    assert "jane@example.com" in seen.main
    assert "I am away until <b>Monday</b>." in seen.main
    page = open_page(desk, "/desk/refused").press("Accept")
    assert "stands in the queue in a moment" in page.says
    read_waiting(newsroom)
    assert "Nothing was refused" in page.browse("/desk/refused").main
    assert open_page(desk, "/desk/").rows == ["Jane Q. Reader, Spokane, Wash."]
    with store.read() as work:
        kinds = [line.kind.value for line in house_events.page(work).rows]
    assert kinds[:2] == ["mail_accepted", "mail_seen"]


def test_who_may_not_see_contacts_sees_the_reason_alone(log_in, newsroom):
    read(newsroom, keep(newsroom, ROBOT, Door.PIPE))
    desk = log_in(Role.READER_EDITOR)
    page = open_page(desk, "/desk/refused")
    assert "Look" not in page.buttons
    assert desk.post("/desk/refused/1").status_code == 403
    assert desk.post("/desk/refused/1/accept").status_code == 403
    assert log_in(Role.CHIEF).post("/desk/refused/999").status_code == 404


PICTURE = b"""\
From: Jane Reader <jane@example.com>
To: letters@example.com
Subject: My letter
Content-Type: image/jpeg
Content-Disposition: attachment; filename="../.letter<b>.jpg"
Content-Transfer-Encoding: base64

/9j/4AAQ
"""


def test_a_picture_of_a_letter_is_downloaded_and_typed_in(log_in, app_with_csrf, newsroom, store):
    number = keep(newsroom, PICTURE, Door.PIPE)
    read(newsroom, number)
    desk = log_in(Role.EDITOR, app=app_with_csrf)
    seen = open_page(desk, "/desk/refused").press("Look")
    assert ".letter<b>.jpg image/jpeg, 6 Bytes" in seen.main
    button = next(one for one in seen.tree.iter("button") if one.text == "Download")
    token = {"csrf_token": seen.tree.xpath("//input[@name='csrf_token']")[0].value}
    file = desk.post(button.get("formaction"), data=token)
    assert file.data == b"\xff\xd8\xff\xe0\x00\x10"
    assert file.headers["Content-Disposition"] == 'attachment; filename="letter<b>.jpg"'
    form = seen.press("Type it in")
    assert form.value("email") == "jane@example.com"
    saved = form.press("Save letter", remarks="The bus is late.", name="Jane Reader")
    assert "Jane Reader" in saved.main
    assert ".letter<b>.jpg" in saved.part("letter-rail")
    with store.read() as work:
        mail = raw_mails.by_id(work, number)
        assert (mail.fate, mail.letter_id is not None) == (Fate.LETTER, True)
        kinds = [line.kind.value for line in house_events.page(work).rows]
    assert kinds[:4] == ["mail_accepted", "mail_seen", "mail_seen", "mail_seen"]


def test_who_may_not_see_contacts_gets_no_picture_and_cannot_type_it_in(log_in, newsroom, store):
    number = keep(newsroom, PICTURE, Door.PIPE)
    read(newsroom, number)
    desk = log_in(Role.READER_EDITOR)
    assert desk.post(f"/desk/refused/{number}/attachments/1").status_code == 403
    assert desk.post("/desk/letters/new/read", data={"refused": number}).status_code == 403
    sent = {"refused": number, "channel": "mail", "remarks": "The bus is late.", "name": "A"}
    assert desk.post("/desk/letters/new", data=sent).status_code == 403
    with store.read() as work:
        assert raw_mails.by_id(work, number).letter_id is None
    chief = log_in(Role.CHIEF)
    assert chief.post(f"/desk/refused/{number}/attachments/2").status_code == 404
