"""Whether the letter comes from where the column's letters come from."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked

VERSION = 1


def check(letter: Checked) -> Finding:
    """Note a letter from another state, or from abroad."""
    states = {state.strip().upper() for state in letter.rules.states}
    if letter.country not in (None, "US"):
        return Finding(
            "region", VERSION, Result.NOTE, "It comes from abroad.", (letter.country or "",)
        )
    if letter.state is None or letter.state in states:
        return Finding("region", VERSION, Result.PASS, "From the column’s states, as far as known.")
    says = f"Letters here come from {', '.join(sorted(states))}."
    return Finding("region", VERSION, Result.NOTE, says[:400], (letter.state,))
