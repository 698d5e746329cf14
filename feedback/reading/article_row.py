"""One article as a list names it: address, headline, author, day, each read with care."""

import html
import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from feedback.reading.cleaning import clean_line

MOST_URL, MOST_HEADLINE, MOST_AUTHOR = 2000, 500, 200
TAG = re.compile(r"<[/a-zA-Z!][^<>]{0,2000}>")
SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on", "or",
    "per", "so", "the", "to", "up", "via", "vs", "yet",
})  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WRITTEN_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ListKind(StrEnum):
    """What a list of articles is written in."""

    CSV = "csv"  # a table
    JSONL = "jsonl"  # one JSON object a line
    FEED = "feed"  # RSS or Atom
    SITEMAP = "sitemap"  # addresses, perhaps with headlines (a news sitemap)
    SITEMAP_INDEX = "sitemap_index"  # a list of sitemaps
    WORDPRESS = "wordpress"  # posts of WordPress's own interface (wp-json)


class NotAList(ValueError):
    """The content is no list of articles; the text says so to a person."""


class BadValue(ValueError):
    """A value of one row cannot be used; the text says why."""


@dataclass(frozen=True)
class ArticleRow:
    """An article as the list has it, cleaned. `line` is where it stood.

    `is_guessed`: the list has no headline, these are the words of the address.
    """

    url: str | None
    headline: str
    author: str | None
    published_on: date | None
    line: int
    is_guessed: bool = False


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used, with the reason."""

    line: int
    says: str


@dataclass(frozen=True)
class ArticleList:
    """What a list holds. `lists` are the addresses that a sitemap index leads to, newest first."""

    kind: ListKind
    rows: tuple[ArticleRow, ...] = ()
    bad: tuple[BadRow, ...] = ()
    lists: tuple[str, ...] = ()


def web_address(text: str) -> str:
    """The address, if it is one of the web; raises BadValue."""
    url = clean_line(text)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise BadValue("The address cannot be read.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in url:
        raise BadValue("The address must begin with https:// or http://.")
    if len(url) > MOST_URL:
        raise BadValue("The address is longer than 2,000 characters.")
    return url


def plain(text: str) -> str:
    """One clean line from a title that may hold tags and entities."""
    return clean_line(TAG.sub("", html.unescape(text)) if "&" in text or "<" in text else text)


def headline_of(text: str) -> str:
    """The headline as a person wrote it into a list; raises BadValue."""
    headline = clean_line(text)
    if not headline:
        raise BadValue("The headline is missing.")
    if len(headline) > MOST_HEADLINE:
        raise BadValue("The headline is longer than 500 characters.")
    return headline


def headline_of_site(text: str) -> str:
    """The headline as a site wrote it, tags and entities gone, cut at need; raises BadValue."""
    return headline_of(plain(text)[:MOST_HEADLINE])


def day_of(text: str) -> date | None:
    """The day that ISO 8601, RFC 5322 or “Feb. 1, 2024” names; None for no text.

    The day is that of the text's own time zone. Raises BadValue.
    """
    text = text.strip()[:64]
    if not text:
        return None
    if ISO_DAY.match(text):
        return _iso_day(text)
    written = WRITTEN_DAY.fullmatch(text)
    try:
        if written:
            month = MONTHS.index(written[1][:3].lower()) + 1
            return date(int(written[3]), month, int(written[2]))
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise BadValue("The date cannot be read: write it like 2024-02-01.") from error


def _iso_day(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise BadValue("The date cannot be read: write it like 2024-02-01.") from error


def day_or_none(text: str) -> date | None:
    """As `day_of`, but what a machine wrote badly is no day."""
    try:
        return day_of(text)
    except BadValue:
        return None


def author_of(text: str) -> str | None:
    """The name; RSS's `jo@example.com (Jo Byline)` gives Jo Byline, an address alone none."""
    name = plain(text)
    in_brackets = re.search(r"\(([^()]{1,200})\)$", name)
    if "@" in name:
        name = in_brackets[1] if in_brackets else ""
    return name[:MOST_AUTHOR].strip() or None


def words_of_address(url: str) -> list[str]:
    """The words of an address's last part, as most sites make them from the headline."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    last = re.sub(r"\.[a-z]{2,5}$", "", unquote(last, errors="replace").lower())
    words = [word for word in re.split(r"[-_+ ]+", last) if word]
    while words and re.fullmatch(r"\d{4,}|[0-9a-f]{8,}", words[-1]) and len(words) > 1:
        words.pop()  # a number of the site's own
    return words


def looks_like_article(url: str) -> bool:
    """True where an address has the words of a headline or a date, as pages about us have not."""
    words = words_of_address(url)
    path = urlsplit(url).path
    has_date = re.search(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/|-|$)", path) is not None
    return len(words) >= 4 or (has_date and bool(words) and not words[-1].isdigit())


def headline_from(url: str) -> str:
    """A headline in title case from the words of an address; empty where it has none."""
    words = words_of_address(url)
    cased = [
        word if index and word in SMALL_WORDS else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    ]
    return clean_line(" ".join(cased))[:MOST_HEADLINE]
