"""The trained filter: it knows what editors spiked as spam, may only note, shows its words."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.spam_sense import judge, words_of

VERSION = 1
MOST_SHOWN = 8


def check(letter: Checked) -> Finding:
    """Note a text that reads like what was spiked as spam."""
    if letter.learned is None:
        return Finding("spam", VERSION, Result.PASS, "The filter has learned too little yet.")
    judged = judge(words_of(letter.text, (letter.name, letter.standing)), letter.learned)
    if not judged.is_spam:
        return Finding("spam", VERSION, Result.PASS, "It does not read like spam.")
    says = "It reads like letters that were spiked as spam, by these words:"
    return Finding("spam", VERSION, Result.NOTE, says, judged.words[:MOST_SHOWN])
