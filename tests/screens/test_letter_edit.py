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


# --- two at once


def test_edits_of_different_paragraphs_are_put_together(log_in, app_with_csrf, desk, store):
    letter = a_letter(store, "First words.\n\nSecond words.")
    other = log_in(Role.CHIEF, app=app_with_csrf)
    mine = at(desk, letter).press("Edit")
    at(other, letter).press("Edit").press(
        "Save edit", edited="First words.\n\nTheirs.", town="Ames"
    )
    clash = mine.press("Save edit", edited="Mine.\r\n\r\nSecond words.")
    assert clash.status == 409
    assert clash.value("edited") == "Mine.\n\nTheirs."
    assert clash.value("town") == "Ames"
    assert "Both changed the same words" not in clash.main
    clash.press("Save edit")
    assert now(store, letter).text == "Mine.\n\nTheirs."
    assert now(store, letter).town == "Ames"


def test_a_form_that_says_nothing_readable_of_its_base_still_overwrites_nothing(desk, store):
    letter = a_letter(store, "First words.")
    form = at(desk, letter).press("Edit")
    for base in ("", "{", "[]", "9" * 5000, "[" * 40_000, '{"edited": 3}'):
        desk_says = form.press("Save edit", edited="Mine.", base=base, version="7")
        assert desk_says.status == 409
        assert desk_says.value("edited") == "Mine."
    assert now(store, letter).text == "First words."


# --- drafts


def kept(browser, letter, **typed):
    form = at(browser, letter, "?do=edit")
    edit = next(f for f in form.tree.forms if f.get("action", "").endswith("/edit"))
    sent = {k: v or "" for k, v in edit.fields.items() if k} | typed
    return browser.post(f"/desk/letters/{letter.ref}/draft", data=sent)


def test_what_is_typed_is_kept_and_comes_back(log_in, app_with_csrf, desk, store):
    letter = a_letter(store, "First words.")
    answer = kept(desk, letter, edited="Half a thou", town="Cheney")
    assert answer.json["says"].startswith("Draft saved Nov. 9")
    assert (now(store, letter).version, now(store, letter).event_count) == (letter.version, 1)
    assert "You have a draft" in at(desk, letter).main
    form = at(desk, letter).press("Edit")
    assert (form.value("edited"), form.value("town")) == ("Half a thou", "Cheney")
    assert "is back; it is not saved yet" in form.main
    other = log_in(Role.CHIEF, app=app_with_csrf)
    assert f"{desk.account.name} has begun an edit" in at(other, letter).part("letter-head")
    assert at(other, letter).press("Edit").value("edited") == "First words."
    form.press("Save edit", edited="Half a thought.")
    assert "You have a draft" not in at(desk, letter).main
    assert now(store, letter).text == "Half a thought."


def test_a_draft_is_thrown_away_or_ends_with_nothing_typed(desk, store):
    letter = a_letter(store, "First words.")
    kept(desk, letter, edited="Half.")
    page = at(desk, letter).press("Edit").press("Throw the draft away")
    assert "thrown away" in page.says
    assert page.press("Edit").value("edited") == "First words."
    kept(desk, letter, edited="Half.")
    assert kept(desk, letter, edited="First words.", headline="").json == {"says": ""}
    assert "You have a draft" not in at(desk, letter).main


def test_a_draft_begun_before_somebody_saved_has_both(log_in, app_with_csrf, desk, store):
    letter = a_letter(store, "First words.\n\nSecond words.")
    kept(desk, letter, edited="Mine.\n\nSecond words.")
    other = log_in(Role.CHIEF, app=app_with_csrf)
    at(other, letter).press("Edit").press("Save edit", edited="First words.\n\nTheirs.")
    form = at(desk, letter).press("Edit")
    assert "The letter was edited since this was begun" in form.main
    form.press("Save edit")
    assert now(store, letter).text == "Mine.\n\nTheirs."


def test_a_draft_that_is_too_long_or_too_late_is_not_kept(desk, store):
    letter, printed = a_letter(store), a_letter(store, to=State.WITHDRAWN)
    assert kept(desk, letter, edited="x" * 20_001).status_code == 422
    assert "You have a draft" not in at(desk, letter).main
    token = at(desk, letter).tree.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "version": "1", "edited": "x"}
    assert desk.post(f"/desk/letters/{printed.ref}/draft", data=sent).status_code == 409


# --- proposals


@pytest.fixture
def nora(log_in, app_with_csrf):
    return log_in(Role.READER_EDITOR, app=app_with_csrf)


def test_who_only_drafts_proposes_and_an_editor_accepts(nora, desk, store):
    letter = a_letter(store, "First words.", town="Spokane")
    form = at(nora, letter).press("Edit")
    assert "Save edit" not in form.buttons
    page = form.press("Propose this edit", edited="Short.", town="Cheney")
    assert "Proposed. An editor accepts it" in page.says
    assert now(store, letter).text == "First words."
    assert "Accept the edit" not in page.buttons
    assert "Edit proposed" in desk.get("/desk/").text
    assert letter.ref in open_page(desk, "/desk/you").main
    page = at(desk, letter)
    assert f"{nora.account.name} proposes this edit" in page.main
    page = page.press("Accept the edit")
    assert "Saved, as" in page.says
    assert (now(store, letter).text, now(store, letter).town) == ("Short.", "Cheney")
    assert f"proposed by {nora.account.name}" in at(desk, letter, "?view=history").main
    assert f"Accepted by {desk.account.name}" in open_page(nora, "/desk/you").main


