"""The page of one mail: sent again with a question before it, its headers, its words."""

import re

from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import Decision
from feedback.outbox import messages
from feedback.store import letters, mails
from tests.factories import a_letter
from tests.outbox.desk import Pile, a_postman, decided, mail_of

ADDRESS = "jane.canary@example.com"


def a_sent_mail(store, said: str = "") -> OwedMail:
    """A receipt to Jane that left."""
    letter = a_letter(store, email=ADDRESS)
    a_postman(store, Pile(said=said)).turn()
    return mail_of(store, letter, MailKind.RECEIPT)


def newest(store) -> OwedMail:
    with store.read() as work:
        return mails.newest(work)[0]


def test_a_sent_mail_is_sent_again_after_a_question(log_in, store) -> None:
    mail = a_sent_mail(store)
    desk = log_in("editor")
    path = f"/desk/outbox/{mail.id}"
    assert f'href="{path}?do=resend"' in desk.get(path).text
    answer = desk.post(f"{path}/resend")
    assert (answer.status_code, answer.location) == (303, f"{path}?do=resend")
    assert newest(store).id == mail.id, "nobody said yes"
    asked = desk.get(answer.location).text
    assert "gets this mail a second time" in asked
    assert 'name="sure" value="yes"' in asked
    answer = desk.post(f"{path}/resend", data={"sure": "yes"})
    again = newest(store)
    assert (answer.location, again.state) == (f"/desk/outbox/{again.id}", MailState.WAITING)
    page = desk.get(answer.location).text
    assert "The mail leaves once more." in page
    assert f'href="{path}">a mail that was sent before' in page


def test_a_limit_is_told(log_in, store) -> None:
    mail = a_sent_mail(store)
    desk = log_in("editor")
    for _ in range(4):
        answer = desk.post(f"/desk/outbox/{mail.id}/resend", data={"sure": "yes"})
    assert answer.location == f"/desk/outbox/{mail.id}"
    page = desk.get(answer.location).text
    assert page.count("no more for now") == 2, "as an answer, and on the page"
    assert "Send again…" not in page


def test_a_mail_that_is_no_longer_true_says_so(log_in, store) -> None:
    mail = a_sent_mail(store)
    with store.read() as work:
        letter = letters.by_id(work, mail.letter_id)
    decided(store, letter, Decision.SPIKE)
    page = log_in("chief").get(f"/desk/outbox/{mail.id}").text
    assert "What it says is no longer so" in page
    assert "Send again…" not in page


def test_sending_again_is_for_those_who_ask_writers(log_in, store, client) -> None:
    mail = a_sent_mail(store)
    path = f"/desk/outbox/{mail.id}"
    assert client.post(f"{path}/resend", data={"sure": "yes"}).status_code == 401
    for role in ("reader_editor", "publisher"):
        desk = log_in(role)
        assert "Send again" not in desk.get(f"{path}?do=resend").text
        assert desk.post(f"{path}/resend", data={"sure": "yes"}).status_code == 403
    assert newest(store).id == mail.id


def test_a_mail_about_an_account_is_not_sent_again(log_in, store) -> None:
    with store.work() as work:
        mail = messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
    a_postman(store, Pile()).turn()
    desk = log_in("chief")
    assert not re.search("Send again", desk.get(f"/desk/outbox/{mail.id}").text)
    answer = desk.post(f"/desk/outbox/{mail.id}/resend", data={"sure": "yes"})
    assert answer.status_code == 404
