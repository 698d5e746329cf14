"""Several editors on one desk: whose a letter is, notes, and who is told."""

import pytest

from feedback.domain.editor import Role
from feedback.store import letters
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
