"""Read the articles that one list of a site names, over as many pages as it takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feedback.articles.fetch import Fetched
from feedback.domain.errors import Refused, Unreachable
from feedback.reading.article_list import ArticleRow, ListKind, NotAList, read_list

Get = Callable[[str], Fetched]

A_PAGE = 100  # posts; WordPress gives no more at a time
MOST_SITEMAPS = 5  # of an index
FIELDS = "link,title,date,status,_links,_embedded"


@dataclass(frozen=True)
class Source:
    """A list of articles: where it stands, what it is written in."""

    url: str
    kind: ListKind


def read_source(url: str, get: Get, most: int) -> Iterator[tuple[ListKind, list[ArticleRow]]]:
    """The newest articles that the list at `url` names, page by page, at most `most`.

    What kind of list it is, is known by its content. Raises Unreachable where it does not
    answer, Refused where it is no list or lies in a private network.
    """
    first = wordpress_page(url, 1) if "/wp-json/" in url or "rest_route=" in url else url
    kind, rows, lists = _page(get, first, most)
    yield kind, rows
    match kind:
        case ListKind.WORDPRESS:
            yield from _more_posts(url, get, most, rows)
        case ListKind.SITEMAP_INDEX:
            yield from _sitemaps(lists, get, most)
        case _:
            pass


def wordpress_page(url: str, number: int) -> str:
    """The address of one page of WordPress's posts, newest first, with headlines and authors."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query |= {"per_page": str(A_PAGE), "page": str(number), "_embed": "author", "_fields": FIELDS}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _more_posts(
    url: str, get: Get, most: int, rows: list[ArticleRow]
) -> Iterator[tuple[ListKind, list[ArticleRow]]]:
    number, count = 1, len(rows)
    while rows and count < most:
        number += 1
        page = get(wordpress_page(url, number))
        if not page.is_found:  # WordPress answers 400 behind the last page
            return
        try:
            rows = list(read_list(page.body, most - count).rows)
        except NotAList:
            return
        count += len(rows)
        yield ListKind.WORDPRESS, rows


def _sitemaps(
    lists: tuple[str, ...], get: Get, most: int
) -> Iterator[tuple[ListKind, list[ArticleRow]]]:
    count = 0
    for url in lists[:MOST_SITEMAPS]:
        if count >= most:
            return
        try:
            _kind, rows, _lists = _page(get, url, most - count)
        except (Refused, Unreachable):
            continue  # the others may be well
        count += len(rows)
        yield ListKind.SITEMAP_INDEX, rows


def _page(get: Get, url: str, most: int) -> tuple[ListKind, list[ArticleRow], tuple[str, ...]]:
    page = get(url)
    host = urlsplit(url).hostname
    if not page.is_found:
        raise Unreachable(f"{host} answers with an error ({page.status}).")
    try:
        found = read_list(page.body, most)
    except NotAList as error:
        raise Refused(str(error), "list") from error
    return found.kind, list(found.rows), found.lists
