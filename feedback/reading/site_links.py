"""Where a site says that its articles are listed: in its pages' heads, in robots.txt."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from feedback.reading.article_row import BadValue, web_address

FEED_TYPES = ("application/rss+xml", "application/atom+xml")
WORDPRESS_REL = "https://api.w.org/"
MOST_LINKS = 20
HEAD = 512 * 1024  # bytes of a page in which its head lies


@dataclass(frozen=True)
class SiteLinks:
    """Addresses that a page names: feeds in their order, WordPress's interface."""

    feeds: tuple[str, ...] = ()
    wordpress: str | None = None


def links_of_page(page: bytes, address: str) -> SiteLinks:
    """The feeds and the WordPress interface that a page's `<link>` elements name.

    Feeds of comments are left out. `address` is the page's own, for relative links.
    """
    parser = etree.HTMLParser(no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(page[:HEAD], parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    feeds: list[str] = []
    wordpress = None
    for link in root.iter("link") if root is not None else ():
        rels = link.get("rel", "").lower().split()
        try:
            url = web_address(urljoin(address, link.get("href", "").strip()))
        except (BadValue, ValueError):
            continue
        if WORDPRESS_REL in rels and wordpress is None:
            wordpress = url
        elif "alternate" in rels and link.get("type", "").lower().strip() in FEED_TYPES:
            told = f"{url} {link.get('title', '')}".lower()
            if "comment" not in told and url not in feeds:
                feeds.append(url)
    return SiteLinks(tuple(feeds[:MOST_LINKS]), wordpress)


def sitemaps_of_robots(text: str, address: str) -> tuple[str, ...]:
    """The sitemaps that robots.txt names; a sitemap of news comes first."""
    found: list[str] = []
    for line in text.splitlines()[:5000]:
        key, _, value = line.partition(":")
        value = value.split("#")[0].strip()
        if key.strip().lower() != "sitemap" or not value:
            continue
        try:
            url = web_address(urljoin(address, value))
        except (BadValue, ValueError):
            continue
        if url not in found and len(found) < MOST_LINKS:
            found.append(url)
    return tuple(sorted(found, key=lambda url: "news" not in urlsplit(url).path.lower()))
