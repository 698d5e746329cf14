"""Which articles a reader may mean, ready to be shown beside the question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feedback.domain.article import Article, ArticleKind
from feedback.intake.article_match import match_article
from feedback.reading.cleaning import clean_line
from feedback.store.work import Work


@dataclass(frozen=True)
class Candidate:
    """An article as a card shows it."""

    id: int
    headline: str
    kind: ArticleKind
    author: str | None
    published_on: date | None

    @classmethod
    def of(cls, article: Article) -> "Candidate":
        """The article's part in it."""
        return cls(article.id, article.headline, article.kind, article.author, article.published_on)


@dataclass(frozen=True)
class Offer:
    """What was found for the words typed: one article for sure, or those it may be."""

    typed: str = ""
    found: Candidate | None = None
    may_be: tuple[Candidate, ...] = ()
    chosen: str = ""  # the card as the form names it


NOTHING = Offer()


def offer_for(work: Work, typed: str, hosts: frozenset[str], chosen: str = "") -> Offer:
    """Look up what the words mean; `chosen` is the reader's choice so far."""
    words = clean_line(typed)
    if not words:
        return NOTHING
    match = match_article(work, words, hosts)
    if match.article is not None:
        return Offer(words, Candidate.of(match.article))
    may_be = tuple(Candidate.of(article) for article, _score in match.may_be)
    return Offer(words, None, may_be, chosen)


def choice_in(given: Mapping[str, str]) -> str:
    """The card that was chosen for the words that stand in the field now; empty for none."""
    typed = clean_line(given.get("article") or "")
    is_for_these = typed == clean_line(given.get("article_for") or "")
    return (given.get("article_id") or "") if is_for_these else ""


def article_number(choice: str) -> int | None:
    """The article of a card; None for “Neither of these” and for what is no card."""
    is_number = choice.isascii() and choice.isdigit() and len(choice) < 19
    return int(choice) if is_number else None
