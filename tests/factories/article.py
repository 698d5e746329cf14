"""Articles that letters answer."""

import itertools
from datetime import date

from feedback.domain.article import Article, ArticleKind
from feedback.store import articles
from tests.factories.within import Place, work_in

_numbers = itertools.count(1)


def an_article(
    place: Place,
    headline: str | None = None,
    *,
    url: str | None = None,
    author: str | None = "Jo Byline",
    published_on: date | None = date(2026, 11, 6),
    kind: ArticleKind | None = None,
) -> Article:
    """An article of the newsroom's, known by its address and findable by its headline."""
    number = next(_numbers)
    url = url or f"https://news.example.com/2026/11/06/story-{number}"
    headline = headline or f"Council Weighs Bridge Number {number}"
    with work_in(place) as work:
        article, _is_new = articles.put(work, url, url, headline, author, published_on, kind)
        work.session.flush()
    return article
