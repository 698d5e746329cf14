"""Mails that are no letters: listed with the reason, looked at with a record, accepted."""

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read, read_waiting
from feedback.domain.editor import Role
from feedback.domain.raw_mail import Door
from feedback.store import house_events
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
