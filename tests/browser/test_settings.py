"""Settings in a real browser: the reading of the site is told as it goes on; links are copied."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_what_became_of_the_site_is_told_without_a_reload(desk: Callable[..., Page]) -> None:
    page = desk("chief")
    page.goto("/desk/settings")
    page.get_by_label("Your site").fill("http://127.0.0.1:9")
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Saved.", exact=True).first).to_be_visible()
    page.evaluate("window.here = true")
    told = page.locator("#site-reading")
    # The worker of the running server hears of it, and refuses an address inside the house.
    expect(told).to_contain_text("lies in a private network", timeout=15_000)
    assert page.evaluate("window.here") is True
    page.get_by_label("Your site").fill("")
    page.get_by_role("button", name="Save settings").click()
    expect(told).to_contain_text("No site is read")


def test_the_invitation_for_articles_is_copied(desk: Callable[..., Page]) -> None:
    page = desk("chief")
    page.goto("/desk/settings")
    page.get_by_role("button", name="Copy By the form").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert "/letters/new?article=" in page.evaluate("navigator.clipboard.readText()")


def test_errors_lead_to_their_fields(desk: Callable[..., Page]) -> None:
    page = desk("chief")
    page.goto("/desk/settings")
    page.get_by_label("Name of the column").fill("")
    page.get_by_label("Words of an edition").fill("many")
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    page.get_by_role("link", name="Give a whole number from 100 to 20,000.").click()
    expect(page.get_by_label("Words of an edition")).to_be_focused()
    expect(page.get_by_label("Words of an edition")).to_have_value("many")
    assert page.title().startswith("Error:")
