"""Edits, article and verification from the letter's page; nothing typed is lost or overwritten."""

import pytest

from feedback.domain.editor import Role
from feedback.domain.state import State
from feedback.domain.verification import Method, Outcome
from feedback.store import letters
from tests.factories import a_letter, an_article
from tests.screens.desk_page import open_page


@pytest.fixture
def desk(log_in, app_with_csrf):
    return log_in(Role.EDITOR, app=app_with_csrf)


def now(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref)


def at(browser, letter, query=""):
    return open_page(browser, f"/desk/letters/{letter.ref}{query}")


def test_an_edit_is_saved_as_a_revision(desk, store):
    letter = a_letter(store, "One bad paragraph.\n\nAnd a good one.")
    form = at(desk, letter).press("Edit")
    assert form.value("edited") == "One bad paragraph.\n\nAnd a good one."
    page = form.press("Save edit", edited="One paragraph.\r\n\r\nAnd a good one.", headline="Good")
    assert "Saved as revision 1." in page.says
    saved = now(store, letter)
    assert saved.text == "One paragraph.\n\nAnd a good one."
    assert saved.original.remarks == "One bad paragraph.\n\nAnd a good one."
    assert saved.headline == "Good"


def test_the_signature_is_edited_beside_the_text(desk, store):
    letter = a_letter(store, name="jane reader", town="spokane")
    form = at(desk, letter).press("Edit")
    form.press("Save edit", name="Jane Reader", town="Cheney", state="Washington", standing="Nurse")
    assert now(store, letter).signature.printed() == "Jane Reader, Nurse, Cheney, Wash."


def test_boxes_are_ticked_and_cleared(desk, store):
    letter = a_letter(store)
    at(desk, letter).press("Edit").press("Save edit", abridged="y", bracket="y")
    assert (now(store, letter).is_abridged, now(store, letter).has_bracket) == (True, True)
    at(desk, letter).press("Edit").press("Save edit", abridged=None)
    assert (now(store, letter).is_abridged, now(store, letter).has_bracket) == (False, True)


def test_a_save_that_changes_nothing_leaves_no_trace(desk, store):
    letter = a_letter(store, "Line one.\nLine two.")
    at(desk, letter).press("Edit").press("Save edit")
    assert now(store, letter).event_count == 1
    assert now(store, letter).revision is None


def test_an_empty_text_goes_back_to_the_original(desk, store):
    letter = a_letter(store, "As it came.")
    at(desk, letter).press("Edit").press("Save edit", edited="Changed.")
    at(desk, letter).press("Edit").press("Save edit", edited=" ")
    assert now(store, letter).text == "As it came."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "Atlantis"),
        ("country", "Nowhere at all"),
        ("headline", "h" * 301),
        ("edited", "word " * 5000),
    ],
)
def test_a_value_that_cannot_be_saved_is_marked_and_nothing_typed_is_lost(
    desk, store, field, value
):
    letter = a_letter(store)
    typed = {"edited": "My careful text.", "name": "Jane X. Reader"} | {field: value}
    page = at(desk, letter).press("Edit").press("Save edit", **typed)
    assert page.status == 422
    assert page.tree.get_element_by_id(f"{field}-error") is not None
    assert page.value("name") == "Jane X. Reader"
    assert page.value(field) == value
    assert now(store, letter).event_count == 1


def test_two_editors_at_once_overwrite_nothing(log_in, app_with_csrf, desk, store):
    letter = a_letter(store, "The first words.")
    other = log_in(Role.CHIEF, app=app_with_csrf)
    mine = at(desk, letter).press("Edit")
    at(other, letter).press("Edit").press("Save edit", edited="Their words.", town="Cheney")
    clash = mine.press("Save edit", edited="My words.")
    assert clash.status == 409
    assert now(store, letter).text == "Their words."
    assert f"{other.account.name} saved while you were writing" in clash.main
    assert "Their words." in clash.part("clash")
    assert "Town saved now: “Cheney”" in clash.part("clash")
    assert clash.value("edited") == "My words."
    assert "Saved as revision 2." in clash.press("Save edit").says
    assert now(store, letter).text == "My words."


def test_a_reader_editor_drafts_edits(log_in, store):
    letter = a_letter(store)
    page = at(log_in(Role.READER_EDITOR), letter).press("Edit").press("Save edit", edited="Short.")
    assert "Saved as revision 1." in page.says


def test_an_article_is_set_by_its_headline_or_address(desk, store):
    article = an_article(store, "The New Bridge", url="https://news.example.com/bridge")
    by_headline, by_address = a_letter(store), a_letter(store)
    page = at(desk, by_headline).press("Set article").press("Set article", article="new bridge the")
    assert "It answers “The New Bridge”." in page.says
    typed = "http://www.news.example.com/bridge?utm_source=x"
    at(desk, by_address).press("Set article").press("Set article", article=typed)
    assert now(store, by_address).article_id == now(store, by_headline).article_id == article.id
    assert now(store, by_address).matched_by == "editor"


def test_what_the_writer_may_have_meant_is_offered(desk, store):
    old = an_article(store, "Council Weighs the Old Bridge")
    an_article(store, "Council Weighs the New Bridge")
    letter = a_letter(store, article=None, as_typed={})
    panel = at(desk, letter).press("Set article")
    unsure = panel.press("Set article", article="council weighs a bridge")
    assert unsure.status == 422
    assert "Several articles may be meant" in unsure.says
    assert "Council Weighs the Old Bridge" in unsure.part("panel")
    chosen = unsure.press("Set article", article_id=str(old.id))
    assert "It answers “Council Weighs the Old Bridge”." in chosen.says


def test_an_article_nobody_knows_says_where_to_add_it(desk, store):
    page = at(desk, a_letter(store)).press("Set article")
    page = page.press("Set article", article="https://elsewhere.example.org/x")
    assert page.status == 422
    assert "Add it under Articles first" in page.says
    assert page.value("article") == "https://elsewhere.example.org/x"


def test_a_letter_is_marked_general_and_back(desk, store):
    letter = a_letter(store)
    page = at(desk, letter).press("Mark general")
    assert "About no article in particular" in page.part("letter-head")
    assert now(store, letter).is_general
    page.press("Not general")
    assert not now(store, letter).is_general


def test_a_verification_is_recorded_with_method_outcome_note(desk, store):
    letter = a_letter(store)
    panel = at(desk, letter).press("Record verification")
    page = panel.press(
        "Record verification", method="in_person", outcome="confirmed", note="Came by."
    )
    (attempt,) = now(store, letter).verifications
    assert (attempt.method, attempt.outcome) == (Method.IN_PERSON, Outcome.CONFIRMED)
    assert f"In person, Nov. 9, 9:30 a.m., {desk.account.name}." in page.part("letter-rail")
    assert "Came by." in at(desk, letter, "?view=history").part("history-line")


def test_a_denial_shows_and_shuts_the_gate(desk, store):
    letter = a_letter(store, verified=True, article=an_article(store))
    page = at(desk, letter).press("Record verification")
    page = page.press("Record verification", method="phone", outcome="denied")
    assert "Denied. By telephone" in page.part("letter-rail")
    assert "Writer says no" in page.part("why")
    assert now(store, letter).state is State.RECEIVED


def test_a_verification_without_an_outcome_keeps_the_note(desk, store):
    panel = at(desk, a_letter(store)).press("Record verification")
    page = panel.press("Record verification", outcome=None, note="Rang twice.")
    assert page.status == 422
    assert page.value("note") == "Rang twice."
