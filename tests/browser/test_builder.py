"""The builder in a real browser: without reloads, without script, by keyboard, copied."""

import re
import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
DRAFT = "/desk/editions/fentanyl-snow-days-and-the-new-bridge"


@pytest.fixture
def new_edition(desk: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """`new_edition(…)`: the builder of a fresh edition; its letters are taken out at the end."""
    opened: list[Page] = []

    def make(who: str = "editor", **how: object) -> Page:
        page = desk(who, **how)
        page.goto("/desk/editions/")
        if how.get("script", True):
            page.get_by_text("Make a new edition").click()
        else:
            page.locator("details.more").evaluate_all("all => all.forEach(one => one.open = true)")
        page.get_by_label("Title").fill("We Hear You: Trial")
        page.get_by_label("Last part of its address").fill(f"trial-{secrets.token_hex(4)}")
        page.get_by_role("button", name="Make edition").click()
        page.wait_for_url("**/desk/editions/trial-*")
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.goto(page.url.partition("?")[0].partition("#")[0])
        if page.get_by_role("button", name="Undo", exact=True).count():
            page.get_by_role("button", name="Undo", exact=True).click()
        while page.get_by_role("button", name=re.compile("^Take out")).count():
            before = page.get_by_role("button", name=re.compile("^Take out")).count()
            page.get_by_role("button", name=re.compile("^Take out")).first.click()
            expect(page.get_by_role("button", name=re.compile("^Take out"))).to_have_count(
                before - 1
            )


def placed(page: Page) -> list[str]:
    """Who stands in the outline, in order."""
    return page.locator(".outline-item .outline-who").all_inner_texts()


def place_some(page: Page, number: int) -> list[str]:
    """Place the first letters that wait; gives who they are by, as the outline has them."""
    for count in range(1, number + 1):
        page.get_by_role("button", name="Place in edition").first.click()
        expect(page.locator(".outline-item")).to_have_count(count)
    return placed(page)


def test_letters_are_placed_and_ordered_without_a_reload(new_edition: Callable[..., Page]) -> None:
    page = new_edition()
    page.evaluate("window.here = true")
    first, second = place_some(page, 2)
    expect(page.locator("#preview-sheet")).to_contain_text(first.split(",")[0])
    down = page.get_by_role("button", name=f"Move down: {first.split(',')[0]}")
    down.click()
    expect(page.locator(".outline-section").nth(1)).to_contain_text(first)
    # The button that was pressed has the focus still: it is pressed again by keyboard.
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".outline-item .outline-who").first).to_have_text(second)
    page.get_by_role("button", name=f"Move up: {first.split(',')[0]}").press("Enter")
    expect(page.locator(".outline-item .outline-who").first).to_have_text(first)
    page.get_by_role("button", name=f"Take out: {second.split(',')[0]}").click()
    expect(page.locator(".outline-item")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="is taken out")).to_be_visible()
    assert page.evaluate("window.here") is True


def test_what_is_typed_saves_itself_and_the_print_follows(new_edition: Callable[..., Page]) -> None:
    page = new_edition()
    place_some(page, 1)
    page.get_by_label("Title").fill("We Hear You: On Trial")
    page.get_by_label("Editor’s note").fill("Editor’s note: Of trials.")
    expect(page.get_by_role("heading", level=1)).to_have_text("We Hear You: On Trial")
    page.get_by_label(re.compile("^Subhead of section")).fill("A Trial")
    page.get_by_role("heading", name="Outline").click()
    expect(page.locator("#preview-sheet")).to_contain_text("Editor’s note: Of trials.")
    expect(page.locator("#autosave")).to_have_text("Saved.")
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("We Hear You: On Trial")
    expect(page.get_by_label(re.compile("^Subhead of section"))).to_have_value("A Trial")


