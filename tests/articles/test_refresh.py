"""The worker reads the newsroom's site: all of it the first time, then what is new."""

from datetime import date, timedelta

import pytest

from feedback.articles.refresh import NOTHING_FOUND, refresh
from feedback.articles.take import Taken, take_all
from feedback.domain.article import Article
from feedback.domain.column import Column
from feedback.reading.article_row import ArticleRow
from feedback.store import articles, columns, site_reading
from tests.articles import ledger
from tests.articles.site import a_site
from tests.factories import a_column, an_article


def column_of(store) -> Column:
    with store.read() as work:
        return columns.first(work)


def headlines(store) -> dict[str, str | None]:
    with store.read() as work:
        return {a.headline: a.author for a in articles.page(work).rows}


def row(url: str | None, headline: str, **more) -> ArticleRow:
    values = {"author": None, "published_on": None, "line": 1, **more}
    return ArticleRow(url, headline, **values)


def test_new_articles_are_added_known_ones_updated_the_same_left(store) -> None:
    url = "https://ledger.example/2026/03/02/library/"
    assert take_all(store, [row(url, "Library"), row(None, "Print Only")]) == Taken(added=2)
    again = [
        row(f"{url}?utm_source=x", "Library to Close", author="Nora Quill"),
        row(None, "Print Only"),
    ]
    assert take_all(store, again) == Taken(updated=1, skipped=1)
    assert headlines(store) == {"Library to Close": "Nora Quill", "Print Only": None}


def test_what_a_row_lacks_takes_nothing_away(store) -> None:
    url = "https://ledger.example/library"
    day = date(2026, 3, 2)
    take_all(store, [row(url, "Library", author="Nora Quill", published_on=day)])
    assert take_all(store, [row(url, "Library")]) == Taken(skipped=1)


def test_a_guessed_headline_stands_until_the_real_one_comes_and_never_replaces_it(store) -> None:
    url = "https://ledger.example/2026/03/02/town-library-to-cut-hours/"
    guess = row(url, "Town Library to Cut Hours", is_guessed=True)
    real = row(url, "Town Library to Cut “Sunday” Hours")
    assert take_all(store, [guess]) == Taken(added=1)
    assert take_all(store, [real]) == Taken(updated=1)
    assert take_all(store, [guess]) == Taken(skipped=1)
    assert list(headlines(store)) == ["Town Library to Cut “Sunday” Hours"]


def test_reading_the_site_leaves_what_an_editor_corrected_an_import_does_not(store) -> None:
    url = "https://ledger.example/library"
    article = an_article(store, "Libary", url=url)
    with store.work() as work:
        known = work.session.get_one(Article, article.id)
        known.headline, known.mended_at = "Library", work.now
    assert take_all(store, [row(url, "Libary")], keeps_edits=True) == Taken(skipped=1)
    assert take_all(store, [row(url, "Libary")]) == Taken(updated=1)


def test_more_than_a_batch_is_taken_in_several_transactions(store) -> None:
    some = [row(f"https://ledger.example/story-{n}", f"Story {n}") for n in range(250)]
    assert take_all(store, some) == Taken(added=250)
    assert take_all(store, some) == Taken(skipped=250)


def test_nothing_is_due_where_no_site_is_known(store) -> None:
    def nobody(_url: str):
        raise AssertionError

    assert refresh(store, nobody) is None


def test_the_first_reading_finds_the_lists_and_takes_the_real_headlines(store, clock) -> None:
    with a_site({"/": "<p>Hello</p>"}) as site:
        some = (*ledger.HEADLINES, "A Story of Old Days")
        site.pages["/rss"] = ledger.rss(site, some[:2])
        site.pages["/sitemap.xml"] = ledger.sitemap(site, some)
        a_column(store, site_url=site.url)
        version = column_of(store).version
        assert refresh(store, site.fetcher().get) == Taken(added=4, updated=2)
        assert headlines(store) == {
            "Town Library to Cut Sunday Hours": "Nora Quill",
            "Who Pays for the Levee?": "Nora Quill",
            "Snow Plows Idle": None,
            "A Story of Old Days": None,
        }
        column = column_of(store)
        assert (column.articles_url, column.articles_kind) == (f"{site.url}/rss", "feed")
        assert (column.articles_read_at, column.articles_problem) == (clock.now, "")
        # An editor who has the settings open is not told that somebody else changed them.
        assert column.version == version


