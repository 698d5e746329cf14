"""The desk's articles: found, added by hand, mended, with the letters that answer them."""

import html
import re
from datetime import date, timedelta

import pytest

from feedback.domain.article import Article, ArticleKind
from feedback.store import articles
from tests.factories import a_column, a_letter, an_article


def only_article(store) -> Article:
    with store.read() as work:
        (article,) = articles.page(work).rows
        _ = article.addresses
        return article


TYPED = {
    "headline": "Town Library to Cut Sunday Hours",
    "url": "https://ledger.example/2026/03/02/library/?utm_source=x",
    "author": "Nora Quill",
    "kind": "commentary",
    "published_on": "2026-03-02",
}


def test_the_list_has_headline_author_day_and_letters(log_in, store) -> None:
    article = an_article(store, "Who Pays for the Levee?", author="Sam Pressman")
    a_letter(store, article=article)
    a_letter(store, article=article)
    page = log_in("reader_editor").get("/desk/articles/").text
    assert "Who Pays for the Levee?" in page
    assert "Sam Pressman" in page
    assert "Nov. 6, 2026" in page
    assert f'href="/desk/?state=all&amp;article={article.id}">2 letters</a>' in page


def test_headlines_are_searched(log_in, store) -> None:
    an_article(store, "Who Pays for the Levee?")
    an_article(store, "Phones Out of the Classroom")
    desk = log_in()
    found = desk.get("/desk/articles/?q=levee").text
    assert "Who Pays for the Levee?" in found
    assert "Phones Out" not in found
    assert "No headline has these words" in desk.get("/desk/articles/?q=zebra").text


@pytest.mark.parametrize(
    "q", ["' OR 1=1--", '"', "a AND", "NEAR(", "headline:x", "\x00", "x" * 5000]
)
def test_words_that_mean_something_to_a_database_are_words(log_in, store, q) -> None:
    an_article(store)
    assert log_in().get("/desk/articles/", query_string={"q": q}).status_code == 200


