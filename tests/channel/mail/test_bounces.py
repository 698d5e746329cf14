"""Reports of delivery are tied to the mail that they are about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.raw_mail import Fate, Refusal
from feedback.outbox.retry import retry
from feedback.reading.bounce import read_bounce
from feedback.store import letters, mails, raw_mails
from tests.channel.mail.test_replies import Desk
from tests.factories import an_editor
from tests.outbox.desk import mail_of

REPORT = """\
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry to tell you that <jane@example.com> could not be reached.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; jane@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <jane@example.com>: no such\tuser

--b
Content-Type: {kind}

From: letters@example.com
Message-ID: {id}

--b--
"""
IN_WORDS = """\
X-Failed-Recipients: jane@example.com
Content-Type: text/plain

A message that you sent could not be delivered.

  jane@example.com
    550 5.1.1 No such user

------ This is a copy of your message, including all the headers. ------
Message-ID: {id}
"""


@pytest.fixture
def desk(newsroom, store):
    return Desk(newsroom, store)


def report(number, action="failed", status="5.1.1", kind="message/rfc822", form=REPORT):
    text = form.format(id=number, action=action, status=status, kind=kind)
    return f"From: mailer-daemon@example.org\nTo: letters@example.com\n{text}"


def comes(desk, raw):
    from feedback.channel.mail.keep import keep
    from feedback.channel.mail.read import read
    from feedback.domain.raw_mail import Door

    number = keep(desk.newsroom, raw.encode(), Door.PIPE)
    assert read(desk.newsroom, number) is Fate.REFUSED
    with desk.store.read() as work:
        mail = raw_mails.by_id(work, number)
        assert mail.refusal is Refusal.BOUNCE
        return mail


@pytest.mark.parametrize(
    "made",
    [
        report,
        lambda number: report(number, kind="text/rfc822-headers"),
        lambda number: report(number, form=IN_WORDS),
    ],
)
def test_a_mail_that_came_back_has_failed_and_the_desk_is_told(desk, log_in, made):
    letter, sent = desk.asks()
    assert comes(desk, made(sent["Message-ID"])).letter_id == letter.id
    mail = mail_of(desk.store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.FAILED
    assert mail.bounced_at is not None
    assert "5.1.1" in mail.problem
    assert "jane@example.com" not in mail.problem
    browser = log_in("editor")
    assert "came back" in browser.get(f"/desk/letters/{letter.ref}").text
    page = browser.get("/desk/you").text
    assert "Mails that came back" in page
    assert letter.ref in page
    with desk.store.work() as work:
        retry(work, mails.one(work, mail.id), letters.by_ref(work, letter.ref), an_editor())
    assert "Mails that came back" not in browser.get("/desk/you").text


def test_a_mail_that_is_late_is_noted(desk, log_in):
    letter, sent = desk.asks()
    comes(desk, report(sent["Message-ID"], "delayed", "4.4.1"))
    mail = mail_of(desk.store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.SENT
    assert mail.problem.startswith("Not delivered so far: 550 4.4.1")
    assert "Not delivered so far" in log_in("editor").get(f"/desk/letters/{letter.ref}").text


@pytest.mark.parametrize(
    "made",
    [
        lambda number: report("<0123456789abcdef0123456789abcdef@example.com>"),
        lambda number: report(number, "delivered", "2.0.0"),
        lambda number: report(number, "relayed", "5.0.0"),
        lambda number: report("<1@example.com>"),
    ],
)
def test_any_other_report_changes_nothing(desk, made):
    letter, sent = desk.asks()
    assert comes(desk, made(sent["Message-ID"])).letter_id is None
    assert mail_of(desk.store, letter, MailKind.RECEIPT).state is MailState.SENT


def test_an_address_that_refuses_gets_no_more_receipts_than_others(desk):
    _letter, sent = desk.asks()
    comes(desk, report(sent["Message-ID"]))
    with pytest.raises(ValueError, match="expected 1"):  # none left
        desk.asks()


PIECES = [*report("<0123456789abcdef0123456789abcdef@example.com>").splitlines(True), "\n", "--b\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_report_is_read(text):
    found = read_bounce(text.encode())
    assert found is None or len(found.words) <= 250