def test_a_quarter_of_an_hour_later_the_newest_are_read_again(store, clock) -> None:
    with a_site({"/": "<p>Hello</p>"}) as site:
        site.pages["/rss"] = ledger.rss(site)
        a_column(store, site_url=site.url)
        refresh(store, site.fetcher().get)
        site.asked.clear()
        clock.advance(timedelta(minutes=14))
        assert refresh(store, site.fetcher().get) is None
        clock.advance(timedelta(minutes=1))
        site.pages["/rss"] = ledger.rss(site, ("Ferry Returns", *ledger.HEADLINES))
        assert refresh(store, site.fetcher().get) == Taken(added=1, skipped=3)
        assert site.asked == ["/rss"]


def test_the_latest_thousand_are_read_the_first_time_the_latest_hundred_then(store, clock) -> None:
    with a_site() as site:
        site.pages |= ledger.wordpress(site, 1100)
        a_column(store, site_url=site.url)
        assert refresh(store, site.fetcher().get) == Taken(added=1000)
        clock.advance(timedelta(minutes=15))
        assert refresh(store, site.fetcher().get) == Taken(skipped=100)


@pytest.mark.parametrize(
    ("home", "problem"),
    [("<p>Hello</p>", NOTHING_FOUND), ((500, {}, b""), "The site answers with an error (500).")],
)
def test_a_problem_is_noted_in_words_and_tried_again(store, clock, home, problem) -> None:
    with a_site({"/": home}) as site:
        a_column(store, site_url=site.url)
        assert refresh(store, site.fetcher().get) == Taken()
        assert column_of(store).articles_problem == problem
        site.pages |= {"/": "<p>Hello</p>", "/rss": ledger.rss(site)}
        clock.advance(timedelta(minutes=15))
        assert refresh(store, site.fetcher().get) == Taken(added=3)
        assert column_of(store).articles_problem == ""


def test_the_newest_article_stands_on_top_of_the_desks_list(store) -> None:
    with a_site() as site:
        site.pages |= ledger.wordpress(site, 120)
        a_column(store, site_url=site.url)
        refresh(store, site.fetcher().get)
        assert next(iter(headlines(store))) == "Story Number 0 of the Town"


def test_what_was_read_before_a_site_fell_silent_is_kept(store) -> None:
    with a_site() as site:
        site.pages |= ledger.wordpress(site, 120)
        second = next(path for path in site.pages if "page=2" in path)
        site.pages[second] = lambda handler: setattr(handler, "close_connection", True)
        a_column(store, site_url=site.url)
        assert refresh(store, site.fetcher().get) == Taken(added=100)
        column = column_of(store)
        # Without a kind the latest thousand are asked for once more.
        assert (column.articles_problem, column.articles_kind) == ("127.0.0.1 does not answer.", "")


def test_a_private_site_is_not_read_and_the_settings_say_why(store) -> None:
    from feedback.articles.fetch import Fetcher

    with a_site({"/": "inner"}) as site:
        a_column(store, site_url=site.url)
        assert refresh(store, Fetcher().get) == Taken()
        assert "private network" in column_of(store).articles_problem
        assert site.asked == []


def test_what_nobody_foresaw_is_noted_and_ends_nothing(store, caplog) -> None:
    def broken(_url: str):
        raise RuntimeError("a secret of the site")

    a_column(store, site_url="https://ledger.example")
    assert refresh(store, broken) == Taken()
    assert "not foreseen" in column_of(store).articles_problem


def test_an_address_that_was_typed_is_read_whatever_it_is(store) -> None:
    with a_site() as site:
        site.pages["/my-list"] = ledger.rss(site)
        a_column(store, site_url=site.url, articles_url=f"{site.url}/my-list")
        assert refresh(store, site.fetcher().get) == Taken(added=3)
        assert column_of(store).articles_kind == "feed"


def test_settings_changed_meanwhile_are_not_overwritten(store) -> None:
    with a_site({"/": "<p>Hello</p>"}) as site:
        site.pages["/rss"] = ledger.rss(site)
        a_column(store, site_url=site.url)
        with store.work() as work:
            due = site_reading.claim(work, work.now)
        a_column(store, site_url="https://other.example")
        with store.work() as work:
            site_reading.note(work, due, f"{site.url}/rss", "feed", "")
        assert column_of(store).articles_url == ""


def test_two_workers_do_not_read_the_same_site(store) -> None:
    a_column(store, site_url="https://ledger.example")
    with store.work() as work:
        assert site_reading.claim(work, work.now - timedelta(minutes=15)) is not None
    with store.work() as work:
        assert site_reading.claim(work, work.now - timedelta(minutes=15)) is None
        site_reading.ask_again(work, 1)
    with store.work() as work:
        assert site_reading.claim(work, work.now - timedelta(minutes=15)) is not None
