"""Whether the signature is whole: a person’s first and last name, what the column wants beside."""

import re

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked

VERSION = 1
WORD = re.compile(r"[^\W\d_]+")
# What stands where a name should.
NO_NAME = re.compile(
    r"\b(?:anonymous|anon|name withheld|withheld|concerned (?:citizen|parent|resident|reader|"
    r"taxpayer|voter)|a reader|a citizen|a friend|no name|nobody|n/?a|none|unknown)\b",
    re.IGNORECASE,
)


def check(letter: Checked) -> Finding:
    """Note a name that is no whole one, and a telephone number that is wanted and lacks."""
    says: list[str] = []
    evidence: list[str] = []
    name = letter.name or ""
    if not name:
        says.append("There is no name.")
    elif NO_NAME.search(name):
        says.append("That is not a person’s name.")
        evidence.append(name)
    elif _is_partial(name):
        says.append("The name is not whole: a first and a last name are wanted.")
        evidence.append(name)
    if letter.rules.needs_phone and not letter.has_phone:
        says.append("The column wants a telephone number; there is none.")
    if says:
        return Finding("signature", VERSION, Result.NOTE, " ".join(says), tuple(evidence))
    return Finding("signature", VERSION, Result.PASS, "First and last name are there.")


def _is_partial(name: str) -> bool:
    """One word, or initials alone; scripts without spaces between names are left in peace."""
    words = WORD.findall(name)
    if not name.isascii() and len(words) < 2 and max(map(ord, name)) > 0x2FF:
        return False
    return len(words) < 2 or all(len(word) == 1 for word in words)
