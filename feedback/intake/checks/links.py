"""Web addresses in the text."""

import re
from collections import Counter

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.article_url import find_urls

VERSION = 2
MOST_SHOWN = 5
MOST_CHARACTERS = 200  # of one address
MANY, MANY_OF_ONE = 5, 3  # so many are a sign of advertising
MAY_BE = re.compile(r"\.[^\W\d_]{2}|:/")  # without it there is no address
HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/?#:]{1,253})", re.IGNORECASE)


def check(letter: Checked) -> Finding:
    """Note addresses that the letter carries: print has no links, robots love them."""
    found = find_urls(letter.text) if MAY_BE.search(letter.text) else []
    if not found:
        return Finding("links", VERSION, Result.PASS, "No links.")
    shown = tuple(
        link if len(link) <= MOST_CHARACTERS else f"{link[:MOST_CHARACTERS]}…"
        for link in found[:MOST_SHOWN]
    )
    hosts = Counter(match[1].lower() for match in map(HOST.match, found) if match)
    repeated = max(hosts.values(), default=0) >= MANY_OF_ONE
    says = "The text has links."
    if repeated or len(found) >= MANY:
        says = f"The text has {len(found)} links, as advertisements do."
    return Finding("links", VERSION, Result.NOTE, says, shown)
