"""Several editors on one desk: whose a letter is, notes, and who is told."""

import pytest

from feedback.accounts.digest import send_due
from feedback.desk.decide import Wish, decide
from feedback.domain.editor import Role
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.domain.state import Decision
from feedback.intake.complete import complete
from feedback.store import columns, letters, mails
from tests.factories import a_letter
from tests.screens.desk_page import open_page


@pytest.fixture
def two(log_in):
    """Ed and Ann, each in a browser of their own."""
    return log_in(Role.EDITOR), log_in(Role.CHIEF)


def test_a_letter_is_taken_given_and_let_go_without_making_a_page_stale(two, store):
    ed, ann = two
    letter = a_letter(store)
    page = open_page(ed, f"/desk/letters/{letter.ref}")
    page = page.press("Take it")
    assert "’s now." in page.says
    assert page.browse("/desk/?editor=me").rows == page.browse("/desk/").rows
    assert open_page(ann, "/desk/?editor=me").rows == []
    assert letter.ref in open_page(ed, "/desk/you").main
    page = page.press(ann.account.name)
    assert letter.ref in open_page(ann, "/desk/you").main
    page.press("Let go")
    with store.read() as work:
        now = letters.by_ref(work, letter.ref)
    assert (now.assigned_id, now.version) == (None, 1)


def test_a_note_tells_who_is_named_in_it_until_it_was_seen(two, store, clock):
    ed, ann = two
    letter = a_letter(store)
    handle = ann.account.name.replace(" ", "").lower()
    page = open_page(ed, f"/desk/letters/{letter.ref}")
    page = page.press("Save note", note=f"@{handle}, is this <b>true</b>?")
    assert "is this <b>true</b>?" in page.part("prewrap")
    assert "1 thing waits for you" in open_page(ann, "/desk/").part("menu-name")
    assert "New" in open_page(ann, "/desk/you").part("why")
    assert "waits for you" not in open_page(ann, "/desk/").part("menu-name")
    assert page.press("Take back").part("prewrap") == ""


def test_one_alone_is_not_asked_whose_letters_are(log_in, store):
    letter = a_letter(store)
    page = open_page(log_in(Role.CHIEF), f"/desk/letters/{letter.ref}")
    assert "Whose it is" not in page.main
    page = page.press("Save note", note="  ")
    assert "Write something first." in page.says


def test_a_note_is_the_desks_alone(log_in, store, client):
    letter = a_letter(store)
    open_page(log_in(Role.CHIEF), f"/desk/letters/{letter.ref}").press(
        "Save note", note="Dull one."
    )
    assert client.get("/desk/you").status_code == 303
    assert "Dull one." not in client.get("/").text


def test_of_two_who_take_a_letter_at_once_one_is_told_who_was_faster(two, store):
    ed, ann = two
    letter = a_letter(store)
    first = open_page(ed, f"/desk/letters/{letter.ref}")
    second = open_page(ann, f"/desk/letters/{letter.ref}")
    first.press("Take it")
    page = second.press("Take it")
    assert f"{ed.account.name} was faster" in page.says
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).assigned_id == ed.account.id


def test_a_letter_that_is_taken_over_tells_whose_it_was(two, store):
    ed, ann = two
    letter = a_letter(store)
    open_page(ed, f"/desk/letters/{letter.ref}").press("Take it")
    page = open_page(ann, f"/desk/letters/{letter.ref}").press("Take it over")
    assert f"It is {ann.account.name}’s now." in page.says
    told = open_page(ed, "/desk/you")
    assert f"Taken over from {ed.account.name}." in told.main
    assert "New" in told.part("why")


def test_the_list_says_who_is_on_a_letter_and_whose_it_is(two, store):
    ed, ann = two
    letter = a_letter(store)
    open_page(ann, f"/desk/letters/{letter.ref}").press("Take it")
    page = open_page(ed, f"/desk/letters/{letter.ref}")
    row = open_page(ed, "/desk/").part("letter-row-why")
    assert f"{ann.account.name} is on it" in row
    assert f"{ann.account.name}’s" in row
    page.press("Take it over")
    own = open_page(ed, "/desk/").part("letter-row-why")
    assert "Yours" in own


def test_writers_who_have_answered_stand_under_for_you(two, store):
    ed, _ann = two
    letter = a_letter(store, name=None)
    with store.work() as work:
        decide(
            work,
            letters.by_ref(work, letter.ref),
            Wish(Decision.SHORTLIST),
            ed.account.editor,
            None,
        )
    assert "Writers who have answered" not in open_page(ed, "/desk/you").main
    with store.work() as work:
        complete(work, letters.by_ref(work, letter.ref), {"name": "Jane Q. Reader"})
    assert "Writers who have answered" in open_page(ed, "/desk/you").main


# --- the daily mail


def mailed(store) -> list[OwedMail]:
    with store.read() as work:
        return [one for one in mails.newest(work) if one.kind is MailKind.ACCOUNT]


def morning(store, newsroom, hours: int) -> int:
    with store.work() as work:
        work.now = work.now.replace(hour=hours, minute=5)
        return send_due(work, columns.first(work), newsroom.base_url)


def test_the_daily_mail_leaves_once_a_day_from_its_hour_on(two, store, newsroom):
    ed, _ann = two
    letter = a_letter(store, "Secret words.", name="Jane Q. Reader", email="jane@example.com")
    open_page(ed, f"/desk/letters/{letter.ref}").press("Take it")
    page = open_page(ed, "/desk/account").press("Save", hour="7")
    assert "A mail a day" in page.main + page.says
    assert morning(store, newsroom, 11) == 0  # 6 a.m. where the newsroom is, or before
    assert morning(store, newsroom, 15) == 1
    assert morning(store, newsroom, 16) == 0
    (mail,) = mailed(store)
    assert mail.to_address == ed.account.email
    assert "Letters waiting: 1 (the oldest since Nov. 9" in mail.text
    assert "Letters that are yours: 1" in mail.text
    for secret in ("Secret", "Jane", "jane@", letter.ref):
        assert secret not in mail.text + mail.html + mail.subject
    assert f"{newsroom.base_url}/desk/you" in mail.html


def test_on_a_day_with_nothing_to_tell_no_mail_leaves(two, store, newsroom):
    ed, _ann = two
    open_page(ed, "/desk/account").press("Save", hour="7")
    assert morning(store, newsroom, 15) == 0
    a_letter(store)
    assert morning(store, newsroom, 16) == 0  # it was looked at today
    open_page(ed, "/desk/account").press("Save", hour="")
    assert mailed(store) == []
