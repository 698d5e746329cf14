"""The outbox: what waits, left or could not, for whom it is to see what."""

import re
from datetime import timedelta

import pytest

from feedback.domain.event import EventKind
from feedback.domain.house_rules import HouseRules
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import Decision
from feedback.outbox import messages
from feedback.outbox.ways import Never
from feedback.store import columns, letters, mails, outbox_pages
from tests.factories import a_letter
from tests.outbox.desk import Pile, a_postman, decided, mail_of

ADDRESS = "jane.canary@example.com"


def a_mail(store, state: MailState | None = None, **values: object) -> OwedMail:
    """A receipt to Jane; in `state` with these values where one is given."""
    letter = a_letter(store, email=ADDRESS)
    mail = mail_of(store, letter, MailKind.RECEIPT)
    if state is not None:
        with store.work() as work:
            mail = mails.one(work, mail.id)
            mail.state = state
            for name, value in values.items():
                setattr(mail, name, value)
    return mail


def a_failed_mail(store) -> OwedMail:
    """A receipt that the mail server refused for good."""
    mail = a_mail(store)
    a_postman(store, Pile(answers=[Never("The mail server says: 550 no such user")])).turn()
    return mail


def an_account_mail(store) -> OwedMail:
    with store.work() as work:
        secret = "https://letters.example.com/desk/reset/SECRET"
        mail = messages.owe_editor(work, "chief@example.com", "Your password", secret, None)
        work.session.flush()
        return mail


def again(store, mail: OwedMail) -> OwedMail:
    with store.read() as work:
        return outbox_pages.by_id(work, mail.id)


def test_each_mail_says_where_it_is_and_why(log_in, store, clock) -> None:
    a_mail(store)
    a_mail(store, MailState.SENT, sent_at=clock.now)
    a_mail(store, MailState.CANCELLED)
    a_mail(store, MailState.SKIPPED, problem="A receipt went to this address within a day.")
    a_mail(store, MailState.FAILED, problem="550 no such user", attempts=1)
    page = " ".join(log_in("reader_editor").get("/desk/outbox").text.split())
    assert "Waiting</span> leaves Nov. 9, 9:30 a.m." in page
    assert "Sent</span> Nov. 9, 9:30 a.m." in page
    assert "the decision was undone, or another followed" in page
    assert "A receipt went to this address within a day." in page
    assert "Failed</span> after 1 try" in page
    assert "550 no such user" in page
    assert ADDRESS not in page


@pytest.mark.parametrize("state", [s.value for s in MailState])
def test_one_state_alone_is_shown(log_in, store, state) -> None:
    by_state = {one: a_mail(store, MailState(one)) for one in MailState}
    page = log_in().get(f"/desk/outbox?state={state}").text
    assert re.findall(r'id="mail-(\d+)"', page) == [str(by_state[MailState(state)].id)]


