"""The form in a frame under an article: who may frame it; what is sent without a cookie."""

from datetime import timedelta
from html import unescape
from re import findall

import pytest

from feedback.domain.state import State
from feedback.store import columns
from tests.channel.reader import LETTER
from tests.factories import an_article


@pytest.fixture
def browser(app_with_csrf):
    """A browser that keeps no cookie of ours, as in a frame of another site."""
    return app_with_csrf.test_client(use_cookies=False)


@pytest.fixture
def site(store, newsroom):
    """The newsroom's own site."""
    with store.work() as work:
        columns.first(work).site_url = "https://news.example.com/"
    newsroom.forget_column()


def hidden_of(page):
    found = findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_the_script_is_for_every_site_and_may_be_kept_for_an_hour(browser):
    answer = browser.get("/embed.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers


def test_only_the_houses_own_sites_may_frame_the_form(browser, site):
    policy = browser.get("/embed/new").headers["Content-Security-Policy"]
    assert "frame-ancestors https://news.example.com" in policy
    assert (
        "frame-ancestors 'none'" in browser.get("/letters/new").headers["Content-Security-Policy"]
    )


def test_without_a_site_nobody_may(browser, newsroom):
    policy = browser.get("/embed/new").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy


def test_a_letter_is_taken_without_any_cookie(browser, site, store, stored, clock):
    an_article(store, "Who Pays for the Levee?")
    page = browser.get("/embed/new?article=Who+Pays+for+the+Levee%3F")
    assert "Set-Cookie" not in page.headers
    clock.advance(timedelta(seconds=5))
    answer = browser.post("/embed", data=hidden_of(page.text) | LETTER)
    assert answer.status_code == 303
    (letter,) = stored()
    assert letter.state is State.RECEIVED
    arrived = browser.get(answer.location)
    assert letter.ref in arrived.text
    assert 'target="_blank"' in arrived.text
    assert arrived.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["", "nonsense", "MTc2.abc"])
def test_a_form_that_is_not_ours_is_shown_again_with_all_that_was_typed(
    browser, site, stored, clock, token
):
    sent = hidden_of(browser.get("/embed/new").text) | LETTER | {"csrf_token": token}
    clock.advance(timedelta(seconds=5))
    answer = browser.post("/embed", data=sent)
    assert answer.status_code == 400
    assert LETTER["remarks"] in unescape(answer.text)
    assert 'action="/embed"' in answer.text
    assert stored() == []


def test_a_form_that_was_open_for_two_hours_is_shown_again(browser, site, stored, clock):
    sent = hidden_of(browser.get("/embed/new").text) | LETTER
    clock.advance(timedelta(hours=2))
    assert browser.post("/embed", data=sent).status_code == 400
    assert stored() == []


def test_the_time_of_one_form_is_no_token_of_another(browser, site, stored, clock):
    hidden = hidden_of(browser.get("/embed/new").text)
    clock.advance(timedelta(seconds=5))
    answer = browser.post("/embed", data=hidden | LETTER | {"csrf_token": hidden["made"]})
    assert answer.status_code == 400
    assert stored() == []


@pytest.mark.parametrize("path", ["/embed/sent/x", "/embed/sent/%00", "/embed/sent/" + "a" * 900])
def test_a_link_that_opens_nothing_is_not_found(browser, path):
    assert browser.get(path).status_code == 404
