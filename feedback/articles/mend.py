"""Add an article by hand, mend what is known of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feedback.domain.article import Article, ArticleAddress, ArticleKind
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused, Stale, WrongField, refuse_fields
from feedback.reading.article_row import (
    MOST_AUTHOR,
    BadValue,
    day_of,
    headline_of,
    web_address,
)
from feedback.reading.article_url import canonical
from feedback.reading.cleaning import clean_line
from feedback.store import articles, letters
from feedback.store.work import Work


@dataclass(frozen=True)
class Entry:
    """An article as somebody at the desk describes it."""

    headline: str
    url: str | None
    author: str | None
    kind: ArticleKind
    published_on: date | None


def read_entry(given: Mapping[str, str]) -> Entry:
    """What was typed: `headline`, `url`, `author`, `kind`, `published_on`.

    Raises Refused (kind `fields`) that says of every field what is wrong with it.
    """
    wrong: list[WrongField] = []
    values: dict[str, object] = {}
    readers = {
        "headline": headline_of,
        "url": lambda text: web_address(text) if text.strip() else None,
        "author": _author,
        "kind": _kind,
        "published_on": day_of,
    }
    for field, read in readers.items():
        try:
            values[field] = read(given.get(field, ""))
        except BadValue as error:
            wrong.append(WrongField(field, str(error)))
    if wrong:
        raise refuse_fields("The article is not saved yet.", wrong)
    return Entry(**values)  # type: ignore[arg-type]  # each reader gives what its field holds


def add_article(work: Work, entry: Entry, by: Editor) -> Article:
    """A new article. Raises NotAllowed, Refused (kind `fields`) for an address that is known."""
    by.require(Deed.EDIT_ARTICLES)
    address = canonical(entry.url) if entry.url else None
    _require_free(work, address, None)
    article, _is_new = articles.put(
        work, address, entry.url, entry.headline, entry.author, entry.published_on, entry.kind
    )
    article.mended_at = work.now
    return article


def mend(work: Work, article: Article, entry: Entry, by: Editor, version: int | None) -> bool:
    """Make the article what the entry says; addresses that it was known by stay known.

    True where something changed. Raises NotAllowed, Stale, Refused (kind `fields`).
    """
    by.require(Deed.EDIT_ARTICLES)
    if version is not None and version != article.version:
        raise Stale("Somebody else has changed this article since you opened it.", article.version)
    address = canonical(entry.url) if entry.url else None
    _require_free(work, address, article)
    before = Entry(
        article.headline, article.url, article.author, article.kind, article.published_on
    )
    if before == entry:
        return False
    article.headline, article.url, article.author = entry.headline, entry.url, entry.author
    article.kind, article.published_on = entry.kind, entry.published_on
    article.mended_at = work.now
    work.session.flush()
    letters.read_anew(work, article)
    if address and address not in {known.canonical for known in article.addresses}:
        article.addresses.append(ArticleAddress(canonical=address))
    work.session.flush()
    articles.index(work, article)
    return True


def _require_free(work: Work, address: str | None, own: Article | None) -> None:
    known = articles.by_address(work, address) if address else None
    if known is not None and known is not own:
        raise Refused(
            f"This address is known already, as “{known.headline}”.",
            "fields",
            {"field": "url", "article_id": known.id},
        )


def _author(text: str) -> str | None:
    author = clean_line(text)
    if len(author) > MOST_AUTHOR:
        raise BadValue("The author is longer than 200 characters.")
    return author or None


def _kind(text: str) -> ArticleKind:
    try:
        return ArticleKind(text or ArticleKind.REPORT.value)
    except ValueError as error:
        raise BadValue("Choose one of the kinds.") from error
