"""The settings of a newsroom: a chief's alone, each field told, nothing typed lost."""

import html
import re

import pytest

from feedback.domain.column import Column, Divider, PlaceRule, SalutationRule, VerificationPolicy
from feedback.store import columns
from tests.factories import a_column

RULES = {
    "name": "Letters",
    "prefix": "let",
    "publication": "The Meridian Ledger",
    "site_url": "ledger.example",
    "address": "letters@ledger.example",
    "signed_by": "Lena Ortiz",
    "sender": '"Letters, Ledger" <letters@ledger.example>',
    "time_zone": "America/Chicago",
    "salutation": "To {publication}:",
    "salutation_rule": "every",
    "divider": "rule",
    "first_subhead_printed": "true",
    "invitation": "Write to us.\r\n\r\nWe read all.",
    "verification_policy": "editor",
    "place_rule": "required",
    "proof_threshold": "25",
    "words_limit": "250",
    "words_budget": "1,600",
    "grace_minutes": "0",
    "hold_days": "7",
    "tells_declined": "true",
    "articles_url": "",
}
WRONG = {
    "name": "",
    "prefix": "W3",
    "publication": "x" * 121,
    "site_url": "javascript:alert(1)",
    "address": "no address",
    "signed_by": "x" * 121,
    "sender": "Bcc: x <nobody>",
    "time_zone": "../../etc/passwd",
    "salutation": "Dear {0.__class__}:",
    "salutation_rule": "sometimes",
    "divider": "<hr>",
    "invitation": "x" * 2001,
    "verification_policy": "",
    "place_rule": "maybe",
    "proof_threshold": "101",
    "words_limit": "1e3",
    "words_budget": "99",
    "grace_minutes": "-1",
    "hold_days": "0",
    "articles_url": "http://",
}


def column_of(store) -> Column:
    with store.read() as work:
        return columns.first(work)


def test_the_page_shows_every_rule(log_in, store) -> None:
    a_column(store, publication="The Meridian Ledger", invitation="Write to us.")
    page = log_in("chief").get("/desk/settings").text
    for field in RULES:
        assert f'name="{field}"' in page
    assert 'value="The Meridian Ledger"' in page
    assert re.search(r'value="link" checked', page)
    assert ">Write to us.</textarea>" in page


def test_every_rule_is_saved_and_in_force_at_once(log_in, store, newsroom) -> None:
    desk = log_in("chief")
    newsroom.column()  # the process has the old rules at hand
    answer = desk.post("/desk/settings", data={**RULES, "version": column_of(store).version})
    assert (answer.status_code, answer.location) == (303, "/desk/settings")
    column = column_of(store)
    assert {name: getattr(column, name) for name in RULES} == {
        "name": "Letters",
        "prefix": "LET",
        "publication": "The Meridian Ledger",
        "site_url": "https://ledger.example",
        "address": "letters@ledger.example",
        "signed_by": "Lena Ortiz",
        "sender": "Letters Ledger <letters@ledger.example>",
        "time_zone": "America/Chicago",
        "salutation": "To {publication}: ",
        "salutation_rule": SalutationRule.EVERY,
        "divider": Divider.RULE,
        "first_subhead_printed": True,
        "invitation": "Write to us.\n\nWe read all.",
        "verification_policy": VerificationPolicy.EDITOR,
        "place_rule": PlaceRule.REQUIRED,
        "proof_threshold": 25,
        "words_limit": 250,
        "words_budget": 1600,
        "grace_minutes": 0,
        "hold_days": 7,
        "tells_declined": True,
        "articles_url": "",
    }
    assert newsroom.column().name == "Letters"
    assert "Letters desk</title>" in desk.get("/desk/settings").text


def test_the_page_saved_as_it_is_changes_nothing(log_in, store) -> None:
    a_column(store, sender="Letters <letters@ledger.example>", site_url="https://ledger.example")
    desk, before = log_in("chief"), column_of(store)
    page = desk.get("/desk/settings").text
    form = page[page.index('id="rules"') : page.index("</form>", page.index('id="rules"'))]
    sent = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', form))
    sent |= dict(re.findall(r'name="(\w+)" value="(\w+|\*\*\*)" checked', form))
    sent |= {"time_zone": "America/New_York", "invitation": ""}
    for box in ("first_subhead_printed", "tells_declined"):
        sent.pop(box)
    desk.post("/desk/settings", data={name: html.unescape(text) for name, text in sent.items()})
    assert "Nothing was changed." in desk.get("/desk/settings").text
    assert column_of(store).version == before.version


@pytest.mark.parametrize("field", WRONG)
def test_each_field_says_what_is_wrong_and_nothing_is_saved(log_in, store, field) -> None:
    sent = {**RULES, field: WRONG[field], "version": column_of(store).version}
    answer = log_in("chief").post("/desk/settings", data=sent)
    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)-error"', answer.text) == [field]
    assert f'href="#{field}"' in answer.text
    assert 'value="The Meridian Ledger"' in answer.text or field == "publication"
    assert column_of(store).name == "We Hear You"


