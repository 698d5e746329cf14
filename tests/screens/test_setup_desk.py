"""The first start: a chief is asked once what a newsroom needs; nobody is held up by it."""

import re

import pytest

from feedback.articles.refresh import refresh
from feedback.domain.column import Column
from feedback.store import articles, columns
from tests.articles import ledger
from tests.articles.site import a_site
from tests.factories import a_column

ANSWERS = {
    "publication": "The Meridian Ledger",
    "site_url": "https://ledger.example",
    "address": "letters@ledger.example",
    "signed_by": "Lena Ortiz",
    "sender": "",
}


@pytest.fixture
def fresh(store) -> Column:
    """A column about which nobody has been asked."""
    return a_column(store, set_up_at=None)


def column_of(store) -> Column:
    with store.read() as work:
        return columns.first(work)


def test_a_chief_is_led_to_the_questions_once_after_the_log_in(log_in, fresh) -> None:
    desk = log_in("chief")
    answer = desk.get("/desk/")
    assert (answer.status_code, answer.location) == (303, "/desk/setup")
    page = desk.get("/desk/setup").text
    for name in ANSWERS:
        assert f'name="{name}"' in page
    assert desk.get("/desk/").status_code == 200  # “Later” leads to the queue


@pytest.mark.parametrize("role", ["reader_editor", "editor", "publisher"])
def test_others_are_not_led_there(log_in, fresh, role) -> None:
    assert log_in(role).get("/desk/").status_code == 200


def test_other_pages_are_open_to_a_chief_all_the_while(log_in, fresh) -> None:
    desk = log_in("chief")
    for path in ("/desk/articles/", "/desk/settings", "/desk/?state=approved"):
        assert desk.get(path).status_code == 200


def test_the_answers_are_saved_and_not_asked_for_again(log_in, store, fresh, clock) -> None:
    desk = log_in("chief")
    answer = desk.post("/desk/setup", data={**ANSWERS, "version": fresh.version})
    assert (answer.status_code, answer.location) == (303, "/desk/settings#articles")
    column = column_of(store)
    assert {name: getattr(column, name) for name in ANSWERS} == ANSWERS
    assert column.set_up_at == clock.now
    page = desk.get("/desk/settings").text
    assert "Your site is being read for its articles" in page
    assert log_in("chief").get("/desk/").status_code == 200


def test_a_newsroom_without_a_site_is_taken_as_well(log_in, store, fresh) -> None:
    answer = log_in("chief").post(
        "/desk/setup", data={**ANSWERS, "site_url": "", "version": fresh.version}
    )
    assert answer.status_code == 303
    assert column_of(store).set_up_at is not None


def test_a_wrong_answer_is_told_beside_its_field(log_in, store, fresh) -> None:
    wrong = {**ANSWERS, "address": "nowhere", "site_url": "file:///etc/passwd"}
    answer = log_in("chief").post("/desk/setup", data={**wrong, "version": fresh.version})
    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)-error"', answer.text) == ["site_url", "address"]
    assert 'value="nowhere"' in answer.text
    assert column_of(store).set_up_at is None


def test_two_chiefs_at_once_lose_nothing(log_in, store, fresh) -> None:
    log_in("chief").post("/desk/setup", data={**ANSWERS, "version": fresh.version})
    mine = {**ANSWERS, "publication": "The Other Ledger", "version": fresh.version}
    answer = log_in("chief").post("/desk/setup", data=mine)
    assert answer.status_code == 409
    assert 'value="The Other Ledger"' in answer.text
    assert "<q>The Meridian Ledger</q>" in answer.text


def test_the_questions_are_no_way_to_become_a_chief(client, fresh, store) -> None:
    assert client.get("/desk/setup").location.startswith("/desk/login")
    assert client.post("/desk/setup", data=ANSWERS).status_code == 401
    assert column_of(store).set_up_at is None


def test_from_the_answers_to_the_articles(log_in, store, fresh) -> None:
    """The whole way: the chief answers, the worker reads, the settings tell."""
    desk = log_in("chief")
    with a_site({"/": "<p>Hello</p>"}) as site:
        site.pages["/feed/"] = ledger.rss(site)
        desk.post("/desk/setup", data={**ANSWERS, "site_url": site.url, "version": fresh.version})
        assert "is about to be read" in desk.get("/desk/settings").text
        refresh(store, site.fetcher().get)
    with store.read() as work:
        assert len(articles.page(work).rows) == 3
    told = " ".join(desk.get("/desk/settings").text.split())
    assert "3 articles are known." in told
    assert f"The feed at {site.url}/feed/ is read every quarter of an hour" in told


def test_an_address_inside_the_house_is_told_on_the_settings_page(log_in, store, fresh) -> None:
    from feedback.articles.fetch import Fetcher

    desk = log_in("chief")
    inside = {**ANSWERS, "site_url": "http://127.0.0.1:9", "version": fresh.version}
    assert desk.post("/desk/setup", data=inside).status_code == 303
    refresh(store, Fetcher().get)
    assert "lies in a private network" in desk.get("/desk/settings").text
