"""Articles for programs: which one a reader may mean."""

from typing import Any

from flask import Blueprint, Response

from feedback.api.asked import ArticleQuery
from feedback.api.endpoint import endpoint, tell
from feedback.api.told import FoundArticles
from feedback.domain.article import Article
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.newsroom import newsroom

blueprint = Blueprint("api_articles", __name__, url_prefix="/api/v1")


@blueprint.get("/articles")
@endpoint("find_articles", needs=None, tells=FoundArticles, query=ArticleQuery)
def find(query: ArticleQuery) -> Response:
    """Find the articles that an address or a headline may mean, likeliest first."""
    room = newsroom()
    with room.store.read() as work:
        found = articles_meant(match_article(work, query.q, room.hosts))
    return tell(found)


def articles_meant(match: ArticleMatch) -> list[dict[str, Any]]:
    """The article found, else those that it may be."""
    if match.article is not None:
        return [_told(match.article, match.score or 0.0)]
    return [_told(article, score) for article, score in match.may_be]


def _told(article: Article, score: float) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "headline": article.headline,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "score": score,
    }
