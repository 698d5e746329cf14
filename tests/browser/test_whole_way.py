"""The whole way, as people go it: from a reader's letter to a printed, exported column."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

REMARKS = (
    "The levee held in 2011 because forty of us stood on it with shovels. "
    "I would like the board to know that we are older now.\n\n"
    "Build it three feet higher, or buy us lighter shovels."
)
EDITED = REMARKS.replace("I would like the board to know that we", "The board should know we")
SLUG = "shovels"


def test_a_letter_is_written_printed_and_taken_along(
    open_browser: Callable[..., Page],
    desk: Callable[..., Page],
    outbox: Callable[[str], str],
    tmp_path: Path,
) -> None:
    reader = open_browser()
    ref = write(reader)
    confirm(reader, outbox("dora.pell@example.org"), ref)

    editor = desk("editor")
    decide(editor, ref)
    build(editor, ref)
    publish_and_take_along(editor, reader, tmp_path)

    reader.goto(reader.url)
    printed = outbox("dora.pell@example.org")
    assert ref in printed


def write(page: Page) -> str:
    """Fill the form in, send it, read the reference on the reader's own page."""
    page.goto("/letters/new")
    page.get_by_label("Article").fill("who pays for the levee")
    page.get_by_label("Remarks").fill(REMARKS)
    page.get_by_label("Full name").fill("Dora Pell")
    page.get_by_label("Town").fill("Vidalia")
    page.get_by_label("State").fill("Louisiana")
    page.get_by_label("Email").fill("dora.pell@example.org")
    page.get_by_role("checkbox", name=re.compile("edit")).check()
    expect(page.get_by_text("—Dora Pell, Vidalia, La.")).to_be_visible()
    page.wait_for_timeout(3100)  # the form takes nothing that comes back at once
    page.get_by_role("button", name="Send letter").click()
    page.wait_for_url("**/letters/*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found = re.search(r"\bWHY-[0-9A-Z]{5,}\b", page.locator("main").inner_text())
    assert found
    return found.group()


def confirm(page: Page, receipt: str, ref: str) -> None:
    """The receipt has no word of the reader's; its link asks, a button answers."""
    assert f"[{ref}]" in receipt
    assert "Dora" not in receipt
    assert "levee" not in receipt.lower()
    links = re.findall(r"http://\S+/verify/\S+", receipt)
    assert links
    page.goto(links[0])
    expect(page.get_by_text("forty of us stood on it")).to_be_visible()
    page.get_by_role("button", name="Yes, I wrote this").click()
    expect(page.get_by_text("You said it is yours")).to_be_visible()


def decide(page: Page, ref: str) -> None:
    """Find it, edit it, approve it by its key."""
    page.goto("/desk/")
    page.keyboard.press("/")
    page.keyboard.type(ref)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Dora Pell").first.click()
    page.wait_for_url(f"**/desk/letters/{ref}*")
    page.keyboard.press("e")
    page.get_by_label("Text", exact=True).fill(EDITED)
    page.get_by_role("button", name="Save edit").click()
    expect(page.locator(".redline del").first).to_be_visible()
    expect(page.get_by_text("By link").first).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("status").filter(has_text="Approved")).to_be_visible()


def build(page: Page, ref: str) -> None:
    """Make an edition, place the letter, write the subhead."""
    page.goto("/desk/editions/")
    page.get_by_text("Make a new edition").click()
    page.get_by_label("Title").fill("We Hear You: Shovels")
    page.get_by_label("Date", exact=True).fill("2026-12-06")
    page.get_by_label("Last part of its address").fill(SLUG)
    page.get_by_role("button", name="Make edition").click()
    page.wait_for_url(f"**/desk/editions/{SLUG}*")
    page.locator(f"#place-{ref}").click()
    expect(page.locator(f"#item-{ref}")).to_be_visible()
    expect(page.locator(".preview")).to_contain_text("—Dora Pell, Vidalia, La.")


def publish_and_take_along(page: Page, reader: Page, folder: Path) -> None:
    """Publish; page, text file and clipboard say the same."""
    page.get_by_role("button", name="Publish edition").click()
    expect(page.locator(".state--published")).to_be_visible()

    reader.goto(f"/editions/{SLUG}")
    column = reader.locator("article.edition")
    expect(column).to_contain_text("older now")
    shown = squeezed(column.inner_text())

    page.get_by_label("This edition as a file").select_option("text")
    with page.expect_download() as started:
        page.get_by_role("button", name="Export").click()
    file = folder / "column.txt"
    started.value.save_as(file)
    text = file.read_text()
    assert "Build it three feet higher, or buy us lighter shovels.—Dora Pell, Vidalia, La." in text
    for line in text.splitlines():
        assert squeezed(line) in shown, f"not on the page: {line}"

    page.get_by_role("button", name="Copy column").click()
    expect(page.get_by_role("status").filter(has_text=re.compile("[Cc]opied"))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "—Dora Pell, Vidalia, La." in copied


def squeezed(text: str) -> str:
    """Text without its spaces: a page breaks lines where a file does not."""
    return re.sub(r"\s+", "", text)
