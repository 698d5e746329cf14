"""Which article a writer means, from a URL or a headline."""

from dataclasses import dataclass
from urllib.parse import urlsplit

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

    `hosts` are the house's own sites: of several articles that fit equally well theirs come
    first, and one alone is taken. Never refuses: what is not found is an empty match.
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
    ranked = sorted(match.ranked, key=lambda one: (-one[1], not _is_own(by_id[one[0]], hosts)))
    best = by_id[match.best] if match.is_sure and match.best is not None else None
    if best is None and ranked:
        best = _own_alone(given, [by_id[i] for i, score in ranked if score == match.score], hosts)
    if best is not None and canonical is None:
        return ArticleMatch(best, "headline", match.score)
    return ArticleMatch(may_be=tuple((by_id[i], score) for i, score in ranked[:MOST_OFFERED]))


def _own_alone(given: str, equally_good: list[Article], hosts: frozenset[str]) -> Article | None:
    """The house's own article, where others (copies elsewhere) fit exactly as well."""
    own = [article for article in equally_good if _is_own(article, hosts)]
    if len(own) != 1 or len(equally_good) == 1:
        return None
    alone = headline.decide(given, [(own[0].id, own[0].headline)])
    return own[0] if alone.is_sure else None


def _is_own(article: Article, hosts: frozenset[str]) -> bool:
    host = (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    return host in {one.removeprefix("www.") for one in hosts}


def _slug_words(canonical: str) -> str:
    """The words of an unknown address: most sites put the headline into the last part."""
    return canonical.rstrip("/").rsplit("/", 1)[-1].partition("?")[0].replace("-", " ")
