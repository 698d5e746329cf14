"""A letter's page: what it shows of the text, the evidence, the history, to whom."""

import pytest
from sqlalchemy import text

from feedback.desk.decide import Wish, decide
from feedback.desk.edit import Edits, edit
from feedback.domain.editor import Role
from feedback.domain.letter import Channel
from feedback.domain.state import Decision, State
from feedback.intake.recheck import recheck_new
from feedback.store import letters
from tests.factories import a_column, a_letter, an_article, an_edition, an_editor, approved
from tests.screens.desk_page import open_page


@pytest.fixture
def desk(log_in):
    return log_in(Role.EDITOR)


def letter_page(browser, letter, query=""):
    return open_page(browser, f"/desk/letters/{letter.ref}{query}")


def edited(store, letter, **edits):
    with store.work() as work:
        edit(work, letters.by_ref(work, letter.ref), Edits(**edits), an_editor(), None)


def test_the_head_says_who_wrote_when_by_which_way_about_what(desk, store):
    article = an_article(store, "The New Bridge", author="Jo Byline")
    letter = a_letter(store, article=article)
    head = letter_page(desk, letter).part("letter-head")
    assert "Jane Q. Reader, Spokane, Wash." in head
    assert "Received" in head
    assert letter.ref in head
    assert "By web form, Nov. 9, 9:30 a.m." in head
    assert "“The New Bridge” by Jo Byline, Nov. 6, 2026 · headline matched" in head


def test_an_unknown_letter_is_not_found(desk):
    assert desk.get("/desk/letters/WHY-00000").status_code == 404
    assert desk.get("/desk/letters/..%2f").status_code == 404
    assert desk.get("/desk/letters/%00").status_code == 404


def test_what_a_reader_typed_is_shown_as_text_never_as_markup(desk, store):
    letter = a_letter(store, "<script>alert(1)</script> & {{7*7}}", name="<b>Bo</b>")
    page = letter_page(desk, letter)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{7*7}}" in page.response.text
    assert "<b>Bo" not in page.response.text


def test_the_redline_marks_what_was_cut_and_added(desk, store):
    letter = a_letter(store, "One two three four five six seven eight nine ten.")
    edited(store, letter, edited="One two three four five six seven eight ten.")
    page = letter_page(desk, letter)
    assert "<del>nine</del>" in page.response.text
    assert "Cut 10%" in page.main
    assert "10 → 9 words" in page.main
    assert "as revision 1 by Ann Editor" in page.main
    assert "Cut: “nine”" in page.main


def test_the_original_stays_beside_the_edit(desk, store):
    letter = a_letter(store, "As it came.")
    edited(store, letter, edited="As it prints.")
    original = letter_page(desk, letter, "?view=original").part("prose")
    assert original == "As it came."
    both = letter_page(desk, letter, "?view=side").part("side")
    assert both == "Original As it came. As it will print As it prints."


def test_the_history_names_actor_time_reason_and_its_chain_holds(desk, store):
    letter = a_letter(store)
    with store.work() as work:
        wish = Wish(Decision.HOLD, reason="Waits for the council.")
        decide(work, letters.by_ref(work, letter.ref), wish, an_editor(name="Lena Ortiz"), None)
    page = letter_page(desk, letter, "?view=history")
    lines = page.part("history-line")
    assert lines.startswith("Held Lena Ortiz, Nov. 9, 9:30 a.m. Waits for the council.")
    assert "Received the writer" in lines
    assert "The chain holds" in page.main


def test_a_history_that_was_tampered_with_says_where_it_breaks(desk, store):
    letter = a_letter(store, to=State.SHORTLISTED)
    with store.work() as work:
        work.session.execute(text("UPDATE letter SET chain_head = 'forged'"))
    page = letter_page(desk, letter, "?view=history")
    assert "The chain is broken" in page.main
    assert "At line 2: the letter does not end its history." in page.main


def test_gates_say_what_is_missing_before_print(desk, store):
    rail = letter_page(desk, a_letter(store)).part("letter-rail")
    assert "Before print 1 of 3" in rail
    assert "Missing: article." in rail
    assert "The writer has not confirmed it." in rail


def test_a_verified_letter_says_how_and_when(desk, store):
    rail = letter_page(desk, approved(store)).part("letter-rail")
    assert "Before print 3 of 3" in rail
    assert "By link, Nov. 9, 9:30 a.m. " in rail


def test_a_cut_over_the_limit_wants_a_proof(desk, store):
    letter = a_letter(store, "We like the old bridge so please do mend it")
    edited(store, letter, edited="We like the old bridge")
    assert "The writer must see it: cut 50%." in letter_page(desk, letter).part("letter-rail")


