"""Lists of articles are known by their content, read with care, their bad rows told."""

import contextlib
import json
import time
from datetime import date

import pytest

from feedback.reading.article_list import ListKind, NotAList, read_list
from feedback.reading.article_row import BadValue, day_of, headline_from, looks_like_article

URL = "https://www.dailysignal.com/2024/02/01/biden-admin-launches-narcotics-working-group/"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Meridian Ledger</title><link>https://ledger.example/</link>
<item><title>Town Library to Cut &amp;#8216;Sunday&amp;#8217; Hours</title>
<link>https://ledger.example/2026/03/02/library-sundays/</link>
<dc:creator>Nora Quill</dc:creator><pubDate>Mon, 02 Mar 2026 20:30:00 -0500</pubDate></item>
<item><title><![CDATA[Who <em>Pays</em> for the Levee?]]></title>
<guid isPermaLink="true">https://ledger.example/levee/</guid>
<author>desk@ledger.example (Sam Pressman)</author></item>
<item><title></title><link>https://ledger.example/3</link></item>
<item><title>A trap</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ledger</title>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Phones <b>Out</b></div></title>
<link rel="edit" href="https://ledger.example/edit/7"/>
<link href="https://ledger.example/phones"/><published>2026-03-01T09:00:00Z</published>
<author><name>Theo Marsh</name></author><author><name>Ida Lund</name></author></entry></feed>"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://ledger.example/about/</loc></url>
<url><loc>https://ledger.example/2026/03/02/snow-plows-idle-as-budget-stalls/</loc></url>
<url><loc>https://ledger.example/p/9</loc><news:news><news:publication_date>2026-03-03
</news:publication_date><news:title>Ferry Returns</news:title></news:news></url></urlset>"""


def rows(content: str | bytes) -> list[tuple]:
    read = read_list(content if isinstance(content, bytes) else content.encode())
    return [(r.url, r.headline, r.author, r.published_on) for r in read.rows]


def test_a_table_is_read_whatever_the_order_of_its_columns() -> None:
    table = f'published_on,headline,url,notes\n2024-02-01,"Working Group, With China",{URL},x\n'
    assert rows(table) == [(URL, "Working Group, With China", None, date(2024, 2, 1))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_as_spreadsheets_save_it(encoding: str) -> None:
    table = "url;headline;author;published_on\r\n;The Mayor’s Café;José Ruiz;March 2, 2026\r\n"
    assert rows(table.encode(encoding)) == [
        (None, "The Mayor’s Café", "José Ruiz", date(2026, 3, 2))
    ]


def test_bad_rows_of_a_table_are_told_with_their_line_and_do_not_stop_the_others() -> None:
    table = (
        "url,headline,author,published_on\n"
        f"{URL},,,\n"
        "javascript:alert(1),Trap,,\n"
        "\n"
        f"{URL},Bad day,,yesterday\n"
        f"{URL},{'x' * 501},,\n"
        f"{URL},Good,,\n"
    )
    read = read_list(table.encode())
    assert [row.headline for row in read.rows] == ["Good"]
    assert read.rows[0].line == 7
    assert [(bad.line, bad.says) for bad in read.bad] == [
        (2, "The headline is missing."),
        (3, "The address must begin with https:// or http://."),
        (5, "The date cannot be read: write it like 2024-02-01."),
        (6, "The headline is longer than 500 characters."),
    ]


def test_lines_of_json_are_read_and_other_types_refused() -> None:
    lines = "\n".join(
        [
            json.dumps({"url": URL, "headline": "One", "author": None}),
            json.dumps({"url": URL, "headline": ["Two"]}),
            "{broken",
            "[1]",
        ]
    )
    read = read_list(lines.encode())
    assert read.kind is ListKind.JSONL
    assert [row.headline for row in read.rows] == ["One"]
    assert [bad.line for bad in read.bad] == [2, 3, 4]


def test_a_feed_gives_headlines_without_tags_and_entities() -> None:
    read = read_list(RSS.encode())
    assert read.kind is ListKind.FEED
    assert rows(RSS) == [
        (
            "https://ledger.example/2026/03/02/library-sundays/",
            "Town Library to Cut ‘Sunday’ Hours",
            "Nora Quill",
            date(2026, 3, 2),
        ),
        ("https://ledger.example/levee/", "Who Pays for the Levee?", "Sam Pressman", None),
    ]
    assert len(read.bad) == 2


def test_an_atom_feed_takes_the_link_for_readers_and_all_authors() -> None:
    assert rows(ATOM) == [
        ("https://ledger.example/phones", "Phones Out", "Theo Marsh and Ida Lund", date(2026, 3, 1))
    ]


def test_a_sitemap_gives_articles_alone_and_says_where_the_headline_is_a_guess() -> None:
    read = read_list(SITEMAP.encode())
    assert read.kind is ListKind.SITEMAP
    assert [(row.headline, row.is_guessed, row.published_on) for row in read.rows] == [
        ("Snow Plows Idle as Budget Stalls", True, None),
        ("Ferry Returns", False, date(2026, 3, 3)),
    ]


def test_the_newest_of_a_sitemap_are_kept() -> None:
    old = "".join(
        f"<url><loc>https://ledger.example/a-story-of-day-{day}-here/</loc>"
        f"<lastmod>2026-01-{day:02d}</lastmod></url>"
        for day in range(1, 30)
    )
    read = read_list(f"<urlset>{old}</urlset>".encode(), most=2)
    assert [row.headline for row in read.rows] == [
        "A Story of Day 29 Here",
        "A Story of Day 28 Here",
    ]


def test_an_index_leads_to_sitemaps_of_articles_newest_first() -> None:
    index = "<sitemapindex>" + "".join(
        f"<sitemap><loc>https://ledger.example/{name}</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in [
            ("category-sitemap.xml", "2026-03-03"),
            ("post-sitemap1.xml", "2026-01-01"),
            ("sitemap-2.xml", "2026-03-01"),
            ("post-sitemap2.xml", "2026-02-01"),
        ]
    )
    read = read_list(f"{index}</sitemapindex>".encode())
    assert [url.rpartition("/")[2] for url in read.lists] == [
        "post-sitemap2.xml",
        "post-sitemap1.xml",
        "sitemap-2.xml",
    ]


def test_posts_of_wordpress_are_read_with_authors() -> None:
    posts = [
        {
            "link": URL,
            "title": {"rendered": "Biden Admin&#8217;s <i>Group</i>"},
            "date": "2024-02-01T17:05:00",
            "_embedded": {"author": [{"name": "Jo Byline"}]},
        },
        {"link": URL, "title": {"rendered": "Draft"}, "status": "draft"},
        {"link": URL, "title": {"rendered": ""}},
    ]
    read = read_list(json.dumps(posts).encode())
    assert read.kind is ListKind.WORDPRESS
    assert rows(json.dumps(posts)) == [(URL, "Biden Admin’s Group", "Jo Byline", date(2024, 2, 1))]
    assert len(read.bad) == 1


def test_an_entity_of_xml_is_never_resolved(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    feed = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<rss><channel><item><title>News &x; here</title><link>{URL}</link></item>"
        "</channel></rss>"
    )
    assert "CANARY" not in repr(read_list(feed.encode()))


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    feed = f"<!DOCTYPE rss [{entities}]><rss><item><title>&a11;</title></item></rss>"
    began = time.process_time()
    try:
        read = read_list(feed.encode())
        assert read.rows == ()
    except NotAList:
        pass
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "   \n",
        "<!DOCTYPE html><html><body>No list</body></html>",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "[" * 100_000,
        "[1, 2",
        "just some words\nand more",
        "url;author\na;b",
        "\x00\x01\x02",
    ],
)
def test_what_is_no_list_is_refused_in_words(content: str) -> None:
    with pytest.raises(NotAList) as caught:
        read_list(content.encode())
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        "headline\n" + '"' * 200_001,
        "headline\n" + "\x00" * 1000,
        "{" * 50_000,
        '{"headline": ' + "[" * 50_000,
        "<rss>" + "<item>" * 50_000,
        "<urlset>" + "<url><loc>https://x.example/" + "a-" * 200_000 + "</loc></url></urlset>",
        "<rss><item><title>" + "<" * 200_000 + "</title></item></rss>",
        "<rss><item><title>" + "&lt;a" * 100_000 + "</title></item></rss>",
        "<rss><item><author>" + "(" * 300_000 + "</author><title>x</title></item></rss>",
    ],
)
def test_hostile_lists_cost_no_time_and_no_crash(content: str) -> None:
    began = time.process_time()
    with contextlib.suppress(NotAList):
        read_list(content.encode())
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-01", date(2024, 2, 1)),
        ("2024-02-01T23:30:00-05:00", date(2024, 2, 1)),
        ("2024-02-01T23:30:00.123Z", date(2024, 2, 1)),
        ("Thu, 01 Feb 2024 09:00:00 GMT", date(2024, 2, 1)),
        ("Feb. 1, 2024", date(2024, 2, 1)),
        ("February 1, 2024", date(2024, 2, 1)),
        ("Sept. 9, 2024", date(2024, 9, 9)),
        ("", None),
    ],
)
def test_days_are_read_as_people_and_machines_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize("text", ["yesterday", "2024-13-01", "31/12/2024", "9" * 50, "Foo 1, 2024"])
def test_other_days_are_refused(text: str) -> None:
    with pytest.raises(BadValue):
        day_of(text)


@pytest.mark.parametrize(
    ("url", "is_article", "headline"),
    [
        ("https://x.example/2024/02/01/the-price-of-eggs/", True, "The Price of Eggs"),
        ("https://x.example/news/a-town-loses-its-bus-20481234.html", True, "A Town Loses Its Bus"),
        ("https://x.example/about-us/", False, "About Us"),
        ("https://x.example/", False, ""),
        ("https://x.example/2024/02/", False, "02"),
    ],
)
def test_an_address_tells_an_article_from_a_page(url: str, is_article: bool, headline: str) -> None:
    assert looks_like_article(url) is is_article
    assert headline_from(url) == headline
