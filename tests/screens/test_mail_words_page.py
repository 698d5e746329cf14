"""Chiefs change the words of the mails to writers, see them first, and go back."""

import pytest

from feedback.domain.owed_mail import MailKind
from feedback.outbox.own_words import SLOTS
from feedback.store import columns, mail_words
from tests.factories import a_column

PATH = "/desk/settings/mails"
WORDS = {
    "version": "0",
    "subject": "[{ref}] Hello",
    "text": "Yours?\n{confirm_link}\n\n<b>Page</b>:\n{page_link}",
}


def newest(store):
    with store.read() as work:
        return mail_words.newest(work, columns.first(work).id, MailKind.RECEIPT)


def saved(desk, **more):
    return desk.post(f"{PATH}/receipt", data=WORDS | {"step": "save"} | more)


def test_the_list_says_whose_words_each_mail_has(log_in, store) -> None:
    desk = log_in("chief")
    assert f'href="{PATH}"' in desk.get("/desk/settings").text
    page = desk.get(PATH).text
    assert page.count("the usual") == len(SLOTS)
    saved(desk)
    page = desk.get(PATH).text
    assert page.count("your own") == 1
    assert desk.account.name in page


@pytest.mark.parametrize("kind", [kind.value for kind in SLOTS])
def test_the_usual_words_stand_in_the_editor_and_beside_it(log_in, store, kind) -> None:
    a_column(store, publication="The Daily Example")
    page = log_in("chief").get(f"{PATH}/{kind}").text
    assert page.count("[{ref}]") == 2
    for name in SLOTS[MailKind(kind)].names:
        assert f"<code>{{{name}}}</code>" in page
    assert page.count("(must stand in the text)") == len(SLOTS[MailKind(kind)].required)


def test_words_are_seen_before_they_are_saved(log_in, store) -> None:
    desk = log_in("chief")
    page = desk.post(f"{PATH}/receipt", data=WORDS).text
    assert "[WHY-7Q2KD] Hello" in page
    assert 'href="http://localhost/verify/…"' in page
    assert "&lt;b&gt;Page&lt;/b&gt;:" in page
    assert "<b>Page" not in page
    assert newest(store) is None
    assert saved(desk).location == f"{PATH}/receipt"
    assert newest(store).subject == "[{ref}] Hello"
    page = desk.get(f"{PATH}/receipt").text
    assert "Version 1" in page
    assert "Words of a mail changed" in desk.get("/desk/audit?of=house").text


def test_what_is_wrong_is_told_and_what_was_typed_stays(log_in, store) -> None:
    desk = log_in("chief")
    for step in ("preview", "save"):
        answer = saved(desk, text="Only {page_link} & {naem}", step=step)
        assert answer.status_code == 422
        assert "{naem} is not known here." in answer.text
        assert "Only {page_link} &amp; {naem}" in answer.text
    answer = saved(desk, text="Only {page_link}.")
    assert 'id="text-error"' in answer.text
    assert "This must stand in it: {confirm_link}." in answer.text
    assert newest(store) is None


def test_somebody_else_was_faster(log_in, store) -> None:
    desk = log_in("chief")
    saved(desk)
    answer = saved(desk, subject="[{ref}] Mine")
    assert answer.status_code == 409
    assert "[{ref}] Mine" in answer.text
    assert newest(store).number == 1
    assert saved(desk, subject="[{ref}] Mine", version="1").status_code == 303


def test_back_to_a_version_and_to_the_usual_words(log_in, store) -> None:
    desk = log_in("chief")
    saved(desk)
    saved(desk, subject="[{ref}] Second", version="1")
    assert "Use this again" in desk.get(f"{PATH}/receipt").text
    desk.post(f"{PATH}/receipt/versions/1")
    assert newest(store).subject == "[{ref}] Hello"
    desk.post(f"{PATH}/receipt/versions/0")
    assert (newest(store).number, newest(store).text) == (4, None)
    page = desk.get(f"{PATH}/receipt").text
    assert "Back to the usual words" not in page
    assert "Thank you for writing to {column}" in page


def test_the_usual_words_saved_unchanged_change_nothing(log_in, store) -> None:
    desk = log_in("chief")
    from feedback.outbox.example import usual

    with store.read() as work:
        words = usual(columns.first(work), MailKind.RECEIPT)
    answer = saved(desk, subject=words.subject, text=words.text.replace("\n", "\r\n"))
    assert answer.status_code == 303
    assert newest(store) is None


@pytest.mark.parametrize("role", ["reader_editor", "editor", "publisher"])
def test_the_words_are_for_chiefs(log_in, store, role, client) -> None:
    desk = log_in(role)
    for answer in (
        desk.get(PATH),
        desk.get(f"{PATH}/receipt"),
        saved(desk),
        desk.post(f"{PATH}/receipt/versions/0"),
    ):
        assert answer.status_code == 403
    assert newest(store) is None


@pytest.mark.parametrize("kind", ["reporter", "account", "nothing", "..%2fask"])
def test_other_mails_have_the_houses_words(log_in, kind) -> None:
    desk = log_in("chief")
    assert desk.get(f"{PATH}/{kind}").status_code == 404
    assert desk.post(f"{PATH}/{kind}", data=WORDS).status_code == 404
    for number in ("7", "9" * 30):
        assert desk.post(f"{PATH}/receipt/versions/{number}").status_code == 404
