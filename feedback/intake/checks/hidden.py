"""Characters that cannot be seen, or that turn the reading direction."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.cleaning import hidden_characters

VERSION = 1
MOST_SHOWN = 5


def check(letter: Checked) -> Finding:
    """Note them, made visible by their names."""
    found = hidden_characters(letter.text)
    if not found:
        return Finding("hidden", VERSION, Result.PASS, "No hidden characters.")
    return Finding(
        "hidden",
        VERSION,
        Result.NOTE,
        "The text has characters that cannot be seen.",
        tuple(str(f) for f in found[:MOST_SHOWN]),
    )
