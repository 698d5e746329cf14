"""Articles: found by address, by words, by number."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.exc import IntegrityError

from feedback.domain.article import Article, ArticleAddress, ArticleKind
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.reading.search_words import words_in
from feedback.store import search
from feedback.store.paging import CAP, Count, Page, date_cursor_after, read_date_cursor
from feedback.store.work import Work

NO_DAY = date.min  # in a cursor: past the last article that has a day
CANDIDATES = 60  # headlines that the index gives to the fuzzy comparison
# Asked for each letter that comes in: put together once.
BY_ADDRESS = (
    select(Article)
    .join(ArticleAddress)
    .where(ArticleAddress.canonical == bindparam("canonical"))
    .limit(1)
)


def by_id(work: Work, article_id: int) -> Article:
    """The article with that number; raises NotFound."""
    article = work.session.get(Article, article_id) if 0 <= article_id < 2**63 else None
    if article is None:
        raise NotFound("There is no such article.")
    return article


def ids_with(work: Work, words: Sequence[str], limit: int = 500) -> list[int]:
    """Numbers of the articles whose headline has any of the words or phrases."""
    phrases = tuple(found for found in (tuple(words_in(one)) for one in words) if found)
    query = search.Query(phrases[: search.MOST_WORDS], any_of=True)
    return search.best(work, search.ARTICLE_SEARCH, query, limit)


def by_address(work: Work, canonical: str) -> Article | None:
    """The article that is or was known under a canonical address."""
    return work.session.scalars(BY_ADDRESS, {"canonical": canonical}).first()


def candidates(work: Work, words: Sequence[str]) -> list[Article]:
    """Articles whose headlines share words with what was typed, likeliest first."""
    known = list(dict.fromkeys(word for some in words for word in words_in(some)))
    query = search.Query(tuple((word,) for word in known[: search.MOST_WORDS]), any_of=True)
    ids = search.best(work, search.ARTICLE_SEARCH, query, CANDIDATES)
    if not ids:
        return []
    found = {a.id: a for a in work.session.scalars(select(Article).where(Article.id.in_(ids)))}
    return [found[i] for i in ids if i in found]


def put(
    work: Work,
    canonical: str | None,
    url: str | None,
    headline: str,
    author: str | None,
    published_on: date | None,
    kind: ArticleKind | None = None,
) -> tuple[Article, bool]:
    """Add an article, or update the one with the same canonical address; True where new."""
    article = by_address(work, canonical) if canonical else None
    is_new = article is None
    if article is None:
        article, is_new = _added(
            work, canonical, Article(url=url, headline=headline, added_at=work.now, addresses=[])
        )
    article.headline = headline
    article.author = author or article.author
    article.published_on = published_on or article.published_on
    article.kind = kind or article.kind or ArticleKind.REPORT
    work.session.flush()
    index(work, article)
    return article, is_new


def _added(work: Work, canonical: str | None, article: Article) -> tuple[Article, bool]:
    """The article, stored; or the one that another process has just stored under the address."""
    if canonical:
        article.addresses.append(ArticleAddress(canonical=canonical))
    try:
        with work.session.begin_nested():
            work.session.add(article)
            work.session.flush()
    except IntegrityError:
        known = by_address(work, canonical) if canonical else None
        if known is None:
            raise
        return known, False
    return article, True


def index(work: Work, article: Article) -> None:
    """Make its headline findable."""
    search.put(work, search.ARTICLE_SEARCH, article.id, article.headline)


def page(work: Work, q: str = "", after: str | None = None, limit: int = 50) -> Page[Article]:
    """Newest articles first, those without a day last; with `q` the best matches alone.

    Raises Refused for a cursor that is not ours.
    """
    if q.strip():
        ids = search.best(work, search.ARTICLE_SEARCH, search.read_query(q), limit)
        rows = {a.id: a for a in work.session.scalars(select(Article).where(Article.id.in_(ids)))}
        return Page([rows[i] for i in ids if i in rows], None)
    on, last = read_date_cursor(after) if after else (None, None)
    found: list[Article] = []
    if on != NO_DAY:
        found += _dated(work, on, last, limit + 1)
    if len(found) <= limit:
        found += _undated(work, last if on == NO_DAY else None, limit + 1 - len(found))
    if len(found) <= limit:
        return Page(found, None)
    end = found[limit - 1]
    return Page(found[:limit], date_cursor_after(end.published_on or NO_DAY, end.id))


def _dated(work: Work, on: date | None, last: int | None, limit: int) -> list[Article]:
    query = select(Article).where(Article.published_on.is_not(None))
    if on is not None:
        query = query.where(tuple_(Article.published_on, Article.id) < tuple_(on, last))
    query = query.order_by(Article.published_on.desc(), Article.id.desc()).limit(limit)
    return list(work.session.scalars(query))


def _undated(work: Work, last: int | None, limit: int) -> list[Article]:
    query = select(Article).where(Article.published_on.is_(None))
    if last is not None:
        query = query.where(Article.id < last)
    return list(work.session.scalars(query.order_by(Article.id.desc()).limit(limit)))


def letter_counts(work: Work, ids: Sequence[int]) -> dict[int, Count]:
    """How many letters answer each of these articles, capped."""
    counts = {}
    for article_id in ids:
        some = select(Letter.id).where(Letter.article_id == article_id).limit(CAP + 1).subquery()
        counts[article_id] = Count(work.session.scalar(select(func.count()).select_from(some)) or 0)
    return counts


def count(work: Work) -> Count:
    """How many articles are known, capped."""
    some = select(Article.id).limit(CAP + 1).subquery()
    return Count(work.session.scalar(select(func.count()).select_from(some)) or 0)
