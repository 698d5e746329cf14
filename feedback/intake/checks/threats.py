"""Words of the house's list of threats."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked, written_by
from feedback.reading.listed_words import find_listed

VERSION = 1
MOST_SHOWN = 5


def check(letter: Checked) -> Finding:
    """Hold a letter that has them: an editor looks whether they are meant."""
    found = find_listed(written_by(letter), letter.rules.threats)
    if not found:
        return Finding("threats", VERSION, Result.PASS, "No words of the list of threats.")
    listed = ", ".join(f"“{entry[:60]}”" for _words, entry in found[:MOST_SHOWN])
    says = f"The list of threats has {listed}."
    words = tuple(words for words, _entry in found[:MOST_SHOWN])
    return Finding("threats", VERSION, Result.HOLD, says, words)
