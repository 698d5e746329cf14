"""Days on which the house prints no letters, or none about a topic."""

from datetime import date, timedelta

from feedback.domain.finding import Finding, Result
from feedback.domain.house_rules import Blackout
from feedback.intake.checks.context import Checked, about
from feedback.reading.ap_dates import ap_date
from feedback.reading.listed_words import find_listed

VERSION = 1
MOST_SHOWN = 5


def check(letter: Checked) -> Finding:
    """Hold a letter that would print within a blackout about its topic, until that is over."""
    upcoming: list[date] = []
    for window in letter.rules.blackouts:
        if window.ends_on < letter.prints_on or window.ends_on < window.begins_on:
            continue
        words = _topic(letter, window)
        if words is None:
            continue
        if letter.prints_on < window.begins_on:
            upcoming.append(window.begins_on)
            continue
        until = window.ends_on + timedelta(days=1) if window.ends_on < date.max else None
        says = f"{window.name}: nothing about it is printed until {ap_date(window.ends_on)}."
        return Finding("blackout", VERSION, Result.HOLD, says[:400], words, until)
    if upcoming:
        begins = min(upcoming)
        says = f"May print until {ap_date(begins)}, when a blackout begins."
        return Finding("blackout", VERSION, Result.PASS, says, (), begins)
    return Finding("blackout", VERSION, Result.PASS, "No blackout concerns it.")


def _topic(letter: Checked, window: Blackout) -> tuple[str, ...] | None:
    """The words by which the letter is about it, none for a blackout on all; None: it is not."""
    if not window.words:
        return ()
    found = find_listed(about(letter), window.words)
    return tuple(words for words, _entry in found[:MOST_SHOWN]) or None


def read_with_heads(letter: Checked) -> str:
    """The text with its headline and that of its article, for what a letter is about."""
    return "\n".join(
        part for part in (letter.headline, letter.article_headline, letter.text) if part
    )