def test_findings_show_the_words_they_are_about(desk, store):
    letter = a_letter(store, "Look at https://shop.example.com/cheap for more.")
    assert "The checks have not seen this text yet" in letter_page(desk, letter).main
    with store.work() as work:
        recheck_new(work)
    page = letter_page(desk, letter)
    assert "The text has links. https://shop.example.com/cheap" in page.part("letter-rail")
    assert "https://shop.example.com/cheap" in page.part("evidence")


def test_a_withheld_name_is_told_apart_from_what_prints(desk, store):
    letter = a_letter(store, name="Shy Person", is_withheld=True, withhold_reason="My employer.")
    page = letter_page(desk, letter)
    assert page.part("heading").startswith("Name withheld, Spokane, Wash.")
    assert "Known to the desk as Shy Person. Reason: “My employer.”" in page.part("letter-head")
    assert "Shy Person" not in page.tree.findtext(".//title")


def test_mails_to_the_writer_are_listed(desk, store):
    page = letter_page(desk, a_letter(store))
    assert "Receipt with the confirm link leaves Nov. 9, 9:30 a.m." in page.part("mail-line")


def test_contact_data_is_one_further_click_which_is_logged(desk, store):
    letter = a_letter(store, email="jane@example.com", phone="555 0100")
    page = letter_page(desk, letter)
    assert "jane@example.com" not in page.response.text
    shown = page.press("Show contact data")
    assert "jane@example.com" in shown.main
    assert "555 0100" in shown.main
    assert "jane@example.com" not in letter_page(desk, letter).response.text
    history = letter_page(desk, letter, "?view=history").part("history-line")
    assert f"Contact data looked at {desk.account.name}" in history


@pytest.mark.parametrize("role", [Role.READER_EDITOR, Role.PUBLISHER])
def test_contact_data_is_not_for_every_role(log_in, store, role):
    browser = log_in(role)
    letter = a_letter(store, email="jane@example.com")
    assert "Show contact data" not in letter_page(browser, letter).buttons
    answer = browser.post(f"/desk/letters/{letter.ref}/contacts")
    assert answer.status_code == 403
    assert "jane@example.com" not in answer.text


def test_a_second_editor_is_told_who_is_reading_too(log_in, store, clock):
    letter = a_letter(store)
    first, second = log_in(Role.EDITOR), log_in(Role.CHIEF)
    assert "is reading this too" not in letter_page(first, letter).main
    told = f"{first.account.name} is reading this too"
    assert told in letter_page(second, letter).main
    assert told not in letter_page(first, letter).main
    assert f"{second.account.name} is reading this too" in letter_page(first, letter).main


def test_a_letter_opened_from_elsewhere_stands_in_its_own_tab(desk, store):
    letter = a_letter(store, name="Liked", to=State.SHORTLISTED)
    a_letter(store, name="Waits")
    assert letter_page(desk, letter).rows == ["Liked, Spokane, Wash."]


def test_a_letter_from_paper_says_so(desk, store):
    letter = a_letter(store, channel=Channel.PAPER, email=None)
    assert "On paper, Nov. 9" in letter_page(desk, letter).part("letter-head")


def test_a_placed_letter_leads_to_its_edition(desk, store):
    letter = approved(store)
    an_edition(store, "We Hear You: Bridges", groups=[(None, [letter])], slug="bridges")
    page = letter_page(desk, letter)
    assert page.link("We Hear You: Bridges") == "/desk/editions/bridges"
    assert "Approve" not in page.buttons


def test_the_column_without_verification_asks_for_none(desk, store):
    a_column(store, verification_policy="none")
    rail = letter_page(desk, a_letter(store)).part("letter-rail")
    assert "This column asks for no verification." in rail


@pytest.mark.parametrize("do", ["kill", "withdraw", "override", "place", "nonsense", "../x"])
def test_a_form_that_is_not_open_to_somebody_does_not_open(log_in, store, do):
    letter = a_letter(store)
    page = letter_page(log_in(Role.READER_EDITOR), letter, f"?do={do}")
    assert page.status == 200
    assert not page.tree.find_class("panel")


def test_an_open_page_learns_who_came_and_that_the_letter_changed(log_in, store):
    letter = a_letter(store)
    first, second = log_in(Role.EDITOR), log_in(Role.CHIEF)
    letter_page(first, letter)
    page = letter_page(second, letter)
    page.press("Shortlist")
    told = first.post(f"/desk/letters/{letter.ref}/here").get_json()
    assert told["others"] == [f"{second.account.name} is reading this too"]
    assert told["version"] > letter.version
