"""Articles in the store: one for each address, however many processes bring it."""

import threading
from datetime import date

import pytest
from sqlalchemy import func, select

from feedback.domain.article import Article, ArticleKind
from feedback.domain.errors import NotFound
from feedback.store import articles, search
from feedback.store.work import Store
from tests.factories import a_letter, an_article

URL = "https://news.example.com/a"


def number(store):
    with store.read() as work:
        return work.session.scalar(select(func.count()).select_from(Article))


def test_the_same_address_updates(store):
    first = an_article(store, "First", url=URL, author="Jo Byline")
    again = an_article(store, "Second", url=URL, author=None, published_on=None)
    assert again.id == first.id
    assert number(store) == 1
    with store.read() as work:
        article = articles.by_id(work, first.id)
        assert (article.headline, article.author) == ("Second", "Jo Byline")
        assert article.published_on == date(2026, 11, 6)
        assert [a.id for a in articles.page(work, q="second").rows] == [first.id]
        assert articles.page(work, q="first").rows == []
        assert articles.by_address(work, URL).id == first.id
        assert articles.by_address(work, URL + "x") is None


def test_an_article_may_have_no_address(store):
    with store.work() as work:
        ids = {articles.put(work, None, None, "Print Only", None, None)[0].id for _ in range(2)}
    assert len(ids) == 2


def test_a_kind_stays_until_another_is_given(store):
    an_article(store, url=URL, kind=ArticleKind.INTERVIEW)
    assert an_article(store, url=URL).kind is ArticleKind.INTERVIEW
    assert an_article(store, url=URL, kind=ArticleKind.STORY).kind is ArticleKind.STORY


@pytest.mark.parametrize("given", [0, -1, 999, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_is_none_of_ours(store, given):
    with store.read() as work, pytest.raises(NotFound):
        articles.by_id(work, given)


def test_letters_are_counted(store):
    one, other = an_article(store), an_article(store)
    for _ in range(3):
        a_letter(store, article=one)
    with store.read() as work:
        counts = articles.letter_counts(work, [one.id, other.id, 999])
        assert [counts[i].number for i in (one.id, other.id, 999)] == [3, 0, 0]


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_two_processes_bring_the_same_article(store):
    """Both import the same feed: the slower one finds the article of the faster one."""
    mine, other = store, Store(store.engine, store.keys, store.clock)
    has_looked, is_stored = threading.Event(), threading.Event()
    found = {}

    def bring():
        with other.work() as work:
            assert articles.by_address(work, URL) is None
            has_looked.set()
            is_stored.wait(10)
            found["other"] = articles.put(work, URL, URL, "Theirs", None, None)

    thread = threading.Thread(target=bring)
    thread.start()
    has_looked.wait(10)
    with mine.work() as work:
        article, is_new = articles.put(work, URL, URL, "Ours", None, None)
        is_stored.set()
        threading.Event().wait(0.2)  # the other one waits for our transaction now
    thread.join(10)
    assert is_new
    assert found["other"][0].id == article.id
    assert not found["other"][1]
    assert number(store) == 1


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_two_workers_index_the_same_letter(store):
    letter = a_letter(store)
    other = Store(store.engine, store.keys, store.clock)

    def index():
        with other.work() as work:
            search.put(work, search.LETTER_SEARCH, letter.id, "later words")

    with store.work() as work:
        search.put(work, search.LETTER_SEARCH, letter.id, "first words")
        thread = threading.Thread(target=index)
        thread.start()
        threading.Event().wait(0.1)
    thread.join(10)
    with store.read() as work:
        body = work.session.scalar(select(search.LETTER_SEARCH.c.body))
    assert body == "later words"
