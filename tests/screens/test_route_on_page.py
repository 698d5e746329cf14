"""A letter's page hands what is no letter to another desk, by a key, with Undo."""

from feedback.domain.editor import Role
from feedback.domain.house_rules import HouseRules
from feedback.domain.state import State
from feedback.store import columns, letters
from tests.factories import a_letter
from tests.screens.desk_page import open_page

RULES = "/desk/settings/rules"


def state_of(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref).state


def test_a_chief_gives_the_addresses_and_an_editor_hands_a_letter_on(log_in, store):
    letter = a_letter(store)
    chief = open_page(log_in(Role.CHIEF), RULES)
    page = chief.press("See what changes", desks="subscription: help@\nsports: a@example.com")
    assert page.status == 422
    assert page.value("desks").startswith("subscription: help@")
    page = page.press("See what changes", desks="subscription: help@example.com")
    assert "subscription: help@example.com" in page.main
    page.press("Save")
    desk = log_in(Role.EDITOR)
    page = open_page(desk, f"/desk/letters/{letter.ref}")
    (button,) = [one for one in page.tree.iter("button") if one.get("data-key") == "o"]
    assert button.get("value") == "route"
    page = page.press("Not a letter: to another desk…")
    assert "no address yet" in page.main
    page = page.press("Hand it on", desk="news_tip")
    assert page.status == 409 or page.status == 422
    assert "has no address yet" in page.part("field-error")
    assert state_of(store, letter) is State.RECEIVED
    page = page.press("Hand it on", desk="subscription")
    assert "goes to another desk (subscription trouble)" in page.says
    assert state_of(store, letter) is State.DECLINED
    page = page.browse(f"/desk/letters/{letter.ref}?view=history")
    assert "For another desk" in page.main
    page.press("Undo")
    assert state_of(store, letter) is State.RECEIVED


def test_who_may_not_decide_has_no_such_button(log_in, store):
    letter = a_letter(store)
    with store.work() as work:
        columns.first(work).rules = HouseRules(desks={"other": "help@example.com"})
    reader = log_in(Role.READER_EDITOR)
    page = open_page(reader, f"/desk/letters/{letter.ref}")
    assert "Not a letter: to another desk…" not in page.buttons
    sent = {"desk": "other", "version": "1"}
    assert reader.post(f"/desk/letters/{letter.ref}/route", data=sent).status_code == 403
    assert state_of(store, letter) is State.RECEIVED