def test_the_list_goes_on_where_the_page_before_ended_the_newest_first(log_in, store) -> None:
    with store.work() as work:
        for number in range(120):  # three a day, and every tenth without a day
            day = date(2026, 1, 1) + timedelta(number // 3) if number % 10 else None
            an_article(work, f"Story Number {number:03} of Many", published_on=day)
    desk, address, shown = log_in(), "/desk/articles/", []
    while address:
        page = desk.get(address).text
        shown.append(re.findall(r"Story Number (\d{3})", page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(following[1]) if following else None
    assert [len(some) for some in shown] == [50, 50, 20]
    order = [int(number) for some in shown for number in some]
    dated = [number for number in range(119, -1, -1) if number % 10]
    assert order == dated + list(range(110, -1, -10))


def test_a_cursor_that_is_not_ours_is_refused(log_in, store) -> None:
    for cursor in ("x", "7", "é", "MjAyNi0xMS0wMXw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        answer = log_in().get("/desk/articles/", query_string={"after": cursor})
        assert answer.status_code == 422


def test_an_article_is_added_by_hand(log_in, store) -> None:
    answer = log_in().post("/desk/articles/", data=TYPED)
    assert (answer.status_code, answer.location) == (303, "/desk/articles/")
    article = only_article(store)
    assert article.headline == "Town Library to Cut Sunday Hours"
    assert article.kind is ArticleKind.COMMENTARY
    assert article.published_on == date(2026, 3, 2)
    assert [a.canonical for a in article.addresses] == ["https://ledger.example/2026/03/02/library"]
    with store.read() as work:  # so that a reader's headline finds it
        assert articles.candidates(work, ["library", "sunday"])


def test_every_field_says_what_is_wrong_and_keeps_what_was_typed(log_in, store) -> None:
    wrong = {"headline": "", "url": "javascript:alert(1)", "author": "x" * 201, "kind": "poem"}
    answer = log_in().post("/desk/articles/", data={**wrong, "published_on": "yesterday"})
    assert answer.status_code == 422
    for field in TYPED:
        assert f'id="{field}-error"' in answer.text
        assert f'href="#{field}"' in answer.text
    assert 'value="javascript:alert(1)"' in answer.text
    with store.read() as work:
        assert articles.page(work).rows == []


def test_an_address_that_is_known_is_not_added_twice(log_in, store) -> None:
    an_article(store, "Library", url="https://ledger.example/2026/03/02/library")
    answer = log_in().post("/desk/articles/", data=TYPED)
    assert answer.status_code == 422
    assert "This address is known already, as “Library”." in answer.text


def test_an_article_is_mended_and_keeps_the_addresses_it_was_known_by(log_in, store, clock) -> None:
    article = an_article(store, "Libary", url="https://ledger.example/old")
    desk = log_in()
    assert 'value="Libary"' in desk.get(f"/desk/articles/{article.id}").text
    answer = desk.post(f"/desk/articles/{article.id}", data={**TYPED, "version": article.version})
    assert answer.status_code == 303
    mended = only_article(store)
    assert mended.headline == TYPED["headline"]
    assert mended.mended_at == clock.now
    assert {a.canonical for a in mended.addresses} == {
        "https://ledger.example/old",
        "https://ledger.example/2026/03/02/library",
    }
    with store.read() as work:
        assert articles.page(work, "library").rows
        assert not articles.page(work, "libary").rows


def test_a_stale_save_is_told_and_nothing_typed_is_lost(log_in, store) -> None:
    article = an_article(store, "Libary")
    desk = log_in()
    desk.post(f"/desk/articles/{article.id}", data={**TYPED, "version": article.version})
    mine = {**TYPED, "headline": "Library Loses Its Sundays", "version": article.version}
    answer = desk.post(f"/desk/articles/{article.id}", data=mine)
    assert answer.status_code == 409
    assert "Somebody else saved while you were writing." in answer.text
    assert 'value="Library Loses Its Sundays"' in answer.text
    assert "<q>Town Library to Cut Sunday Hours</q>" in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert (
        desk.post(f"/desk/articles/{article.id}", data={**mine, "version": version}).status_code
        == 303
    )
    assert only_article(store).headline == "Library Loses Its Sundays"


def test_a_page_without_its_version_saves_nothing(log_in, store) -> None:
    article = an_article(store, "Libary")
    for version in ("", "x", "-1", "9" * 30):
        answer = log_in().post(f"/desk/articles/{article.id}", data={**TYPED, "version": version})
        assert answer.status_code == 422
    assert only_article(store).headline == "Libary"


def test_nobody_who_is_not_logged_in_sees_or_changes_articles(client, store) -> None:
    article = an_article(store)
    for path in ("/desk/articles/", f"/desk/articles/{article.id}"):
        assert client.get(path).status_code == 303
        assert client.post(path, data={**TYPED, "version": 1}).status_code == 401
    assert only_article(store).headline == article.headline


def test_what_is_not_there_is_told(log_in) -> None:
    desk = log_in()
    for number in ("0", "999", "9" * 30):
        assert desk.get(f"/desk/articles/{number}").status_code == 404
        assert desk.post(f"/desk/articles/{number}", data=TYPED).status_code == 404


def test_an_empty_list_says_where_articles_come_from(log_in, store) -> None:
    desk = log_in()
    assert "once its address stands in the settings" in desk.get("/desk/articles/").text
    a_column(store, site_url="https://ledger.example")


def test_a_form_without_its_token_is_refused(app_with_csrf, log_in, store) -> None:
    desk = log_in(app=app_with_csrf)
    assert desk.post("/desk/articles/", data=TYPED).status_code == 400
    page = desk.get("/desk/articles/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    assert desk.post("/desk/articles/", data={**TYPED, "csrf_token": token}).status_code == 303


def test_a_headline_is_text_and_no_markup(log_in, store) -> None:
    log_in().post("/desk/articles/", data={**TYPED, "headline": "<script>x</script>{{7*7}}"})
    page = log_in().get("/desk/articles/").text
    assert "&lt;script&gt;x&lt;/script&gt;{{7*7}}" in page
    assert "<script>x" not in page
