"""Who may do what with a letter: the page draws it, the server holds to it."""

import pytest

from feedback.domain.editor import Role
from feedback.domain.state import State
from feedback.store import letters
from tests.factories import a_letter, an_article, an_edition, approved
from tests.screens.desk_page import open_page

DECISIONS = ["Approve", "Hold", "Ask the writer", "Not chosen", "Decline", "Spike"]


@pytest.mark.parametrize("role", [Role.READER_EDITOR, Role.PUBLISHER])
def test_those_who_read_see_no_decision_but_the_shortlist(log_in, store, role):
    page = open_page(log_in(role), f"/desk/letters/{a_letter(store).ref}")
    assert "Shortlist" in page.buttons
    assert "Edit" in page.buttons
    assert not set(DECISIONS) & set(page.buttons)
    assert "Record verification" not in page.buttons
    assert "Override" not in page.buttons


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_those_who_decide_see_every_decision_the_state_allows(log_in, store, role):
    letter = a_letter(store, article=an_article(store))
    page = open_page(log_in(role), f"/desk/letters/{letter.ref}")
    assert set(DECISIONS) <= set(page.buttons)
    assert "Restore" not in page.buttons


@pytest.mark.parametrize(
    ("state", "drawn"),
    [
        (State.DECLINED, {"Restore"}),
        (State.SPIKED, {"Restore"}),
        (State.APPROVED, {"Place in edition", "Shortlist", "Hold", "Not chosen", "Decline"}),
        (State.WITHDRAWN, set()),
    ],
)
def test_a_state_draws_its_own_buttons(log_in, store, state, drawn):
    letter = a_letter(store, article=an_article(store), verified=True, to=state)
    page = open_page(log_in(Role.EDITOR), f"/desk/letters/{letter.ref}")
    every = {*DECISIONS, "Restore", "Place in edition", "Shortlist"}
    assert set(page.buttons) & every - {"Spike"} == drawn


@pytest.mark.parametrize(
    ("role", "path", "sent"),
    [
        (Role.READER_EDITOR, "decisions", {"decision": "approve"}),
        (Role.READER_EDITOR, "decisions", {"decision": "spike"}),
        (Role.READER_EDITOR, "decisions", {"decision": "withdraw", "reason": "x"}),
        (Role.PUBLISHER, "decisions", {"decision": "decline"}),
        (Role.EDITOR, "decisions", {"decision": "kill", "reason": "x"}),
        (Role.READER_EDITOR, "verifications", {"method": "phone", "outcome": "confirmed"}),
        (Role.PUBLISHER, "verifications", {"method": "phone", "outcome": "confirmed"}),
        (Role.EDITOR, "override", {"override": "because"}),
        (Role.READER_EDITOR, "place", {"edition": "bridges"}),
        (Role.READER_EDITOR, "contacts", {}),
    ],
)
def test_what_is_not_drawn_is_refused_as_well(log_in, store, role, path, sent):
    letter = a_letter(store)
    answer = log_in(role).post(f"/desk/letters/{letter.ref}/{path}", data={"version": "1", **sent})
    assert answer.status_code == 403
    with store.read() as work:
        after = letters.by_ref(work, letter.ref)
        assert (after.state, after.version, after.event_count) == (State.RECEIVED, 1, 1)


def test_a_reader_editor_shortlists_and_undoes_that(log_in, store):
    letter = a_letter(store)
    browser = log_in(Role.READER_EDITOR)
    page = open_page(browser, f"/desk/letters/{letter.ref}").press("Shortlist")
    assert "Undo" in page.part("toast")
    page.press("Undo")
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).state is State.RECEIVED


def test_what_an_editor_decided_is_not_undone_by_a_reader_editor(log_in, store):
    letter = a_letter(store, to=State.DECLINED)
    browser = log_in(Role.READER_EDITOR)
    assert "Undo" not in open_page(browser, f"/desk/letters/{letter.ref}").buttons
    sent = {"decision": "undo", "version": str(letter.version)}
    assert browser.post(f"/desk/letters/{letter.ref}/decisions", data=sent).status_code == 403


def test_a_printed_letter_is_neither_edited_nor_decided_about(log_in, store):
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])], published=True, slug="printed")
    page = open_page(log_in(Role.CHIEF), f"/desk/letters/{letter.ref}")
    assert not {"Edit", "Set article", "Mark general", *DECISIONS} & set(page.buttons)
    assert page.link("We Hear You: Fentanyl and Student Debt") == "/desk/editions/printed"


def test_a_stranger_changes_nothing(client, store):
    letter = a_letter(store)
    sent = {"decision": "spike", "version": "1"}
    assert client.post(f"/desk/letters/{letter.ref}/decisions", data=sent).status_code == 401
    assert client.get(f"/desk/letters/{letter.ref}").status_code == 303


PATHS = ["decisions", "edit", "article", "general", "verifications", "override", "place"]


@pytest.mark.parametrize("path", [*PATHS, "contacts"])
def test_every_form_wants_its_token(log_in, app_with_csrf, store, path):
    letter = a_letter(store)
    browser = log_in(Role.CHIEF, app=app_with_csrf)
    sent = {"version": "1", "decision": "spike", "edited": "x", "override": "x"}
    assert browser.post(f"/desk/letters/{letter.ref}/{path}", data=sent).status_code == 400
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).event_count == 1


NONSENSE = [
    {},
    {"version": "x"},
    {"version": "99999999999999999999"},
    {"version": "1", "decision": "publish", "article_id": "9" * 30, "edition": "\x00"},
    {"version": "1", "decision": "\ud800x", "article": "\x00", "method": "link"},
    {"version": "1", "reason": "x" * 5000, "decision": "hold", "until": "9999-99-99"},
]


@pytest.mark.parametrize("path", PATHS)
def test_nonsense_is_refused_in_words(log_in, store, path):
    letter = a_letter(store)
    browser = log_in(Role.CHIEF)
    for sent in NONSENSE:
        data = {name: value.encode("utf-8", "surrogatepass") for name, value in sent.items()}
        answer = browser.post(f"/desk/letters/{letter.ref}/{path}", data=data)
        assert answer.status_code < 500, sent
        assert b"Traceback" not in answer.data


def test_a_refusal_is_told_within_the_desk(log_in, store):
    browser = log_in(Role.READER_EDITOR)
    answer = browser.get("/desk/letters/WHY-00000")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert 'href="/desk/articles/"' in answer.text
