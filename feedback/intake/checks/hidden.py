"""Characters that cannot be seen, or that turn the reading direction."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.cleaning import hidden_characters

VERSION = 2
MOST_SHOWN = 5


def check(letter: Checked) -> Finding:
    """Note them in text, headline and signature, made visible by their names."""
    signed = (letter.name, letter.standing, letter.town)
    places = {
        "text": letter.text,
        "headline": letter.headline or "",
        "signature": ", ".join(part for part in signed if part),
    }
    found = {place: hidden_characters(words) for place, words in places.items()}
    where = [place for place, some in found.items() if some]
    if not where:
        return Finding("hidden", VERSION, Result.PASS, "No hidden characters.")
    return Finding(
        "hidden",
        VERSION,
        Result.NOTE,
        f"There are hidden or disguised characters in the {' and the '.join(where)}.",
        tuple(str(one) for some in found.values() for one in some)[:MOST_SHOWN],
    )
