"""Statements worth checking: figures, quotations, accusations against named people."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.claims import statements

VERSION = 1
MOST_SHOWN = 8


def check(letter: Checked) -> Finding:
    """Note them as a list from which an editor may ask for a source; it judges none."""
    found = statements(letter.text)
    if not found:
        return Finding("claims", VERSION, Result.PASS, "No figure, quotation or accusation.")
    kinds = dict.fromkeys(kind for one in found for kind in one.kinds)
    number = "One statement" if len(found) == 1 else f"{len(found)} statements"
    says = f"{number} worth checking ({', '.join(kinds)})."
    evidence = tuple(one.words for one in found[:MOST_SHOWN])
    return Finding("claims", VERSION, Result.NOTE, says, evidence)
