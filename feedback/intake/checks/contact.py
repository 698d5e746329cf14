"""Contact data in the text, which would go into print."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.contact_words import contacts_in

VERSION = 1
MOST_SHOWN = 5
WORDS = {"email": "an email address", "telephone": "a telephone number", "address": "an address"}


def check(letter: Checked) -> Finding:
    """Note email addresses, telephone numbers and street addresses that stand in the text."""
    found = contacts_in(letter.text)
    if not found:
        return Finding("contact", VERSION, Result.PASS, "No contact data in the text.")
    what = " and ".join(WORDS[kind] for kind in found)
    evidence = [words for some in found.values() for words in some]
    return Finding(
        "contact", VERSION, Result.NOTE, f"The text has {what}.", tuple(evidence[:MOST_SHOWN])
    )
