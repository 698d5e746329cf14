"""Length against the column's rule."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked

VERSION = 1


def check(letter: Checked) -> Finding:
    """Note a letter that is longer than the column asks for."""
    over = letter.word_count - letter.words_limit
    if over > 0:
        return Finding(
            "length",
            VERSION,
            Result.NOTE,
            f"{letter.word_count} words, {over} over the limit of {letter.words_limit}.",
        )
    words = "word" if letter.word_count == 1 else "words"
    return Finding("length", VERSION, Result.PASS, f"{letter.word_count} {words}.")
