"""Articles from XML: RSS, Atom, sitemaps, an index of sitemaps.

Parsed without entities, without the network, without libxml2's permission for huge documents.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from feedback.reading.article_row import (
    MOST_AUTHOR,
    MOST_HEADLINE,
    ArticleList,
    ArticleRow,
    BadRow,
    BadValue,
    ListKind,
    NotAList,
    author_of,
    day_or_none,
    headline_from,
    headline_of_site,
    looks_like_article,
    plain,
    web_address,
)

# Sitemaps of an index that list no articles, by words of their addresses.
NO_ARTICLES = (
    "author", "category", "categories", "tag", "taxonom", "user", "page-sitemap", "posts-page",
    "image", "video", "product", "attachment",
)  # fmt: skip


def read_xml(content: bytes, most: int) -> ArticleList:
    """What a feed or sitemap names, at most `most` articles.

    Raises NotAList for other or broken XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAList("This XML cannot be read.") from error
    if root is None:
        raise NotAList("This XML cannot be read.")
    name = _name(root)
    if name == "sitemapindex":
        return ArticleList(ListKind.SITEMAP_INDEX, lists=_sitemaps(root))
    readers = {"urlset": ("url", _of_sitemap), "feed": ("entry", _of_atom)}
    tag, read = readers.get(name, ("item", _of_rss))
    if name not in ("urlset", "feed", "rss", "RDF"):
        raise NotAList("This XML is neither a feed nor a sitemap.")
    rows: list[ArticleRow] = []
    bad: list[BadRow] = []
    for element in _newest_first(root) if name == "urlset" else _all(root, tag):
        if len(rows) + len(bad) >= most:
            break
        line = element.sourceline or 0
        try:
            row = read(element, line)
        except BadValue as error:
            bad.append(BadRow(line, str(error)))
        else:
            if row is not None:
                rows.append(row)
    kind = ListKind.SITEMAP if name == "urlset" else ListKind.FEED
    return ArticleList(kind, tuple(rows), tuple(bad))


def _of_rss(item: Any, line: int) -> ArticleRow | None:
    url = _text(item, "origLink") or _text(item, "link")
    if not url:
        guid = _first(item, "guid")
        if guid is not None and guid.get("isPermaLink", "true") == "true":
            url = _inner(guid)
    names = [author_of(_inner(e)) for tag in ("creator", "author") for e in _children(item, tag)]
    day = day_or_none(_text(item, "pubDate") or _text(item, "date"))
    return _made(url, _text(item, "title"), names, day, line)


def _of_atom(entry: Any, line: int) -> ArticleRow | None:
    links = [
        link.get("href", "")
        for link in _children(entry, "link")
        if link.get("rel", "alternate") == "alternate"
    ]
    names = [author_of(_text(one, "name")) for one in _children(entry, "author")]
    day = day_or_none(_text(entry, "published") or _text(entry, "updated"))
    return _made(links[0] if links else "", _text(entry, "title"), names, day, line)


def _of_sitemap(element: Any, line: int) -> ArticleRow | None:
    url = web_address(_text(element, "loc"))
    news = _first(element, "news")
    if news is not None and (headline := plain(_text(news, "title"))):
        day = day_or_none(_text(news, "publication_date"))
        return ArticleRow(url, headline[:MOST_HEADLINE], None, day, line)
    if not looks_like_article(url):
        return None
    # `lastmod` is the day of the last change, not of print: no day is better than a wrong one.
    return ArticleRow(url, headline_from(url), None, None, line, is_guessed=True)


def _made(url: str, title: str, names: list[str | None], day: date | None, line: int) -> ArticleRow:
    headline = headline_of_site(title)
    author = " and ".join(dict.fromkeys(name for name in names[:5] if name))
    return ArticleRow(web_address(url), headline, author[:MOST_AUTHOR] or None, day, line)


def _sitemaps(root: Any) -> tuple[str, ...]:
    """Addresses of sitemaps that may list articles: news and posts first, then the newest."""
    found = []
    for number, element in enumerate(_all(root, "sitemap")):
        try:
            url = web_address(_text(element, "loc"))
        except BadValue:
            continue
        name = url.lower().rpartition("/")[2]
        if any(word in name for word in NO_ARTICLES):
            continue
        is_likely = any(word in name for word in ("news", "post", "article", "story", "stories"))
        found.append((is_likely, _text(element, "lastmod")[:25], -number, url))
    return tuple(url for *_order, url in sorted(found, reverse=True))


def _newest_first(root: Any) -> list[Any]:
    """The addresses of a sitemap by their last change; many sitemaps begin with the oldest."""
    return sorted(_all(root, "url"), key=lambda url: _text(url, "lastmod")[:25], reverse=True)


def _name(element: Any) -> str:
    """The name without its namespace; empty for comments and the like."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(root: Any, tag: str) -> Iterator[Any]:
    return root.iterfind(f".//{{*}}{tag}")  # type: ignore[no-any-return]  # lxml has no types


def _children(element: Any, tag: str) -> list[Any]:
    return [child for child in element if _name(child) == tag]


def _first(element: Any, tag: str) -> Any:
    return next(iter(_children(element, tag)), None)


def _inner(element: Any) -> str:
    """All text inside; entities that were not resolved are left out."""
    return "".join(element.itertext(etree.Element))


def _text(element: Any, tag: str) -> str:
    """Text of the first child with that name that has any."""
    texts = (_inner(child).strip() for child in _children(element, tag))
    return next((text for text in texts if text), "")
