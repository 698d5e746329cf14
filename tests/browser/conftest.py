"""The example newsroom, served; browsers of readers and of editors.

One server a test process, filled with `seeds/`; a test that changes letters uses letters of its
own, so that the order of tests does not matter. `--shots` draws the README's pictures.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.served import Served

CHROMIUM = "/usr/bin/chromium"
# Without these a closed network is asked for things of Chromium's own, many at a time.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORDS = {
    "chief": "a chief of many quiet words",
    "editor": "an editor of many quiet words",
    "publisher": "a publisher of many quiet words",
    "reader": "a reader of many quiet words",
}
WIDE = {"width": 1440, "height": 900}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `--shots` draw the pictures of the README anew."""
    parser.addoption("--shots", action="store_true", help="draw the README's pictures anew")


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The example newsroom with known passwords, served on loopback."""
    newsroom = Served()
    newsroom.run("migrate")
    newsroom.run("seed")
    for who, password in PASSWORDS.items():
        reset = ("users", "reset", f"{who}@example.com", "--password-stdin")
        newsroom.run(*reset, given=password.encode())
    newsroom.start()
    yield newsroom
    newsroom.__exit__()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """`open_browser(width=…, scheme=…, script=…)`: a page of a person who is not logged in.

    The test fails if the page asks another host for anything, or writes an error to the console.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_one(
        *, width: int = 1440, height: int = 900, scheme: str = "light", script: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=served.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            locale="en-US",
            timezone_id="America/Chicago",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.url)
        context.on("request", lambda asked: note_host(asked.url))
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda line: note_line(line.type, line.text))
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        return page

    def note_host(url: str) -> None:
        if not url.startswith((served.url, "data:", "blob:")):
            wrong.append(f"asked another host: {url}")

    def note_line(kind: str, text: str) -> None:
        if kind == "error" and not re.search(r"status of (4\d\d)", text):
            wrong.append(f"console: {text}")

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def desk(open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """`desk("editor", width=…)`: a page of somebody who has logged in."""

    def enter(who: str = "editor", **how: object) -> Page:
        page = open_browser(**how)
        page.goto("/desk/login")
        page.get_by_label("Email").fill(f"{who}@example.com")
        page.get_by_label("Password").fill(PASSWORDS[who])
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/desk/")
        return page

    return enter


@pytest.fixture
def new_letters(served: Served) -> Callable[[int], list[str]]:
    """`new_letters(3)`: fresh letters that wait, the newest first; gives their writers' names."""
    import json
    import secrets
    import urllib.request

    def write(number: int) -> list[str]:
        names = [f"Keys {secrets.token_hex(3)} {n}" for n in range(number)]
        for name in names:
            letter = {
                "article": "Town Library to Cut Sunday Hours",
                "remarks": f"A letter by {name}, to be decided by key.",
                "name": name,
                "town": "Spokane",
                "state": "WA",
                "email": "keys@example.com",
                "consent": True,
            }
            asked = urllib.request.Request(
                f"{served.url}/api/v1/letters",
                json.dumps(letter).encode(),
                {"Content-Type": "application/json"},
            )
            urllib.request.urlopen(asked).close()
        return names[::-1]

    return write


@pytest.fixture
def outbox(served: Served) -> Callable[[str], str]:
    """`outbox("jane@example.com")`: the newest mail to an address, once it has left."""
    import email
    import email.policy
    import time

    def newest(address: str) -> str:
        folder = served.folder / "instance" / "outbox"
        for _ in range(200):
            found = [
                message
                for file in sorted(folder.glob("*.eml"), key=lambda f: f.stat().st_mtime)
                for message in [
                    email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                ]
                if message["To"] and address in str(message["To"])
            ]
            if found:
                body = found[-1].get_body(("plain",))
                return f"Subject: {found[-1]['Subject']}\n\n{body.get_content()}"
            time.sleep(0.05)
        raise AssertionError(f"no mail to {address}")

    return newest


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """`shoot(page, "queue")` draws docs/pictures/queue.png, with `--shots` alone."""
    wanted = request.config.getoption("--shots", default=False)

    def draw(page: Page, name: str) -> None:
        if wanted:
            folder = Path(__file__).parents[2] / "docs" / "pictures"
            folder.mkdir(exist_ok=True)
            page.screenshot(path=folder / f"{name}.png")

    return draw
