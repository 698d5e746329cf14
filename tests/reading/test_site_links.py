"""A site's own pages say where its articles are listed."""

from feedback.reading.site_links import links_of_page, sitemaps_of_robots

PAGE = b"""<!doctype html><html><head>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Ledger" href="/feed/">
<link rel='alternate' type='application/atom+xml' href='//ledger.example/atom'>
<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">
<link rel="https://api.w.org/" href="https://ledger.example/wp-json/">
</head><body><p>Broken <b></body>"""


def test_feeds_of_articles_and_wordpress_are_found_in_the_head() -> None:
    links = links_of_page(PAGE, "https://ledger.example/")
    assert links.feeds == ("https://ledger.example/feed/", "https://ledger.example/atom")
    assert links.wordpress == "https://ledger.example/wp-json/"


def test_a_page_that_is_none_names_nothing() -> None:
    for junk in (b"", b"\x00" * 100, b"<" * 10_000, "<link href=x".encode("utf-16")):
        assert links_of_page(junk, "https://ledger.example/").feeds == ()


def test_robots_names_sitemaps_news_first() -> None:
    robots = (
        "User-agent: *\nDisallow: /x\nsitemap: /sitemap.xml # all\n"
        "Sitemap: https://ledger.example/news-sitemap.xml\nSitemap: ftp://x/\nSitemap:\n"
    )
    assert sitemaps_of_robots(robots, "https://ledger.example/") == (
        "https://ledger.example/news-sitemap.xml",
        "https://ledger.example/sitemap.xml",
    )
