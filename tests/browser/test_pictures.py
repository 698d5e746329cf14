"""The pictures of the README: drawn by `make shots`, looked at in every run."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import letter_of
from tests.served import Served

pytestmark = pytest.mark.browser


def test_the_queue_with_a_letter(desk: Callable[..., Page], shoot, served: Served) -> None:
    page = desk("chief")
    page.goto("/desk/?state=shortlisted")
    page.get_by_role("link", name="Joost Achterberg").click()
    page.wait_for_url(re.compile("/desk/letters/"))
    expect(page.locator(".redline del").first).to_be_visible()
    shoot(page, "queue")


def test_the_form(open_browser: Callable[..., Page], shoot) -> None:
    page = open_browser(width=1200, height=900)
    page.goto("/letters/new?article=town+library+to+cut+sunday+hours")
    page.locator("#remarks").fill("Forty-one thousand dollars is four dollars a household.")
    expect(page.get_by_text("Town Library to Cut Sunday Hours").first).to_be_visible()
    shoot(page, "form")


def test_the_builder(desk: Callable[..., Page], shoot) -> None:
    page = desk("chief")
    page.goto("/desk/editions/fentanyl-snow-days-and-the-new-bridge")
    expect(page.locator(".preview")).to_contain_text("My brother died of it.")
    shoot(page, "builder")


def test_the_printed_column(open_browser: Callable[..., Page], shoot) -> None:
    page = open_browser(width=1200, height=900)
    page.goto("/editions/library-sundays-and-the-levee")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Library Sundays")
    shoot(page, "edition")


def test_a_letter_on_a_phone(desk: Callable[..., Page], shoot, served: Served) -> None:
    page = desk("editor", width=390, height=844)
    page.goto(f"/desk/letters/{letter_of(served, 'shortlisted')}")
    expect(page.get_by_role("group", name="Decide")).to_be_visible()
    shoot(page, "phone")
