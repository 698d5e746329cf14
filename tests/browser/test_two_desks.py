"""Two editors on one letter: no edit is lost, both see what happened."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import barriers

pytestmark = pytest.mark.browser


def test_two_edits_at_once_and_a_crash_lose_nothing(desk, new_letters):
    (who,) = new_letters(1)
    ann, max_ = desk("editor"), desk("chief")
    ann.goto("/desk/?state=waiting&order=received")
    ann.get_by_role("link", name=who).click()
    expect(ann.locator("#letter-title")).to_contain_text(who)
    address = ann.url
    ann.get_by_role("button", name="Edit", exact=True).click()
    text = ann.get_by_label("Text", exact=True)
    text.fill("A letter that Ann shortened.")
    expect(ann.get_by_text("Draft saved")).to_be_visible()

    # Her browser is gone; another one has what she typed.
    again = ann.context.new_page()
    ann.close()
    max_.goto(address)
    expect(max_.locator(".letter-head")).to_contain_text("has begun an edit")
    max_.get_by_role("button", name="Edit", exact=True).click()
    max_.get_by_label("Headline (optional)").fill("By Max")
    max_.get_by_role("button", name="Save edit").click()
    expect(max_.get_by_text("Saved.")).to_be_visible()

    again.goto(address)
    again.get_by_role("button", name="Edit", exact=True).click()
    expect(again.locator("#edited")).to_have_value("A letter that Ann shortened.")
    expect(again.get_by_label("Headline (optional)")).to_have_value("By Max")
    expect(again.locator(".clash")).to_contain_text("Headline saved now: “By Max”")

    # While she has that open he saves once more.
    max_.get_by_role("button", name="Edit", exact=True).click()
    max_.get_by_label("Town").fill("Cheney")
    max_.get_by_role("button", name="Save edit").click()
    expect(max_.get_by_text("Saved.")).to_be_visible()
    again.get_by_role("button", name="Save edit").click()
    expect(again.get_by_text("saved while you were writing")).to_be_visible()
    expect(again.locator("#edited")).to_have_value("A letter that Ann shortened.")
    expect(again.get_by_label("Town")).to_have_value("Cheney")
    again.get_by_role("button", name="Save edit").click()
    expect(again.get_by_text("Saved as revision 1.")).to_be_visible()
    expect(again.locator("#letter-text")).to_contain_text("Cheney")
    expect(again.locator("#letter-text")).to_contain_text("By Max")


def test_a_letter_is_taken_over_and_a_colleague_is_found_by_at(desk, new_letters):
    (who,) = new_letters(1)
    ann, max_ = desk("editor"), desk("chief")
    ann.goto("/desk/?state=waiting&order=received")
    ann.get_by_role("link", name=who).click()
    expect(ann.locator("#letter-title")).to_contain_text(who)
    ann.get_by_role("button", name="Take it", exact=True).click()
    expect(ann.locator(".desk-says").first).to_contain_text("’s now.")
    max_.goto(ann.url)
    expect(max_.locator(".letter-head")).to_contain_text("is reading this too")
    max_.get_by_role("button", name="Take it over").click()
    expect(max_.get_by_text("Taken over from")).to_be_visible()

    max_.get_by_text("Add a note").click()
    field = max_.get_by_label("Note", exact=True)
    field.press_sequentially("Please look, @ha")
    offered = max_.locator(".mention-list [role=option]")
    expect(offered).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", "letter-note-colleagues-0")
    assert barriers(max_) == []
    field.press("Enter")
    expect(field).to_have_value("Please look, @tom ")
    expect(max_.locator(".mention-list")).to_be_hidden()
    max_.get_by_role("button", name="Save note").click()
    ann.goto("/desk/you")
    expect(ann.get_by_role("main")).to_contain_text("Taken over from")
    expect(ann.get_by_role("main")).to_contain_text("Please look")
