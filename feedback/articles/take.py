"""Take articles over from a list: new ones are added, known ones updated."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from feedback.domain.article import Article
from feedback.reading.article_list import ArticleRow
from feedback.reading.article_row import headline_from
from feedback.reading.article_url import canonical
from feedback.reading.headline import search_words
from feedback.store import articles, letters
from feedback.store.work import Store, Work

A_BATCH = 100  # articles a transaction: letters that come in meanwhile wait no longer than that


@dataclass(frozen=True)
class Taken:
    """How many articles were added, updated, left as they are."""

    added: int = 0
    updated: int = 0
    skipped: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(
            self.added + other.added, self.updated + other.updated, self.skipped + other.skipped
        )

    @property
    def total(self) -> int:
        """How many were looked at."""
        return self.added + self.updated + self.skipped


def take_all(store: Store, rows: Iterable[ArticleRow], *, keeps_edits: bool = False) -> Taken:
    """Take all rows over, a batch a transaction; counts what happened. See `take`."""
    waiting, taken = iter(rows), Taken()
    while batch := list(islice(waiting, A_BATCH)):
        with store.work() as work:
            taken += take(work, batch, keeps_edits=keeps_edits)
    return taken


def take(work: Work, rows: Iterable[ArticleRow], *, keeps_edits: bool = False) -> Taken:
    """Add the articles, or update those with the same canonical address.

    A value that a row lacks, and a headline that is only guessed from its address, changes
    nothing. `keeps_edits` leaves what an editor corrected by hand (for the reading of a site
    that nobody asked for just now).
    """
    taken = Taken()
    for row in rows:
        taken += _one(work, row, keeps_edits)
    return taken


def _one(work: Work, row: ArticleRow, keeps_edits: bool) -> Taken:
    address = canonical(row.url) if row.url else None
    known = articles.by_address(work, address) if address else _same_headline(work, row)
    if known is None:
        articles.put(work, address, row.url, row.headline, row.author, row.published_on)
        return Taken(added=1)
    if keeps_edits and known.mended_at is not None:
        return Taken(skipped=1)
    headline = row.headline
    if row.is_guessed and known.headline != headline_from(known.url or ""):
        headline = known.headline
    before = (known.headline, known.author, known.published_on)
    after = (headline, row.author or known.author, row.published_on or known.published_on)
    if before == after:
        return Taken(skipped=1)
    known.headline, known.author, known.published_on = after
    articles.index(work, known)
    if before[2] != known.published_on:
        work.session.flush()
        letters.read_anew(work, known)
    return Taken(updated=1)


def _same_headline(work: Work, row: ArticleRow) -> Article | None:
    """An article without an address is the same where headline and day are."""
    for known in articles.candidates(work, search_words(row.headline)):
        if known.headline == row.headline and known.published_on == row.published_on:
            return known
    return None
