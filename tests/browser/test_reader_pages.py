"""Readers' pages in a browser: without script, on a phone, by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def fill(page: Page, **given: str) -> None:
    """Fill the form in as somebody would who forgets nothing but what is given empty."""
    values = {
        "article": "The Price of Eggs, Explained",
        "remarks": "An egg a day, and a second one on Sunday.",
        "name": "Wanda Stone",
        "town": "Iola",
        "state": "KS",
        "email": "wanda.stone@example.org",
    } | given
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)


def test_the_form_works_without_script_on_a_phone(open_browser: Callable[..., Page]) -> None:
    page = open_browser(width=360, height=740, script=False)
    page.goto("/letters/new")
    fill(page, email="wanda.stone@example")
    page.get_by_role("button", name="Send letter").click()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator("#email-error")).to_be_visible()
    expect(page.locator("#consent-error")).to_be_visible()
    expect(page.locator("#remarks")).to_have_value("An egg a day, and a second one on Sunday.")
    page.locator("#email").fill("wanda.stone@example.org")
    page.get_by_role("checkbox", name=re.compile("edit")).check()
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Send letter").click()
    page.wait_for_url("**/letters/*")
    expect(page.locator("main")).to_contain_text("WHY-")


def test_an_error_takes_the_focus_and_leads_to_its_field(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/letters/new")
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Send letter").click()
    summary = page.get_by_role("alert").first
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.locator("#article")).to_be_focused()


def test_words_are_counted_while_one_types(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/letters/new")
    page.locator("#remarks").press_sequentially("four little words here")
    expect(page.locator("#remarks-count")).to_contain_text("4 words")


def test_a_double_click_makes_one_letter(
    open_browser: Callable[..., Page], desk: Callable[..., Page]
) -> None:
    page = open_browser()
    page.goto("/letters/new")
    fill(page, name="Dolly Double", email="dolly.double@example.org")
    page.get_by_role("checkbox", name=re.compile("edit")).check()
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Send letter").dblclick()
    page.wait_for_url("**/letters/*")
    expect(page.locator("main")).to_contain_text("WHY-")
    editor = desk("editor")
    editor.goto("/desk/?state=all&q=Dolly+Double")
    expect(editor.get_by_role("link", name="Dolly Double")).to_have_count(1)


def test_a_letter_is_withdrawn_on_a_page_of_its_own(open_browser: Callable[..., Page]) -> None:
    page = open_browser(width=390)
    page.goto("/letters/new")
    fill(page, name="Will Drawn", email="will.drawn@example.org")
    page.get_by_role("checkbox", name=re.compile("edit")).check()
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Send letter").click()
    page.wait_for_url("**/letters/*")
    page.get_by_role("link", name=re.compile("Withdraw my letter")).click()
    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("withdrawn|withdrew"))


def test_the_form_is_small_on_the_wire(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(_bytes(answer)))
    page.goto("/letters/new", wait_until="networkidle")
    assert sum(sizes) <= 30 * 1024, sizes


def _bytes(answer) -> int:
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_what_an_edition_looks_like_on_paper(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/editions/library-sundays-and-the-levee")
    page.emulate_media(media="print")
    expect(page.locator(".masthead-nav")).to_be_hidden()
    expect(page.get_by_text("—Harriet")).to_be_visible()
