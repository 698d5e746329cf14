"""Whose letter it is: what the mail server found is a check; forged mails get no answer."""

from dataclasses import replace

import pytest

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import Refused
from feedback.domain.finding import Result
from feedback.domain.gates import gates
from feedback.domain.owed_mail import MailState
from feedback.domain.raw_mail import Door, Fate
from feedback.domain.state import State
from feedback.domain.verification import Method, Outcome
from feedback.intake.recheck import recheck_new
from feedback.store import letters, mails, raw_mails
from feedback.store.letter_filter import LetterFilter
from feedback.worker import Worker
from feedback.writer import verify
from tests.channel.mail.test_mail_in import LETTER
from tests.screens.desk_page import open_page

FAILED = "Authentication-Results: mx.example.org; spf=fail; dkim=none; dmarc=fail\n"
UNCLEAR = [
    "From: a@example.com, b@example.com",
    "From: a@example.com\nFrom: b@example.com",
    "From: undisclosed-recipients:;",
    "From: Readers: a@example.com;",
    "From: =?utf-8?q?Jane=0D=0ABcc=3A_v=40x=2Eorg?= <jane@example.com>",
    "From: Jane Reader",
]
ANN = Editor(name="Ann Editor", role=Role.EDITOR, id=7)


@pytest.fixture
def trusting(newsroom):
    """The newsroom, which believes mx.example.org."""
    newsroom.settings = replace(newsroom.settings, authserv_id="mx.example.org")
    return newsroom


@pytest.fixture
def comes(trusting):
    """`comes(text)`: the letter that is made of a mail, checked, its mails dealt with."""

    def take(text: str):
        number = keep(trusting, text.encode(), Door.PIPE)
        assert read(trusting, number) is Fate.LETTER
        with trusting.store.work() as work:
            recheck_new(work)
        Worker(trusting).postman.turn()
        with trusting.store.read() as work:
            (letter,) = letters.page(work, LetterFilter(), whole=True).rows
            letter.owed = mails.of_letter(work, letter.id)
            letter.raw = raw_mails.by_id(work, number)
        return letter

    return take


def sender_check(letter):
    (found,) = [one for one in letter.findings if one.check == "sender"]
    return found


def test_a_mail_that_passes_is_answered(comes):
    letter = comes(FAILED.replace("fail", "pass") + LETTER)
    assert sender_check(letter).outcome is Result.PASS
    assert letter.auth["dmarc"] == "pass"
    assert "example.com" not in str(letter.auth)
    assert letter.raw.auth["from"] == "example.com"
    assert [mail.state for mail in letter.owed] == [MailState.SENT]


def test_without_the_setting_nobodys_word_counts(newsroom, comes):
    newsroom.settings = replace(newsroom.settings, authserv_id=None)
    letter = comes(FAILED + LETTER)
    assert sender_check(letter).outcome is Result.PASS
    assert letter.auth["dmarc"] == "none"
    assert [mail.state for mail in letter.owed] == [MailState.SENT]


def test_where_dmarc_failed_nobody_is_answered_and_no_yes_by_mail_counts(comes, store):
    letter = comes(FAILED + LETTER)
    assert letter.state is State.RECEIVED
    found = sender_check(letter)
    assert found.outcome is Result.HOLD
    assert "may not come from this address" in found.says
    assert "dmarc=fail" in found.evidence
    assert [mail.state for mail in letter.owed] == [MailState.SKIPPED]
    with store.work() as work:
        mine = letters.by_ref(work, letter.ref, to_change=True)
        with pytest.raises(Refused, match="another way than email"):
            verify.record(work, mine, Method.EMAIL, Outcome.CONFIRMED, "", ANN)
        verify.record(work, mine, Method.EMAIL, Outcome.NO_ANSWER, "", ANN)
        assert not gates(mine)["verified"]
        verify.record(work, mine, Method.PHONE, Outcome.CONFIRMED, "", ANN)
        assert gates(mine)["verified"]


def test_the_confirm_link_still_counts_where_dmarc_failed(comes, store):
    letter = comes(FAILED + LETTER)
    with store.work() as work:
        mine = letters.by_ref(work, letter.ref, to_change=True)
        verify.answer(work, mine, wrote_it=True)
        assert gates(mine)["verified"]


@pytest.mark.parametrize("sender", UNCLEAR)
def test_an_unclear_sender_is_held_for_an_editor_and_gets_no_mail(comes, sender):
    letter = comes(LETTER.replace("From: Jane Reader <jane@example.com>", sender))
    assert letter.state is State.HELD
    assert letter.state_reason.startswith("The sender is unclear")
    assert sender_check(letter).outcome is Result.HOLD
    assert [mail.state for mail in letter.owed if mail.state is not MailState.SKIPPED] == []


def test_another_domain_for_answers_is_noted_and_shown_beside_the_address(comes, log_in):
    letter = comes("Reply-To: jane@elsewhere.example.net\n" + LETTER)
    assert sender_check(letter).outcome is Result.NOTE
    page = open_page(log_in(Role.EDITOR), f"/desk/letters/{letter.ref}")
    assert "An answer would go to another domain" in page.main
    assert "elsewhere" not in page.response.text
    assert "elsewhere.example.net" in page.press("Show contact data").main
