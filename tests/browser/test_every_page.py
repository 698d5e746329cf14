"""What holds on every page: no barrier, no page wider than the window, the title says where."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import DESK, OPEN
from tests.served import Served

pytestmark = pytest.mark.browser
SIZES = [(1440, 900), (768, 1024), (360, 740), (320, 640)]
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  const scrolls = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (/(auto|scroll|hidden|clip)/.test(getComputedStyle(p).overflowX)) return true; };
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > room + 1 && !scrolls(e))
    .filter(e => getComputedStyle(e).position !== "absolute")
    .map(e => `${e.tagName}.${e.className}`.slice(0, 60)).slice(0, 5);
}"""


PARTS = 4  # so that processes share the work
CONTRAST = {"runOnly": ["color-contrast"]}  # all that another scheme of colours can change


def barriers(page: Page, options: dict | None = None) -> list[str]:
    """What axe finds: the rule with the places that break it."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]


def look_at(page: Page, pages: dict, served: Served) -> dict[str, list[str]]:
    """Open each page once; gather what axe and the eye find wrong: wide, narrow, in the dark."""
    wrong = {}
    for name, address in pages.items():
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address(served))
        found = barriers(page)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width} px: {page.evaluate(WIDER)}")
        page.set_viewport_size({"width": 390, "height": 844})
        found += [f"on a phone: {one}" for one in barriers(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"in the dark: {one}" for one in barriers(page, CONTRAST)]
        if page.locator("h1").count() != 1:
            found.append(f"{page.locator('h1').count()} first headings")
        if not page.title().strip():
            found.append("no title")
        if found:
            wrong[name] = found
    return wrong


def test_open_pages(open_browser: Callable[..., Page], served: Served) -> None:
    assert look_at(open_browser(), OPEN, served) == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_the_desk(desk: Callable[..., Page], served: Served, part: int) -> None:
    assert look_at(desk("chief"), dict(list(DESK.items())[part::PARTS]), served) == {}
