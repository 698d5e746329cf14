"""Web addresses in the text."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.article_url import find_urls

VERSION = 1
MOST_SHOWN = 5
MOST_CHARACTERS = 200  # of one address


def check(letter: Checked) -> Finding:
    """Note addresses that the letter carries: print has no links, robots love them."""
    found = find_urls(letter.text)
    if not found:
        return Finding("links", VERSION, Result.PASS, "No links.")
    shown = tuple(
        link if len(link) <= MOST_CHARACTERS else f"{link[:MOST_CHARACTERS]}…"
        for link in found[:MOST_SHOWN]
    )
    return Finding("links", VERSION, Result.NOTE, "The text has links.", shown)
