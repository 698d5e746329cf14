"""The words that checks saw, marked in the letter's text."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from feedback.domain.claim import Claim
from feedback.domain.finding import Result, StoredFinding

LEAST, MOST = 2, 500  # characters of evidence that is marked
MOST_MARKED = 60
# Whole sentences of a list to look through would paint the text over.
NOT_MARKED = frozenset({"claims", "quota", "sender"})
MARK = Markup('<mark class="evidence">{}</mark>')
Marks = re.Pattern[str]


def marks_of(found: Sequence[StoredFinding], asked: Sequence[Claim] = ()) -> Marks | None:
    """What finds the evidence of findings that speak up, and words with an open question."""
    words = [
        said
        for finding in found
        if finding.outcome is not Result.PASS and finding.check not in NOT_MARKED
        for said in finding.evidence
    ]
    words += [claim.quote for claim in asked if claim.outcome is None]
    fit = sorted({w for w in words if LEAST <= len(w) <= MOST}, key=lambda w: (-len(w), w))
    if not fit:
        return None
    either = "|".join(r"\s+".join(map(re.escape, w.split())) for w in fit[:MOST_MARKED])
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def marked(text: str, marks: Marks | None) -> Markup:
    """The text, escaped, with the evidence in it marked."""
    if not marks:
        return escape(text)
    pieces: list[Markup] = []
    at = 0
    for found in marks.finditer(text):
        pieces += (escape(text[at : found.start()]), MARK.format(found[0]))
        at = found.end()
    return Markup("").join([*pieces, escape(text[at:])])
