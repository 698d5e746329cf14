"""“Dear Editor:”, “To the Editor,” and their like at the beginning of a letter."""

import re

SALUTATION = re.compile(
    r"\s*(?:(?:dear|hello|hi|good (?:morning|day|afternoon|evening)|greetings|re|sirs?|madam|"
    r"editors?|to the editors?|to whom it may concern)\b|to (?-i:[A-Z]))"
    r"[^\n.!?:,]{0,80}(?:[:,]|—|(?=\n))\s*",
    re.IGNORECASE,
)


def salutation_end(text: str) -> int:
    """Where the letter itself begins, behind its salutation; 0 where it has none."""
    found = SALUTATION.match(text)
    return found.end() if found else 0
