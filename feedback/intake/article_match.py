"""Which article a writer means, from a URL or a headline."""

from dataclasses import dataclass

from feedback.domain.article import Article
from feedback.reading import article_url, headline
from feedback.store import articles
from feedback.store.work import Work

MOST_OFFERED = 4


@dataclass(frozen=True)
class ArticleMatch:
    """The article found, how and how surely (0 to 100); else those it may be."""

    article: Article | None = None
    by: str | None = None  # url, headline, reader
    score: float | None = None
    may_be: tuple[tuple[Article, float], ...] = ()


def match_article(
    work: Work, given: str, hosts: frozenset[str] = frozenset(), chosen: int | None = None
) -> ArticleMatch:
    """Look an article up: the reader's own choice, then its address, then its headline.

    `hosts` are the house's own sites. Never refuses: what is not found is an empty match.
    """
    if chosen is not None and 0 < chosen < 2**63:
        article = work.session.get(Article, chosen)
        if article is not None:
            return ArticleMatch(article, "reader", 100.0)
    canonical = article_url.canonical(given)
    if canonical is not None:
        article = articles.by_address(work, canonical)
        if article is not None:
            return ArticleMatch(article, "url", 100.0)
        given = _slug_words(canonical)
    found = articles.candidates(work, headline.search_words(given))
    match = headline.decide(given, [(a.id, a.headline) for a in found])
    by_id = {a.id: a for a in found}
    if match.is_sure and match.best is not None and canonical is None:
        return ArticleMatch(by_id[match.best], "headline", match.score)
    offered = tuple((by_id[i], score) for i, score in match.ranked[:MOST_OFFERED])
    return ArticleMatch(may_be=offered)


def _slug_words(canonical: str) -> str:
    """The words of an unknown address: most sites put the headline into the last part."""
    return canonical.rstrip("/").rsplit("/", 1)[-1].partition("?")[0].replace("-", " ")
