"""A site says where its articles are listed, in its head, in robots.txt, at usual places."""

import pytest

from feedback.articles.fetch import Fetcher
from feedback.articles.find import find
from feedback.articles.read import Source, read_source
from feedback.domain.errors import Refused, Unreachable
from feedback.reading.article_list import ListKind
from tests.articles import ledger
from tests.articles.site import Page, a_site


def test_wordpress_is_asked_first_and_is_enough() -> None:
    with a_site() as site:
        site.pages |= ledger.wordpress(site, 3)
        site.pages["/feed/"] = ledger.rss(site)
        found = find(site.url, site.fetcher().get)
        assert found == [Source(f"{site.url}/wp-json/wp/v2/posts", ListKind.WORDPRESS)]
        assert "/feed/" not in site.asked


def test_the_feed_of_the_head_comes_before_the_sitemap_of_robots() -> None:
    with a_site() as site:
        site.pages |= {
            "/": '<head><link rel="alternate" type="application/rss+xml" href="/all.xml"></head>',
            "/all.xml": ledger.rss(site),
            "/robots.txt": "User-agent: *\nSitemap: /maps/one.xml\n",
            "/maps/one.xml": ledger.sitemap(site),
        }
        assert find(site.url, site.fetcher().get) == [
            Source(f"{site.url}/all.xml", ListKind.FEED),
            Source(f"{site.url}/maps/one.xml", ListKind.SITEMAP),
        ]


@pytest.mark.parametrize("path", ["/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml"])
def test_feeds_are_tried_at_their_usual_places(path: str) -> None:
    with a_site({"/": "<p>Hello</p>"}) as site:
        site.pages[path] = ledger.rss(site)
        assert find(site.url, site.fetcher().get) == [Source(site.url + path, ListKind.FEED)]


@pytest.mark.parametrize("path", ["/news-sitemap.xml", "/sitemap.xml", "/wp-sitemap.xml"])
def test_sitemaps_are_tried_at_their_usual_places(path: str) -> None:
    with a_site({"/": "<p>Hello</p>"}) as site:
        site.pages[path] = ledger.sitemap(site)
        assert find(site.url, site.fetcher().get) == [Source(site.url + path, ListKind.SITEMAP)]


def test_an_error_page_that_answers_200_is_no_feed() -> None:
    with a_site({"/": "<html>Hello"}) as site:
        for path in ("/feed/", "/rss.xml", "/sitemap.xml", "/wp-json/wp/v2/posts", "/robots.txt"):
            site.pages[path] = "<html><body>Nothing found, but 200"
        assert find(site.url, site.fetcher().get) == []


def test_the_address_of_a_feed_may_be_given_for_the_site() -> None:
    with a_site() as site:
        site.pages["/feed"] = ledger.rss(site)
        found = find(f"{site.url}/feed", site.fetcher().get)
        assert found == [Source(f"{site.url}/feed", ListKind.FEED)]


def test_a_link_into_a_private_network_is_passed_over() -> None:
    with a_site({"/": "inner"}) as inner, a_site() as site:
        head = f'<link rel="alternate" type="application/rss+xml" href="{inner.url}/feed">'
        site.pages |= {"/": head, "/rss": ledger.rss(site)}
        site.pages["/robots.txt"] = f"Sitemap: {inner.url}/sitemap.xml"
        assert find(site.url, site.fetcher().get) == [Source(f"{site.url}/rss", ListKind.FEED)]
        assert inner.asked == []


def test_a_site_that_may_not_be_read_or_is_down_is_said_so() -> None:
    down: Page = (503, {}, b"")
    with a_site({"/": down}) as site, pytest.raises(Unreachable, match=r"an error \(503\)"):
        find(site.url, site.fetcher().get)
    with pytest.raises(Unreachable):  # the server has gone
        find(site.url, site.fetcher().get)
    with a_site({"/": "inner"}) as site, pytest.raises(Refused, match="private network"):
        find(site.url, Fetcher().get)


def test_a_site_that_stops_to_answer_is_not_asked_a_dozen_times() -> None:
    with a_site({"/": "<p>Hello</p>"}) as site:

        def hang_up(handler) -> None:
            handler.close_connection = True

        for path in ("/wp-json/wp/v2/posts", "/feed/", "/rss.xml", "/rss", "/feed.xml"):
            site.pages[path] = hang_up
        with pytest.raises(Unreachable):
            find(site.url, site.fetcher().get)
        assert len(site.asked) == 3


def test_the_posts_of_wordpress_are_read_over_all_pages_up_to_the_most() -> None:
    with a_site() as site:
        site.pages |= ledger.wordpress(site, 250)
        url = f"{site.url}/wp-json/wp/v2/posts"
        get = site.fetcher().get
        assert [len(rows) for _kind, rows in read_source(url, get, 1000)] == [100, 100, 50]
        assert [len(rows) for _kind, rows in read_source(url, get, 100)] == [100]


def test_an_index_leads_to_its_sitemaps_and_one_that_is_broken_stops_nothing() -> None:
    with a_site() as site:
        site.pages |= {
            "/sitemap.xml": f"<sitemapindex><sitemap><loc>{site.url}/gone.xml</loc></sitemap>"
            f"<sitemap><loc>{site.url}/posts.xml</loc></sitemap></sitemapindex>",
            "/posts.xml": ledger.sitemap(site),
        }
        read = list(read_source(f"{site.url}/sitemap.xml", site.fetcher().get, 100))
        assert [len(rows) for _kind, rows in read] == [0, 3]


def test_what_is_no_list_is_told() -> None:
    with a_site({"/": "<html>"}) as site, pytest.raises(Refused, match="web page, not a feed"):
        list(read_source(site.url, site.fetcher().get, 100))
