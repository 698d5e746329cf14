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


def test_the_headers_stand_there_as_sent_without_the_address(log_in, store) -> None:
    mail = a_sent_mail(store, said="250 2.0.0 Ok: queued as 4F1C")
    kept = newest(store).headers
    assert kept["Message-ID"] == mail.message_id
    assert kept["Auto-Submitted"] == "auto-generated"
    assert "To" not in kept
    page = log_in("reader_editor").get(f"/desk/outbox/{mail.id}").text
    assert "Headers, as sent" in page
    assert mail.message_id.strip("<>") in page
    assert "250 2.0.0 Ok: queued as 4F1C" in page
    assert ADDRESS not in page


def test_a_later_mail_names_the_earlier_ones_to_the_same_person(store) -> None:
    first = a_sent_mail(store)
    with store.read() as work:
        letter = letters.by_id(work, first.letter_id)
    decided(store, letter, Decision.DECLINE, tell="mail")
    with store.work() as work:
        for mail in mails.of_letter(work, letter.id):
            mail.due_at = min(mail.due_at, work.now)
    pile = Pile()
    a_postman(store, pile).turn()
    assert f"In-Reply-To: {first.message_id}\r\n".encode() in pile.taken[0].raw
    assert f"References: {first.message_id}\r\n".encode() in pile.taken[0].raw
    assert "In-Reply-To" not in (first.headers or {})


def test_the_html_stands_in_a_frame_that_runs_and_loads_nothing(log_in, store) -> None:
    mail = a_sent_mail(store)
    desk = log_in("reader_editor")
    page = desk.get(f"/desk/outbox/{mail.id}")
    assert f'<iframe class="mail-frame" sandbox src="/desk/outbox/{mail.id}/html"' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    framed = desk.get(f"/desk/outbox/{mail.id}/html")
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; sandbox;")
    assert "frame-ancestors 'self'" in policy
    assert "no-store" in framed.headers["Cache-Control"]
    assert "Please confirm that you wrote it." in framed.text
    assert not re.search(r"/(verify|letters)/[\w-]{20,}", framed.text)
    assert ADDRESS not in framed.text


def test_no_html_where_there_is_none_or_it_is_for_others(log_in, store, client) -> None:
    with store.work() as work:
        plain = messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
        secret = messages.owe_editor(work, "ann@example.com", "Reset", "Open", "<p>SECRET</p>")
    assert client.get(f"/desk/outbox/{secret.id}/html").status_code == 303
    assert log_in("editor").get(f"/desk/outbox/{secret.id}/html").status_code == 404
    desk = log_in("chief")
    assert desk.get(f"/desk/outbox/{plain.id}/html").status_code == 404
    assert "SECRET" in desk.get(f"/desk/outbox/{secret.id}/html").text


def listed(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="mail-(\d+)"', page)]


def test_mails_are_found_by_letter_and_by_kind(log_in, store) -> None:
    mail = a_sent_mail(store)
    other = a_letter(store, email="max@example.com")
    with store.read() as work:
        ref = letters.by_id(work, mail.letter_id).ref
    decided(store, other, Decision.DECLINE, tell="mail")
    desk = log_in()
    assert listed(desk.get(f"/desk/outbox?ref=+{ref.lower()}+").text) == [mail.id]
    declined = mail_of(store, other, MailKind.DECLINED)
    assert listed(desk.get("/desk/outbox?kind=declined").text) == [declined.id]
    assert listed(desk.get(f"/desk/outbox?kind=declined&ref={ref}").text) == []
    assert listed(desk.get(f"/desk/outbox?state=sent&ref={ref}").text) == [mail.id]
    assert listed(desk.get("/desk/outbox?ref=WHY-NONE").text) == []
    assert len(listed(desk.get("/desk/outbox?kind=%27;drop").text)) == 3
    tabs = desk.get(f"/desk/outbox?kind=receipt&ref={ref}").text
    assert f'href="/desk/outbox?state=sent&amp;kind=receipt&amp;ref={ref}"' in tabs


def test_pages_go_on_within_what_was_asked_for(log_in, store) -> None:
    letter = a_letter(store, mails=False)
    with store.work() as work:
        whole = letters.by_ref(work, letter.ref)
        for number in range(120):
            messages.owe_writer(work, whole, MailKind.PRINTED if number % 2 else MailKind.ASK)
    desk = log_in()
    found: list[int] = []
    path = f"/desk/outbox?state=waiting&kind=ask&ref={letter.ref}"
    for expected in (50, 10):
        page = desk.get(path).text
        assert len(listed(page)) == expected
        found += listed(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""
    assert len(set(found)) == 60
    assert not path


def test_to_whom_is_said_in_words_and_the_address_is_one_look_away(log_in, store) -> None:
    mail = a_sent_mail(store)
    page = log_in("reader_editor").get("/desk/outbox").text
    assert "the letter’s writer" in page
    assert "Show the address" not in page
    desk = log_in("editor")
    assert "Show the address" in desk.get("/desk/outbox").text
    assert ADDRESS in desk.post(f"/desk/outbox/{mail.id}").text
