"""What a check may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from feedback.domain.finding import Result
from feedback.domain.house_rules import HouseRules, Strictness
from feedback.domain.sender_auth import SenderAuth
from feedback.reading.spam_sense import Learned

OUTCOMES = {
    Strictness.OFF: Result.PASS,
    Strictness.NOTE: Result.NOTE,
    Strictness.HOLD: Result.HOLD,
    Strictness.REFUSE: Result.REFUSE,
}


@dataclass(frozen=True)
class Printed:
    """A letter of the same writer, or household, that counts against the quota."""

    ref: str
    on: date


@dataclass(frozen=True)
class Checked:
    """A letter's text with the facts around it, as plain values.

    `today` is the newsroom's, `prints_on` the day of the edition in which the letter stands, else
    today. `printed` are those letters that the column's quota counts. `printed_about`: how many
    letters about a candidate or measure are in print. Of the email address only the host is here.
    """

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
    rules: HouseRules = field(default_factory=HouseRules)
    today: date = date.min
    prints_on: date = date.min
    publication: str = ""
    email_host: str | None = None
    has_phone: bool = False
    is_answer: bool = False
    is_printed: bool = False
    printed: tuple[Printed, ...] = ()
    printed_about: Mapping[str, int] = field(default_factory=dict)
    language: str | None = None
    learned: Learned | None = None
    auth: SenderAuth | None = None


def written_by(letter: Checked) -> str:
    """All that would print in the writer's name: text, headline, signature."""
    parts = (letter.text, letter.headline, letter.name, letter.standing)
    return "\n".join(part for part in parts if part)


def about(letter: Checked) -> str:
    """The text with its headline and that of its article: what a letter is about."""
    parts = (letter.headline, letter.article_headline, letter.text)
    return "\n".join(part for part in parts if part)


def outcome_of(rule: Strictness) -> Result:
    """What becomes of a letter that breaks a rule of this strictness."""
    return OUTCOMES[rule]
