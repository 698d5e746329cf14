"""A name that is to be withheld, and stands in what prints all the same."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.name_words import find_name

VERSION = 1
MOST_SHOWN = 5


def check(letter: Checked) -> Finding:
    """Hold a letter without a name whose text, headline or office names its writer."""
    if not letter.is_withheld or not letter.name:
        return Finding("withheld", VERSION, Result.PASS, "No name is to be withheld.")
    places = {"text": letter.text, "headline": letter.headline, "office": letter.standing}
    found = {place: find_name(words, letter.name) for place, words in places.items() if words}
    where = [place for place, names in found.items() if names]
    if not where:
        return Finding("withheld", VERSION, Result.PASS, "The name stands nowhere in it.")
    names = dict.fromkeys(name for some in found.values() for name in some)
    return Finding(
        "withheld",
        VERSION,
        Result.HOLD,
        f"The name is to be withheld, and stands in the {' and the '.join(where)}.",
        tuple(names)[:MOST_SHOWN],
    )
