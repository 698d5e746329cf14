"""The queue and a letter by keyboard: every key presses a button, none acts while one types."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def open_letter(page: Page, who: str) -> None:
    """From the queue; keys work once the page is there."""
    page.goto("/desk/?state=waiting&order=received")
    page.get_by_role("link", name=who).click()
    expect(page.locator("#letter-title")).to_contain_text(who)
    page.wait_for_load_state()


def press(page: Page, key: str) -> None:
    """Press a key on a page that has arrived."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def title(page: Page) -> str:
    return page.locator("#letter-title").inner_text()


def test_j_and_k_walk_the_list_and_enter_opens(desk, new_letters):
    newest, second, _third = new_letters(3)
    page = desk()
    page.goto("/desk/?order=received")
    press(page, "j")
    expect(page.locator(".letter-row-who:focus")).to_contain_text(newest)
    press(page, "j")
    expect(page.locator(".letter-row-who:focus")).to_contain_text(second)
    press(page, "k")
    press(page, "Enter")
    expect(page.locator("#letter-title")).to_contain_text(newest)
    press(page, "j")
    expect(page.locator("#letter-title")).to_contain_text(second)
    expect(page.locator(".letter-row-who:focus")).to_contain_text(second)
    press(page, "Escape")
    page.wait_for_url(re.compile(r"/desk/\?"))


def test_decisions_by_key_go_on_to_the_next_letter_and_u_undoes(desk, new_letters):
    newest, second, third = new_letters(3)
    page = desk()
    open_letter(page, newest)
    press(page, "s")
    expect(page.locator("#letter-title")).to_contain_text(second)
    expect(page.locator(".toast")).to_contain_text(f"Shortlisted: {newest}")
    press(page, "n")
    expect(page.locator("#letter-title")).to_contain_text(third)
    expect(page.locator(".toast")).to_contain_text(f"not chosen: {second}")
    press(page, "u")
    expect(page.locator("#letter-title")).to_contain_text(second)
    expect(page.get_by_text("is received again").first).to_be_visible()
    press(page, "x")
    expect(page.locator(".toast")).to_contain_text(f"Spiked: {second}")
    press(page, "z")
    expect(page.locator("#letter-title")).to_contain_text(second)


def test_d_asks_for_a_reason_and_enter_declines(desk, new_letters):
    (newest,) = new_letters(1)
    page = desk()
    open_letter(page, newest)
    press(page, "d")
    expect(page.get_by_role("radio", name="Not chosen")).to_be_focused()
    press(page, "Escape")
    expect(page.get_by_role("radio", name="Not chosen")).to_have_count(0)
    press(page, "d")
    page.get_by_role("radio", name="Too long").check()
    press(page, "Enter")
    expect(page.locator(".toast")).to_contain_text(f"Declined, too long: {newest}")


def test_e_edits_m_asks_v_records_h_holds(desk, new_letters):
    (newest,) = new_letters(1)
    page = desk()
    open_letter(page, newest)
    press(page, "e")
    text = page.get_by_label("Text", exact=True)
    expect(text).to_be_focused()
    text.fill("A shorter letter.")
    expect(page.get_by_text(re.compile("→ 3 words"))).to_be_visible()
    page.get_by_role("button", name="Save edit").click()
    expect(page.get_by_text("Saved as revision 1.").first).to_be_visible()
    press(page, "v")
    expect(page.get_by_role("radio", name="By telephone")).to_be_focused()
    page.get_by_role("button", name="Record verification").click()
    expect(page.get_by_text("Verification recorded").first).to_be_visible()
    ref = page.locator("#letter-ref").inner_text()
    press(page, "h")
    page.wait_for_selector(".toast")
    page.goto(f"/desk/letters/{ref}")
    expect(page.locator(".letter-head .state")).to_have_text("Held")


def test_no_key_acts_in_a_field_or_with_a_modifier(desk, new_letters):
    (newest,) = new_letters(1)
    page = desk()
    open_letter(page, newest)
    before = page.url
    press(page, "/")
    search = page.get_by_role("searchbox", name="Search letters")
    expect(search).to_be_focused()
    page.keyboard.type("sxdn")
    expect(search).to_have_value("sxdn")
    search.blur()
    press(page, "Control+x")
    press(page, "Shift+S")
    press(page, "Alt+n")
    assert page.url == before
    expect(page.locator(".letter-head .state")).to_have_text("Received")


def test_single_keys_can_be_switched_off_for_good(desk, new_letters):
    (newest,) = new_letters(1)
    page = desk()
    open_letter(page, newest)
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Single keys act").uncheck()
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    press(page, "s")
    page.reload()
    press(page, "s")
    press(page, "?")
    expect(page.locator(".letter-head .state")).to_have_text("Received")
    page.get_by_text("Lena Ortiz").first.or_(page.locator(".menu-name")).first.click()
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Single keys act").check()
    dialog.get_by_role("button", name="Close").click()
    press(page, "s")
    expect(page.locator(".toast")).to_contain_text("Shortlisted")


def test_c_copies_the_letter_as_it_prints(desk, new_letters):
    (newest,) = new_letters(1)
    page = desk()
    open_letter(page, newest)
    press(page, "c")
    copied = page.wait_for_function("navigator.clipboard.readText()").json_value()
    assert copied == f"A letter by {newest}, to be decided by key.\n\n—{newest}, Spokane, Wash."


def test_everything_works_without_script(desk, new_letters):
    newest, second = new_letters(2)
    page = desk(script=False)
    open_letter(page, newest)
    page.get_by_role("button", name="Decline").click()
    page.get_by_role("radio", name="Uncivil").check()
    page.get_by_role("button", name="Decline").click()
    assert second in title(page)
    page.get_by_role("button", name="Undo").click()
    assert newest in title(page)


def test_a_mail_that_is_dropped_fills_the_form(desk, tmp_path):
    mail = tmp_path / "letter.eml"
    mail.write_text(
        "From: Jane Reader <jane@example.com>\nSubject: Hi\n\nThe bus is late.\n\nJane Reader\nOhio"
    )
    page = desk()
    page.get_by_role("button", name="New letter").click()
    page.get_by_label("Or choose a file").set_input_files(mail)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Jane Reader")
    expect(page.get_by_label("Letter", exact=True)).to_have_value("The bus is late.")
