"""Length against the column's rules: what is asked for, and what is the most."""

from feedback.domain.finding import Finding, Result
from feedback.domain.house_rules import Strictness
from feedback.intake.checks.context import Checked, outcome_of

VERSION = 2


def check(letter: Checked) -> Finding:
    """Note a letter longer than the column asks for; over the most, what the rule says."""
    count, hard = letter.word_count, letter.rules.words_hard
    over = count - letter.words_limit
    if letter.rules.over_length is not Strictness.OFF:
        if hard and count > hard:
            outcome = outcome_of(letter.rules.over_length)
            says = f"{count:,} words, {count - hard:,} over the most of {hard:,}."
            return Finding("length", VERSION, outcome, says)
        if over > 0:
            says = f"{count:,} words, {over:,} over the limit of {letter.words_limit:,}."
            return Finding("length", VERSION, Result.NOTE, says)
    words = "word" if count == 1 else "words"
    return Finding("length", VERSION, Result.PASS, f"{count:,} {words}.")
