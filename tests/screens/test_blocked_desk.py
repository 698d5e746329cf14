"""Senders are blocked from a mail, a letter or the list; refused mails are told apart by kind."""

from datetime import timedelta

import pytest

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.blocked_sender import BlockedSender
from feedback.domain.editor import Role
from feedback.domain.raw_mail import Door, Fate
from feedback.store import blocked, house_events, raw_mails
from tests.channel.mail.test_mail_in import LETTER
from tests.factories import a_letter
from tests.screens.desk_page import open_page

EMPTY = "From: Jane Reader <jane@example.com>\nTo: letters@example.com\nSubject: Empty one\n\n\n"


@pytest.fixture
def comes(newsroom):
    """`comes(text)`: what becomes of a mail."""

    def take(text: str) -> tuple[Fate, str | None]:
        number = keep(newsroom, text.encode(), Door.PIPE)
        read(newsroom, number)
        with newsroom.store.read() as work:
            mail = raw_mails.by_id(work, number)
            return mail.fate, mail.refusal and mail.refusal.value

    return take


def everybody(store) -> list[BlockedSender]:
    with store.read() as work:
        return list(blocked.page(work).rows)


def history(store) -> list[tuple[str, str]]:
    with store.read() as work:
        return [(line.kind.value, line.about) for line in house_events.page(work).rows]


def test_a_sender_is_blocked_from_a_refused_mail_and_unblocked(log_in, store, comes):
    assert comes(EMPTY) == (Fate.REFUSED, "empty")
    page = open_page(log_in(Role.EDITOR), "/desk/refused").press("Block sender")
    assert "are refused from now on" in page.says
    assert comes(LETTER.replace("jane@", "JANE@")) == (Fate.REFUSED, "blocked")
    assert comes(LETTER.replace("jane@", "june@")) == (Fate.LETTER, None)
    page = page.browse("/desk/settings/blocked")
    assert "Mail 1" in page.main
    assert "jane" not in page.response.text.lower()
    page = page.press("Unblock")
    assert "Nobody is blocked" in page.main
    assert comes(LETTER) == (Fate.LETTER, None)
    assert history(store)[:2] == [("sender_unblocked", "Mail 1"), ("sender_blocked", "Mail 1")]


def test_a_blocked_mail_can_be_accepted_all_the_same(log_in, store, comes, newsroom):
    page = open_page(log_in(Role.EDITOR), "/desk/settings/blocked")
    page.press("Block", address=" Jane@Example.com ")
    assert comes(LETTER) == (Fate.REFUSED, "blocked")
    page = page.browse("/desk/refused?kind=blocked")
    assert "Re: Who Pays for the Levee?" in page.main
    assert "Block sender" not in page.buttons
    page.press("Accept")
    assert comes(LETTER) == (Fate.LETTER, None)


def test_a_letters_writer_is_blocked_from_its_panel(log_in, store, comes):
    letter = a_letter(store, email="jane@example.com")
    page = open_page(log_in(Role.EDITOR), f"/desk/letters/{letter.ref}").press("Block this sender")
    assert "Mails of this writer are refused." in page.main
    assert comes(LETTER) == (Fate.REFUSED, "blocked")
    (row,) = everybody(store)
    assert row.about == letter.ref
    page = page.press("Unblock")
    assert everybody(store) == []
    assert "Block this sender" in page.buttons


@pytest.mark.parametrize("typed", ["", "jane", "a@b, c@d", "letters@example.com"])
def test_what_is_no_address_or_our_own_is_not_blocked(log_in, store, typed):
    page = open_page(log_in(Role.EDITOR), "/desk/settings/blocked").press("Block", address=typed)
    assert page.status == 422
    assert page.value("address") == typed
    assert everybody(store) == []


def test_blocking_twice_is_one_row_and_needs_the_right(log_in, store):
    desk = log_in(Role.EDITOR)
    for _ in range(2):
        desk.post("/desk/settings/blocked", data={"address": "a@example.org"})
    assert len(everybody(store)) == 1
    assert desk.post("/desk/settings/blocked/99").status_code == 303
    assert desk.post("/desk/refused/99/block").status_code == 404
    reader = log_in(Role.READER_EDITOR)
    letter = a_letter(store)
    for path in ("settings/blocked", "settings/blocked/1", "refused/1/block"):
        assert reader.post(f"/desk/{path}").status_code == 403
    assert reader.post(f"/desk/letters/{letter.ref}/block").status_code == 403
    assert "Block this sender" not in open_page(reader, f"/desk/letters/{letter.ref}").buttons


def test_the_kinds_are_counted_for_a_month_and_listed_apart(log_in, store, comes, clock):
    comes(EMPTY)
    clock.advance(timedelta(days=31))
    comes(EMPTY.replace("one", "two"))
    comes("List-Id: <a.b>\n" + EMPTY.replace("one", "three"))
    page = open_page(log_in(Role.READER_EDITOR), "/desk/refused")
    assert "All Mailing list 1 Empty 1" in page.part("tabs")
    assert "Empty one" in page.main
    page = page.browse("/desk/refused?kind=empty")
    assert "three" not in page.main
    assert "Empty one" in page.main
    assert "Nothing was refused" in page.browse("/desk/refused?kind=spam").main
    assert page.browse("/desk/refused?kind=nonsense").status == 200


def test_the_pages_of_one_kind_follow_each_other(store, comes):
    for number in range(5):
        comes(EMPTY.replace("one", str(number)))
    seen, after = [], None
    with store.read() as work:
        while True:
            page = raw_mails.no_letters(work, "empty", after, limit=2)
            seen += [mail.id for mail in page.rows]
            after = page.next
            if after is None:
                break
    assert seen == [5, 4, 3, 2, 1]
