"""A full mailbag, cleared with the keyboard alone; what is shown ahead is never shown wrongly."""

import json
import os
import sqlite3
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORDS
from tests.browser.painted import shown_letter, wait_for_another
from tests.served import Served

pytestmark = pytest.mark.browser
# What one presses for a decision that needs no thought; never more than three keys.
DECISIONS = ("s", "n", "x", "h", "s", "n", ("d", "Enter"), "x", "n", "s")
MOST_KEYS = 3
# A day's post of a large paper is 200: `WHY_MAILBAG=200` clears that; a run of all tests, fewer.
LETTERS = int(os.environ.get("WHY_MAILBAG", "60"))


def write_letters(served: Served, number: int) -> None:
    for n in range(number):
        letter = {
            "article": "Town Library to Cut Sunday Hours",
            "remarks": f"The library and its {n + 2} open doors are what this town has in common.",
            "name": f"Mary {chr(97 + n % 26).upper()}. Reader",
            "town": "Spokane",
            "state": "WA",
            "email": f"mary{n}@example.com",
            "consent": True,
        }
        asked = urllib.request.Request(
            f"{served.url}/api/v1/letters",
            json.dumps(letter).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(asked).close()


def states(served: Served) -> dict[str, int]:
    with sqlite3.connect(served.folder / "instance" / "feedback.db") as db:
        return dict(db.execute("SELECT state, count(*) FROM letter GROUP BY state"))


@pytest.fixture(scope="module")
def mailbag():
    newsroom = Served()
    newsroom.run("migrate")
    newsroom.run("seed")
    newsroom.run("users", "reset", "editor@example.com", "--password-stdin",
                 given=PASSWORDS["editor"].encode())  # fmt: skip
    newsroom.start()
    yield newsroom
    newsroom.__exit__()


@pytest.fixture
def served(mailbag):
    """The mailbag in the place of the newsroom that other tests share."""
    return mailbag


def test_a_full_mailbag_is_decided_by_keys_alone(desk, served: Served) -> None:
    write_letters(served, LETTERS)
    before = states(served)
    page: Page = desk()
    page.keyboard.press("Enter")
    page.wait_for_selector("article[data-letter]")
    page.wait_for_load_state()
    seen = set()
    while ref := shown_letter(page):
        seen.add(ref)
        keys = DECISIONS[len(seen) % len(DECISIONS)]
        assert len(keys) <= MOST_KEYS
        for key in keys:
            page.keyboard.press(key)
            if key == "d":
                page.wait_for_selector("[data-panel] input:focus")
        wait_for_another(page, ref)
    expect(page.locator("main")).to_contain_text("No letters wait")
    after = states(served)
    assert len(seen) == before["received"] >= LETTERS + 20
    assert "received" not in after
    assert after["shortlisted"] - before["shortlisted"] >= LETTERS * 0.3
    assert sum(after.values()) == sum(before.values())


def test_a_letter_that_was_changed_since_it_was_fetched_is_shown_as_it_is(
    desk, served: Served
) -> None:
    write_letters(served, 3)
    page: Page = desk()
    page.keyboard.press("Enter")
    page.wait_for_selector("article[data-letter]")
    page.wait_for_load_state("networkidle")  # the next one is there
    following = page.locator(".letter-row-who").nth(1)
    ref = str(following.get_attribute("href")).split("/")[-1].split("?")[0]
    served.run("letters", "verify", ref, "--method", "phone", "--outcome", "denied")
    page.keyboard.press("j")
    expect(page.locator("#letter-ref")).to_have_text(ref)
    expect(page.locator(".letter-rail")).to_contain_text("Denied")
    page.keyboard.press("k")
    expect(page.locator("#letter-ref")).not_to_have_text(ref)
    page.go_back()
    expect(page.locator("#letter-ref")).to_have_text(ref)


def test_a_decision_that_is_refused_brings_its_letter_back(desk, served: Served) -> None:
    write_letters(served, 2)
    page: Page = desk()
    page.keyboard.press("Enter")
    page.wait_for_selector("article[data-letter]")
    page.wait_for_load_state("networkidle")
    ref = shown_letter(page)
    served.run("letters", "decide", ref, "shortlist")
    page.keyboard.press("n")
    expect(page.locator("[role=alert]")).to_contain_text("Somebody else has changed this letter")
    expect(page.locator("#letter-ref")).to_have_text(ref)
    assert ref in page.url