def test_a_proposal_is_opened_in_the_editor_and_saved_with_more(nora, desk, store):
    letter = a_letter(store, "First words.")
    at(nora, letter).press("Edit").press("Propose this edit", edited="Short.")
    page = at(desk, letter)
    form = page.browse(page.link("Open it in the editor"))
    assert form.value("edited") == "Short."
    form.press("Save edit", edited="Short and good.")
    assert now(store, letter).text == "Short and good."
    assert f"Accepted by {desk.account.name}" in open_page(nora, "/desk/you").main


def test_a_proposal_over_words_edited_since_is_opened_not_accepted(nora, desk, store):
    letter = a_letter(store, "First words.")
    at(nora, letter).press("Edit").press("Propose this edit", edited="Short.")
    at(desk, letter).press("Edit").press("Save edit", edited="Other words.")
    page = at(desk, letter)
    assert "Accept the edit" not in page.buttons
    form = page.browse(page.link("Open it in the editor"))
    assert "Other words." in form.part("clash")
    assert form.value("edited") == "Short."


def test_a_refused_proposal_says_why_and_one_is_taken_back(nora, desk, store):
    letter = a_letter(store, "First words.")
    at(nora, letter).press("Edit").press("Propose this edit", edited="Short.")
    page = at(desk, letter).press("Refuse the edit", why="Keep her joke.")
    assert "Not taken." in page.says
    assert "Keep her joke." in open_page(nora, "/desk/you").main
    at(nora, letter).press("Edit").press("Propose this edit", edited="Shorter.")
    at(nora, letter).press("Take the proposal back")
    assert "Accept the edit" not in at(desk, letter).buttons


# --- texts that were


def test_an_earlier_text_is_returned_to_and_that_is_an_edit(desk, store):
    letter = a_letter(store, "As it came.")
    for text in ("One.", "Two."):
        at(desk, letter).press("Edit").press("Save edit", edited=text)
    page = at(desk, letter, "?view=history")
    assert "Revision 2, cut 100%" in page.main
    page = page.press("Return to this text: revision 1")
    assert "The text of revision 1 stands again." in page.says
    assert (now(store, letter).text, now(store, letter).revision.number) == ("One.", 3)
    at(desk, letter, "?view=history").press("Return to this text: original")
    assert now(store, letter).text == "As it came."
    assert now(store, letter).event_count == 5


def test_a_revision_that_is_not_there_is_not_found(desk, store):
    letter = a_letter(store)
    token = at(desk, letter).tree.xpath("//input[@name='csrf_token']/@value")[0]
    answer = desk.post(
        f"/desk/letters/{letter.ref}/revisions/7", data={"csrf_token": token, "version": "1"}
    )
    assert answer.status_code == 404


# --- house style, redline, hints


def test_house_style_is_taken_change_by_change_and_nothing_is_saved(desk, store):
    letter = a_letter(store, "It's NOT so, in Spokane, WA, they say.")
    form = at(desk, letter).press("Edit")
    assert "House style: 3 changes" in form.main
    boxes = form.tree.xpath("//input[@name='tidy']/@value")
    token = form.tree.xpath("//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "version": "1", "edited": form.value("edited") + " More.",
            "town": "Ames", "tidy": boxes[:2]}  # fmt: skip
    form = form._followed(desk.post(f"/desk/letters/{letter.ref}/tidy", data=sent))
    assert form.status == 200
    assert form.value("edited") == "It’s NOT so, in Spokane, Wash., they say. More."
    assert form.value("town") == "Ames"
    assert now(store, letter).event_count == 1


def test_one_key_opens_the_editor_with_all_of_house_style(desk, store):
    letter = a_letter(store, "It's NOT so -- is it?")
    form = at(desk, letter).press("Tidy")
    assert form.value("edited") == "It’s not so—is it?"
    form.press("Save edit")
    assert now(store, letter).text == "It’s not so—is it?"


def test_the_redline_follows_what_is_typed(desk, store):
    letter = a_letter(store, "One two three four. Five six.")
    token = at(desk, letter).tree.xpath("//input[@name='csrf_token']/@value")[0]
    where = f"/desk/letters/{letter.ref}/preview"
    part = desk.post(where, data={"csrf_token": token, "edited": "Five six, <b>alot</b>."}).text
    assert "Cut 67%" in part
    assert "<del>One two three four.</del>" in part
    assert "&lt;b&gt;" in part
    assert "a lot?" in part
    for text in ("", " ", "x" * 60_000, "\x00\u202e'" * 5000):
        assert desk.post(where, data={"csrf_token": token, "edited": text}).status_code == 200