def test_all_that_is_wrong_is_told_at_once(log_in, store) -> None:
    answer = log_in("chief").post("/desk/settings", data={**WRONG, "version": 1})
    told = re.findall(r'id="(\w+)-error"', answer.text)
    assert sorted(told) == sorted(WRONG)
    assert "{0.__class__}" in answer.text
    assert "&lt;hr&gt;" not in answer.text  # a choice that there is not is not drawn


def test_a_stale_save_is_told_and_both_stand_side_by_side(log_in, store) -> None:
    desk, version = log_in("chief"), column_of(store).version
    desk.post("/desk/settings", data={**RULES, "version": version})
    mine = {**RULES, "publication": "The Other Ledger", "version": version}
    answer = desk.post("/desk/settings", data=mine)
    assert answer.status_code == 409
    assert "Somebody else saved while you were writing." in answer.text
    assert 'value="The Other Ledger"' in answer.text
    assert "<q>The Meridian Ledger</q>" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    again = desk.post("/desk/settings", data={**mine, "version": version})
    assert again.status_code == 303
    assert column_of(store).publication == "The Other Ledger"


@pytest.mark.parametrize("role", ["reader_editor", "editor", "publisher"])
def test_settings_are_a_chiefs(log_in, store, role) -> None:
    desk = log_in(role)
    for path in ("/desk/settings", "/desk/setup", "/desk/settings/articles"):
        assert desk.get(path).status_code == 403
        assert desk.post(path, data={**RULES, "version": 1}).status_code == 403
    assert column_of(store).name == "We Hear You"
    assert 'href="/desk/settings"' not in desk.get("/desk/articles/").text


def test_nobody_gets_there_without_a_log_in(client) -> None:
    for path in ("/desk/settings", "/desk/setup", "/desk/settings/articles"):
        assert client.get(path).status_code == 303
        assert client.post(path, data=RULES).status_code == 401


def test_who_changed_which_rules_is_in_the_log_without_the_words(log_in, store, caplog) -> None:
    desk = log_in("chief")
    with caplog.at_level("INFO", "feedback.desk.settle"):
        desk.post("/desk/settings", data={**RULES, "version": column_of(store).version})
    (line,) = [r.getMessage() for r in caplog.records if r.name == "feedback.desk.settle"]
    assert f"account {desk.account.id}" in line
    assert "'verification_policy'" in line
    assert "letters@ledger.example" not in line


def test_another_site_is_looked_at_anew(log_in, store, clock) -> None:
    a_column(
        store,
        site_url="https://old.example",
        articles_url="https://old.example/feed",
        articles_kind="feed",
        articles_read_at=clock.now,
        articles_problem="x",
    )
    sent = {**RULES, "articles_url": "https://old.example/feed"}
    log_in("chief").post("/desk/settings", data={**sent, "version": column_of(store).version})
    column = column_of(store)
    assert (column.articles_url, column.articles_kind, column.articles_problem) == ("", "", "")
    assert column.articles_read_at is None


def test_the_environment_is_shown_with_its_secrets_masked(log_in, newsroom) -> None:
    page = log_in("chief").get("/desk/settings").text
    assert "FEEDBACK_SECRET_KEY" in page
    assert "FEEDBACK_FETCH_ALLOW" in page
    assert newsroom.settings.secret_key not in page


def test_the_state_of_the_articles_is_told_in_words(log_in, store, clock) -> None:
    desk = log_in("chief")

    def told() -> str:
        return " ".join(desk.get("/desk/settings/articles").text.split())

    assert "No site is read" in told()
    a_column(store, site_url="https://ledger.example")
    assert "is about to be read" in told()
    assert 'data-again="/desk/settings/articles"' in told()
    a_column(store, articles_read_at=clock.now)
    assert "Your site is being read." in told()
    a_column(store, articles_problem="ledger.example does not answer.")
    assert "ledger.example does not answer." in told()
    assert "Last tried Nov. 9, 9:30 a.m." in told()
    a_column(
        store,
        articles_problem="",
        articles_kind="wordpress",
        articles_url="https://ledger.example/wp-json/wp/v2/posts",
    )
    assert "WordPress’s own list at https://ledger.example/wp-json/wp/v2/posts" in told()
    assert "data-again" not in told()


def test_a_chief_lets_the_site_be_read_at_once(log_in, store, clock) -> None:
    desk = log_in("chief")
    assert desk.post("/desk/settings/articles").status_code == 422
    a_column(store, site_url="https://ledger.example", articles_read_at=clock.now)
    version = column_of(store).version
    assert desk.post("/desk/settings/articles").status_code == 303
    column = column_of(store)
    assert (column.articles_read_at, column.version) == (None, version)
