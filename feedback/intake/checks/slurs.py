"""Words of the house's list of slurs."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked, written_by
from feedback.reading.listed_words import find_listed

VERSION = 1
MOST_SHOWN = 5


def check(letter: Checked) -> Finding:
    """Hold a letter that has one: an editor looks whether it is meant as one, or quoted."""
    found = find_listed(written_by(letter), letter.rules.slurs)
    if not found:
        return Finding("slurs", VERSION, Result.PASS, "No word of the list of slurs.")
    listed = ", ".join(f"“{entry[:60]}”" for _words, entry in found[:MOST_SHOWN])
    says = f"The list of slurs has {listed}."
    words = tuple(words for words, _entry in found[:MOST_SHOWN])
    return Finding("slurs", VERSION, Result.HOLD, says, words)
