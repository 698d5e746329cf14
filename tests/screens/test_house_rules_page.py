"""The page of the house's rules: a preview of what a change touches, a record, a way back."""

import json

from feedback.domain.editor import Role
from feedback.intake.recheck import recheck_new
from feedback.store import columns
from tests.factories import a_letter
from tests.screens.desk_page import open_page

RULES = "/desk/settings/rules"


def rules(store):
    with store.read() as work:
        return columns.first(work).rules


def test_a_chief_sees_what_a_rule_touches_before_it_is_saved(log_in, store):
    letter = a_letter(store, "Word after word. " * 40)
    with store.work() as work:
        recheck_new(work)
    desk = log_in(Role.CHIEF)
    page = open_page(desk, RULES).press("See what changes", words_hard="100", over_length="hold")
    assert "Words of a letter, at most none 100" in page.main or "0 100" in page.main
    assert "1 letter that waits is touched" in page.main
    assert letter.ref in page.main
    assert rules(store).words_hard == 0
    page = page.press("Save")
    assert "Saved." in page.says
    assert rules(store).words_hard == 100
    history = page.browse(f"{RULES}/history")
    assert "1 letter touched" in history.main
    history.press("Back to before").press("Save")
    assert rules(store).words_hard == 0


def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(log_in, store):
    page = open_page(log_in(Role.CHIEF), RULES)
    page = page.press("See what changes", blackouts="Bond vote", words_hard="250")
    assert page.status == 422
    assert "Bond vote | 2026-11-01" in page.part("field-error")
    assert page.value("words_hard") == "250"
    assert page.value("blackouts") == "Bond vote"


def test_a_preset_fills_the_form_and_saves_nothing(log_in, store):
    page = open_page(log_in(Role.CHIEF), RULES).press("Fill in", preset="national_daily")
    assert page.value("words_hard") == "175"
    assert rules(store).words_hard == 0


def test_the_rules_are_the_chiefs(log_in, store):
    assert log_in(Role.EDITOR).get(RULES).status_code == 403


def test_the_form_and_programs_take_no_letter_that_is_too_long(client, newsroom, store):
    with store.work() as work:
        column = columns.first(work)
        column.rules = column.rules.but(words_hard=20, over_length="refuse", needs_phone=True)
    newsroom.forget_column()
    letter = {
        "article": "Levee", "remarks": "Word " * 30, "name": "Jane", "town": "Spokane",
        "state": "WA", "email": "jane@example.com", "consent": True,
    }  # fmt: skip
    answer = client.post("/api/v1/letters", json=letter)
    assert answer.status_code == 422
    assert [one["field"] for one in json.loads(answer.text)["errors"]] == ["remarks", "phone"]
    sent = letter | {"remarks": "Word " * 10, "phone": "509 555 0100"}
    assert client.post("/api/v1/letters", json=sent).status_code == 201
