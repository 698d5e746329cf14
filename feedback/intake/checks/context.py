"""What a check may look at."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Checked:
    """A letter's text with the facts around it, as plain values."""

    text: str
    headline: str | None
    name: str | None
    standing: str | None
    is_withheld: bool
    word_count: int
    words_limit: int
    article_headline: str | None
    article_published_on: date | None
    article_given: str
    is_general: bool
    matched_by: str | None
    match_score: float | None
    town: str | None
    state: str | None
    country: str | None
    received_on: date
