"""A passkey from its making to a log-in with it, and a second step, in a real Chromium.

The authenticator is Chromium's own virtual one: a security key that is always touched.
"""

import re
from collections.abc import Iterator

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.served import Served

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "ann@example.com", "a chief of many quiet words"


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    """An empty newsroom by the name localhost: browsers make no passkeys for an IP address."""
    newsroom = Served()
    newsroom.url = f"http://localhost:{newsroom.port}"
    newsroom.environ["FEEDBACK_BASE_URL"] = newsroom.url
    newsroom.run("migrate")
    add = ("users", "add", EMAIL, "--role", "editor", "--password-stdin")
    newsroom.run(*add, given=PASSWORD.encode())
    newsroom.start()
    yield newsroom
    newsroom.__exit__()


@pytest.fixture
def page(chromium: Browser, house: Served) -> Iterator[Page]:
    context = chromium.new_context(base_url=house.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()
    assert [one for one in wrong if not re.search(r"status of 4\d\d", one)] == []


def log_in(page: Page) -> None:
    page.goto("/desk/login")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")


def log_out(page: Page) -> None:
    page.goto("/desk/account")
    page.locator(".menu-name").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/desk/login")


def test_a_passkey_from_its_making_to_its_end(page: Page, house: Served) -> None:
    log_in(page)
    page.wait_for_url("**/desk/")
    page.goto("/desk/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("blue key")
    page.get_by_role("button", name="Add a passkey").press("Enter")
    page.wait_for_url("**/desk/account")
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    expect(page.get_by_role("row", name="blue key")).to_contain_text("never")
    log_out(page)

    page.goto("/desk/outbox")  # leads to the log-in, and from there back
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(f"{house.url}/desk/outbox")
    page.goto("/desk/account")
    row = page.get_by_role("row", name="blue key")
    expect(row).not_to_contain_text("never")
    row.get_by_role("button", name="Remove").click()
    page.goto("/desk/account")
    expect(page.get_by_role("row", name="blue key")).to_have_count(0)
    log_out(page)
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_text("This passkey was not taken.")).to_be_visible()


def test_a_passkey_and_an_app_after_the_password(page: Page) -> None:
    log_in(page)
    page.goto("/desk/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("second key")
    page.get_by_label("After the password").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/desk/account")
    page.get_by_role("link", name="Make recovery codes").click()
    page.get_by_role("button", name="Make new codes").click()
    codes = page.locator("[data-codes] code").all_text_contents()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a text file").click()
    assert saved.value.path().read_text().split() == codes
    log_out(page)

    log_in(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/")

    page.goto("/desk/account/app")
    page.get_by_role("button", name="Set up an app").click()
    key = page.locator(".account-key").text_content() or ""
    app = TOTP(key=key.replace("-", ""))
    page.get_by_label("Six digits").fill(app.generate().token)
    page.get_by_role("button", name="Turn on").click()
    page.wait_for_url("**/desk/account")
    log_out(page)

    log_in(page)
    page.get_by_role("button", name="A code of my authenticator app").click()
    page.get_by_role("link", name="Use a recovery code instead").click()
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/desk/")
