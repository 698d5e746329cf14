"""Whether there is a place, with a gazetteer's word on it."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.gazetteer import is_known_town

VERSION = 1


def check(letter: Checked) -> Finding:
    """Note a missing place, or a town that the gazetteer does not have in that state."""
    if not (letter.town or letter.state) and letter.country in (None, "US"):
        return Finding("place", VERSION, Result.NOTE, "No town or state is known.")
    in_america = letter.town and letter.state and letter.country == "US"
    if in_america and not is_known_town(letter.town or "", letter.state or ""):
        return Finding(
            "place",
            VERSION,
            Result.NOTE,
            "The gazetteer has no such town in that state.",
            (f"{letter.town}, {letter.state}",),
        )
    return Finding("place", VERSION, Result.PASS, "A place is given.")