def test_what_is_typed_goes_along_with_a_button(new_edition: Callable[..., Page]) -> None:
    page = new_edition()
    page.get_by_label("Title").fill("We Hear You: Half Typed")
    page.get_by_role("button", name="Add section").click()
    expect(page.locator(".outline-section")).to_have_count(1)
    expect(page.get_by_label("Title")).to_have_value("We Hear You: Half Typed")


def test_the_builder_works_without_script(new_edition: Callable[..., Page]) -> None:
    page = new_edition(script=False)
    first, second = place_some(page, 2)
    for _ in range(2):  # into the section below, then below its letter
        page.get_by_role("button", name=f"Move down: {first.split(',')[0]}").click()
    assert placed(page) == [second, first]
    page.get_by_role("button", name="Copy column").click()
    page.wait_for_url("**?copies=1#copies")
    expect(page.get_by_label("WordPress blocks")).to_contain_text("<!-- wp:paragraph -->")
    expect(page.get_by_label("Plain text", exact=True)).to_contain_text(first.split(",")[0])


def test_a_letter_moves_to_another_section(new_edition: Callable[..., Page]) -> None:
    page = new_edition()
    (who,) = place_some(page, 1)
    page.get_by_label(f"Move to a section: {who.split(',')[0]}").click()
    page.get_by_label("Move to a section", exact=True).select_option("a new section")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".outline-section")).to_have_count(2)
    expect(page.locator(".outline-section").nth(1)).to_contain_text(who)


def test_copy_column_puts_rich_and_plain_text_on_the_clipboard(desk: Callable[..., Page]) -> None:
    page = desk("editor")
    page.goto(DRAFT)
    page.get_by_role("button", name="Copy column").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const read = async kind => (await item.getType(kind)).text();
          const [html, text] = [await read("text/html"), await read("text/plain")];
          return { types: item.types, html, text };
        }"""
    )
    assert {"text/html", "text/plain"} <= set(copied["types"])
    assert "<p>" in copied["html"]
    assert "Jane Q. Reader, Spokane, Wash." in re.sub(r"<[^>]+>", "", copied["html"])
    assert copied["text"].startswith("We Hear You: ")
    page.get_by_text("Copies for your site").click()
    page.get_by_role("button", name="Copy", exact=True).nth(3).click()
    blocks = page.evaluate("navigator.clipboard.readText()")
    assert blocks.startswith("<!-- wp:")


def test_who_saves_second_is_told_and_keeps_what_was_typed(
    new_edition: Callable[..., Page], desk: Callable[..., Page]
) -> None:
    page = new_edition()
    other = desk("chief")
    other.goto(page.url)
    page.get_by_label("Title").fill("We Hear You: The First")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We Hear You: The First")
    other.get_by_label("Title").fill("We Hear You: The Second")
    other.get_by_role("heading", name="Outline").click()
    expect(other.get_by_text("Somebody else saved while you were writing.")).to_be_visible()
    expect(other.get_by_label("Title")).to_have_value("We Hear You: The Second")
    expect(other.get_by_text("Saved meanwhile:")).to_contain_text("The First")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("We Hear You: The Second")


def test_publish_and_undo(new_edition: Callable[..., Page]) -> None:
    page = new_edition()
    place_some(page, 1)
    page.get_by_role("button", name="Publish edition").click()
    expect(page.get_by_role("link", name="See it as readers do")).to_be_visible()
    assert page.request.get(page.url.replace("/desk", "")).status == 200
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("button", name="Publish edition")).to_be_visible()
    assert page.request.get(page.url.replace("/desk", "")).status == 404


@pytest.mark.parametrize("width", [360, 390])
def test_the_builder_on_a_phone(desk: Callable[..., Page], width: int) -> None:
    page = desk("editor", width=width, height=800)
    page.goto(DRAFT)
    page.get_by_role("link", name="Approved letters").click()
    expect(page.get_by_role("heading", name="Approved, not placed")).to_be_in_viewport()
    for button in page.locator(".outline-item button:visible, .letter-row button:visible").all()[
        :8
    ]:
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 32
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
