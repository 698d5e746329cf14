"""In which language the letter is written."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.language import name_of

VERSION = 1
USUAL = "en"


def check(letter: Checked) -> Finding:
    """Note a letter that is not in English."""
    if letter.language is None:
        return Finding("language", VERSION, Result.PASS, "Its language cannot be told.")
    says = f"It is in {name_of(letter.language)}."
    outcome = Result.PASS if letter.language == USUAL else Result.NOTE
    return Finding("language", VERSION, outcome, says)
