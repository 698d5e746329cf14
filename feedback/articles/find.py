"""Find where a site lists its articles: WordPress's interface, a feed, a sitemap."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

from feedback.articles.fetch import Fetched
from feedback.articles.read import Get, Source, wordpress_page
from feedback.domain.errors import Refused, Unreachable
from feedback.reading.article_list import ArticleList, ListKind, NotAList, read_list
from feedback.reading.site_links import links_of_page, sitemaps_of_robots

FEED_PATHS = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml")
SITEMAP_PATHS = (
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml",
    "/wp-sitemap.xml",
)  # fmt: skip
WORDPRESS_PATH = "/wp-json/"
MOST_SILENT = 2  # pages in a row without an answer: the site is down, not the page missing


def find(site: str, get: Get) -> list[Source]:
    """The lists of a site's articles, the one to be read from now on first.

    WordPress's interface alone where it is open: it has headlines, authors and days of all
    posts. Else the feed (headlines, but only the newest) and then the sitemap (all, but seldom
    with headlines). Empty where nothing was found. Raises Unreachable for a site that does not
    answer, Refused for one that may not be read.
    """
    visit = _Visit(get)
    home = visit.page(site)
    if home is None:
        return []
    itself = _list_of(home)
    if itself is not None and itself.kind is not ListKind.CSV:
        return [Source(home.url, itself.kind)]  # the address of a feed was given
    links = links_of_page(home.body, home.url)
    posts = visit.wordpress(links.wordpress or urljoin(home.url, WORDPRESS_PATH))
    if posts is not None:
        return [posts]
    feeds = [*links.feeds[:3], *(urljoin(home.url, path) for path in FEED_PATHS)]
    feed = visit.first_list(feeds, (ListKind.FEED,))
    robots = visit.page(urljoin(home.url, "/robots.txt"))
    named = sitemaps_of_robots(_text(robots), home.url) if robots else ()
    maps = [*named[:3], *(urljoin(home.url, path) for path in SITEMAP_PATHS)]
    sitemap = visit.first_list(maps, (ListKind.SITEMAP, ListKind.SITEMAP_INDEX))
    return [source for source in (feed, sitemap) if source is not None]


@dataclass
class _Visit:
    """One look around a site, which ends when the site stops to answer."""

    get: Get
    seen: set[str] = field(default_factory=set)
    silent: int = 0

    def page(self, url: str) -> Fetched | None:
        """The page; None where the site has none there, or none for us."""
        is_first = not self.seen
        self.seen.add(url)
        try:
            page = self.get(url)
        except Refused:
            if is_first:
                raise
            return None  # a link of the page leads elsewhere
        except Unreachable:
            self.silent += 1
            if is_first or self.silent >= MOST_SILENT:
                raise
            return None
        self.silent = 0
        if is_first and not page.is_found:
            raise Unreachable(f"The site answers with an error ({page.status}).")
        return page if page.is_found else None

    def first_list(self, urls: list[str], kinds: tuple[ListKind, ...]) -> Source | None:
        """The first of these addresses where a list of one of the kinds stands."""
        for url in urls:
            page = self.page(url) if url not in self.seen else None
            found = _list_of(page) if page else None
            if page and found and found.kind in kinds and (found.rows or found.lists):
                return Source(page.url, found.kind)
        return None

    def wordpress(self, base: str) -> Source | None:
        """The posts of WordPress's interface, where it is open."""
        posts = f"{base.rstrip('/')}/wp/v2/posts"
        page = self.page(wordpress_page(posts, 1))
        found = _list_of(page) if page else None
        if found and found.kind is ListKind.WORDPRESS and found.rows:
            return Source(posts, found.kind)
        return None


def _list_of(page: Fetched) -> ArticleList | None:
    try:
        return read_list(page.body)
    except NotAList:
        return None


def _text(page: Fetched) -> str:
    return page.body[: 512 * 1024].decode("utf-8", "replace")
