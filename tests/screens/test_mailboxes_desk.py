"""Letters by mail: the mailbox that is watched, its one switch, the invitation for articles."""

import pytest

from feedback.domain.editor import Role
from feedback.domain.owed_mail import OwedMail
from feedback.store import house_events, mailboxes
from tests.factories import a_letter
from tests.screens.desk_page import open_page

PAGE = "/desk/settings/mail"


@pytest.fixture
def mailbox(store):
    """A look-only mailbox with a letter whose receipt waits for it."""
    letter = a_letter(store)
    with store.work() as work:
        box = mailboxes.of_name(work, "letters@example.com/INBOX")
        mail = work.session.query(OwedMail).filter_by(letter_id=letter.id).one()
        mail.is_stopped = True
        mail.state = "waiting"
        work.session.get(type(letter), letter.id).mailbox_id = box.id
        return box.id


def test_the_page_tells_how_a_mailbox_stands_and_what_waits(log_in, mailbox):
    page = open_page(log_in(Role.CHIEF), PAGE)
    assert "letters@example.com/INBOX" in page.main
    assert "Look only" in page.main
    assert "Go live" in page.buttons


def test_go_live_lets_the_mails_leave_and_stands_in_the_houses_history(log_in, store, mailbox):
    chief = log_in(Role.CHIEF)
    page = open_page(chief, PAGE).press("Go live")
    assert "What waited for it leaves now." in page.says
    assert "Live since" in page.main
    with store.read() as work:
        assert not work.session.query(OwedMail).one().is_stopped
        kinds = [event.kind.value for event in house_events.page(work).rows]
        assert "mailbox_live" in kinds
    page = page.press("Only look")
    assert "Look only" in page.main


def test_the_outbox_says_what_a_mail_waits_for(log_in, mailbox):
    page = open_page(log_in(Role.EDITOR), "/desk/outbox?state=waiting")
    assert "until the mailbox of its letter goes live" in page.main


def test_without_a_mailbox_the_page_says_how_to_get_one(log_in):
    page = open_page(log_in(Role.CHIEF), PAGE)
    assert "No mailbox is set" in page.main
    assert "FEEDBACK_IMAP_URL" in page.main


@pytest.mark.parametrize("role", [Role.READER_EDITOR, Role.EDITOR, Role.PUBLISHER])
def test_the_switch_is_a_chiefs(log_in, store, mailbox, role):
    assert log_in(role).post(f"{PAGE}/{mailbox}", data={"to": "live"}).status_code == 403
    with store.read() as work:
        assert not mailboxes.is_live(work, mailbox)


@pytest.mark.parametrize(
    ("number", "to"), [("1", "elsewhere"), ("999", "live"), ("99999999999999999999", "live")]
)
def test_a_switch_that_is_none_is_not_found(log_in, mailbox, number, to):
    assert log_in(Role.CHIEF).post(f"{PAGE}/{number}", data={"to": to}).status_code == 404


def test_the_invitation_stands_ready_for_mail_and_form(log_in):
    text = log_in(Role.CHIEF).get("/desk/settings").text
    assert "mailto:letters@example.com?subject=HEADLINE&amp;amp;body=" in text
    assert "Name%3A%20" in text
    assert "/letters/new?article=ARTICLE-ADDRESS" in text
    assert "Have an opinion about this article?" in text
