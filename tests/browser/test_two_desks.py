"""Two editors on one letter: no edit is lost, both see what happened."""

import pytest
from playwright.sync_api import expect

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