@pytest.mark.parametrize("query", ["", "?state=waiting"])
def test_the_outbox_goes_on_where_the_page_before_ended(log_in, store, query) -> None:
    letter = a_letter(store)
    with store.work() as work:
        whole = letters.by_ref(work, letter.ref)
        for minutes in range(69):
            mail = messages.owe_writer(work, whole, MailKind.PRINTED)
            mail.due_at = work.now + timedelta(minutes=minutes // 2)
    desk = log_in()
    first = desk.get(f"/desk/outbox{query}").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = desk.get(following).text
    shown = [re.findall(r'id="mail-(\d+)"', page) for page in (first, second)]
    assert [len(some) for some in shown] == [50, 20]
    assert len({*shown[0], *shown[1]}) == 70


def test_a_cursor_or_state_of_somebody_elses_making(log_in) -> None:
    desk = log_in()
    assert desk.get("/desk/outbox?after=x").status_code == 422
    assert desk.get("/desk/outbox?state=';drop").status_code == 200


def test_the_text_is_shown_without_the_secret_part_of_links_and_without_the_address(
    log_in, store
) -> None:
    mail = a_mail(store)
    for role in ("reader_editor", "publisher", "editor", "chief"):
        page = log_in(role).get(f"/desk/outbox/{mail.id}").text
        assert "Please confirm that you wrote it." in page
        assert "/verify/…" in page
        assert not re.search(r"/(verify|letters)/[\w-]{20,}", page)
        assert ADDRESS not in page


def test_a_look_at_the_address_is_for_those_who_see_contacts_and_stands_in_the_history(
    log_in, store
) -> None:
    mail = a_mail(store)
    for role in ("reader_editor", "publisher"):
        desk = log_in(role)
        assert "Show the" not in desk.get(f"/desk/outbox/{mail.id}").text
        answer = desk.post(f"/desk/outbox/{mail.id}")
        assert answer.status_code == 403
        assert ADDRESS not in answer.text
    desk = log_in("editor")
    answer = desk.post(f"/desk/outbox/{mail.id}")
    assert ADDRESS in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    with store.read() as work:
        looks = [
            e for e in letters.history(work, mail.letter_id) if e.kind is EventKind.CONTACT_SEEN
        ]
    assert [look.by_name for look in looks] == [desk.account.name]


def test_where_no_mail_server_is_set_the_desk_is_where_mails_are_read(log_in, store) -> None:
    mail = a_mail(store)
    desk = log_in("editor")
    assert "No mail server is set" in desk.get("/desk/outbox").text
    whole = desk.post(f"/desk/outbox/{mail.id}").text
    link = re.search(r"/verify/[\w-]{20,}", whole)[0]
    assert desk.get(link).status_code == 200


def test_links_of_mails_that_leave_are_for_their_writers_alone(log_in, store, newsroom) -> None:
    mail = a_mail(store)
    object.__setattr__(newsroom.settings, "smtp_url", "smtp://mail.example.com")
    whole = log_in("chief").post(f"/desk/outbox/{mail.id}").text
    assert ADDRESS in whole
    assert "/verify/…" in whole
    assert not re.search(r"/(verify|letters)/[\w-]{20,}", whole)


def test_mails_about_accounts_are_for_chiefs(log_in, store) -> None:
    mail = an_account_mail(store)
    for role in ("reader_editor", "editor", "publisher"):
        desk = log_in(role)
        for answer in (desk.get(f"/desk/outbox/{mail.id}"), desk.post(f"/desk/outbox/{mail.id}")):
            assert "SECRET" not in answer.text
            assert "chief@example.com" not in answer.text
    page = log_in("chief").post(f"/desk/outbox/{mail.id}")
    assert "SECRET" in page.text
    assert "chief@example.com" in page.text


def test_the_text_of_an_account_mail_that_has_left_is_gone(log_in, store) -> None:
    mail = an_account_mail(store)
    a_postman(store, Pile(keeps_words=False)).turn()
    assert "The text is gone" in log_in("chief").get(f"/desk/outbox/{mail.id}").text


def test_a_failed_mail_is_tried_again(log_in, store, clock) -> None:
    mail = a_failed_mail(store)
    message_id = again(store, mail).message_id
    clock.advance(timedelta(minutes=5))
    desk = log_in("editor")
    assert "550 no such user" in desk.get(f"/desk/outbox/{mail.id}").text
    answer = desk.post(f"/desk/outbox/{mail.id}/retry")
    assert (answer.status_code, answer.location) == (303, f"/desk/outbox/{mail.id}")
    waiting = again(store, mail)
    assert (waiting.state, waiting.attempts, waiting.problem) == (MailState.WAITING, 0, "")
    assert waiting.due_at == clock.now
    pile = Pile()
    a_postman(store, pile).turn()
    assert [ready.to for ready in pile.taken] == [ADDRESS]
    assert again(store, mail).message_id == message_id


def test_a_failed_mail_whose_reason_has_gone_does_not_leave_by_trying_again(log_in, store) -> None:
    mail = a_failed_mail(store)
    with store.read() as work:
        letter = letters.by_id(work, mail.letter_id)
    decided(store, letter, Decision.SPIKE)
    log_in("editor").post(f"/desk/outbox/{mail.id}/retry")
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []
    assert again(store, mail).state is MailState.CANCELLED


@pytest.mark.parametrize("state", [s for s in MailState if s is not MailState.FAILED])
def test_a_mail_that_has_not_failed_is_not_sent_twice(log_in, store, state) -> None:
    mail = a_mail(store, state)
    desk = log_in("chief")
    desk.post(f"/desk/outbox/{mail.id}/retry")
    assert again(store, mail).state is state
    assert "has not failed" in desk.get(f"/desk/outbox/{mail.id}").text


@pytest.mark.parametrize("role", ["reader_editor", "publisher"])
def test_trying_again_is_for_those_who_ask_writers(log_in, store, role) -> None:
    mail = a_failed_mail(store)
    desk = log_in(role)
    assert "Try again" not in desk.get("/desk/outbox").text
    assert desk.post(f"/desk/outbox/{mail.id}/retry").status_code == 403
    assert again(store, mail).state is MailState.FAILED


def a_dead_mail(store) -> OwedMail:
    """A receipt to an address that does not exist, says the mail server."""
    mail = a_mail(store)
    gone = Never("The mail server says: 550 5.1.1 unknown", is_dead_address=True)
    a_postman(store, Pile(answers=[gone])).turn()
    return mail


def test_a_dead_address_is_told_and_let_go_again(log_in, store) -> None:
    mail = a_dead_mail(store)
    with store.read() as work:
        letter = letters.by_id(work, mail.letter_id)
    reading = log_in("reader_editor")
    page = reading.get(f"/desk/outbox/{mail.id}").text
    assert "it does not exist" in page
    assert "Write to it again" not in page
    assert "Try again" not in page
    assert reading.post(f"/desk/outbox/{mail.id}/lift").status_code == 403
    desk = log_in("editor")
    on_letter = desk.get(f"/desk/letters/{letter.ref}").text
    assert "the address does not exist, said the mail server." in on_letter
    assert f'href="/desk/outbox/{mail.id}">See the mail' in on_letter
    assert "Write to it again" in desk.get(f"/desk/outbox/{mail.id}").text
    assert desk.post(f"/desk/outbox/{mail.id}/lift").status_code == 303
    page = desk.get(f"/desk/outbox/{mail.id}").text
    assert "Mails to this address leave again." in page
    assert "Try again" in page
    assert "it does not exist" not in page
    assert "let go again" in desk.get(f"/desk/letters/{letter.ref}?view=history").text
    desk.post(f"/desk/outbox/{mail.id}/lift")
    assert "are not stopped" in desk.get(f"/desk/outbox/{mail.id}").text


def test_a_mail_that_waits_for_the_rule_says_so(log_in, store, newsroom) -> None:
    with store.work() as work:
        columns.first(work).rules = HouseRules(mails_a_minute=1)
    a_letter(store, email="max@example.com")
    mail = a_mail(store)
    a_postman(store, Pile()).turn()
    desk = log_in()
    assert "a minute" not in desk.get("/desk/outbox").text, "no mail server is set"
    object.__setattr__(newsroom.settings, "smtp_url", "smtp://mail.example.com")
    for path in ("/desk/outbox", f"/desk/outbox/{mail.id}"):
        page = desk.get(path).text
        assert page.count("waits: no more than 1 a minute") == 1


def test_nobody_gets_there_without_a_log_in(client, store) -> None:
    mail = a_mail(store)
    for path in ("/desk/outbox", f"/desk/outbox/{mail.id}"):
        assert client.get(path).status_code == 303
    for path in (
        f"/desk/outbox/{mail.id}",
        f"/desk/outbox/{mail.id}/retry",
        f"/desk/outbox/{mail.id}/lift",
    ):
        assert client.post(path).status_code == 401


@pytest.mark.parametrize("number", ["0", "999", "9" * 30])
def test_what_is_not_there_is_told(log_in, number) -> None:
    desk = log_in("chief")
    for answer in (
        desk.get(f"/desk/outbox/{number}"),
        desk.post(f"/desk/outbox/{number}"),
        desk.post(f"/desk/outbox/{number}/retry"),
        desk.post(f"/desk/outbox/{number}/lift"),
    ):
        assert answer.status_code == 404
