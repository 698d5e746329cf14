"""How a writer is printed."""

import re
import unicodedata
from dataclasses import dataclass

from feedback.domain.place import (
    standing_alone,
    state_code,
    state_name,
    state_with_town,
)

WITHHELD = "Name withheld"
HOME = "US"
OPENING_QUOTE = re.compile(r'(^|[\s(\[“‘—-])"')


@dataclass(frozen=True)
class Signature:
    """Name, office and place, as they were given; None is what the writer did not write.

    `state` is a USPS code in the United States, else as written; `country` is "US" or an English
    short name.
    """

    name: str | None
    standing: str | None
    town: str | None
    state: str | None
    country: str | None
    withheld: bool = False

    def printed(self) -> str:
        """What stands after the em dash: “Jane Q. Reader, Spokane, Wash.”

        A withheld name prints as “Name withheld”, and without the office, which names a person.
        Empty where nothing is known.
        """
        if self.withheld:
            return ", ".join(part for part in (WITHHELD, self.place()) if part)
        parts = (self.name, self.standing, self.place())
        return ", ".join(_typographic(part) for part in parts if part)

    def place(self) -> str:
        """Where the writer lives, in the house's form; empty where it is not known."""
        if self.country not in (None, HOME):
            return ", ".join(part for part in (self.town or self.state, self.country) if part)
        return _place_at_home(self.town, self.state)

    def differs_from(self, other: "Signature") -> bool:
        """Whether the name is another one: in more than case, spacing or the kind of quotes."""
        return _bare(self.name) != _bare(other.name)


def _place_at_home(town: str | None, state: str | None) -> str:
    if state is None:
        return (standing_alone(town, None) or town) if town else ""
    if town:
        town = _without_state(town, state)
    if state == "DC":
        # The house prints the capital with its district, and the district as the capital.
        return "Washington, D.C." if town in (None, "Washington") else f"{town}, D.C."
    if not town:
        return state_name(state)
    return standing_alone(town, state) or f"{town}, {state_with_town(state)}"


def _without_state(town: str, state: str) -> str:
    """People write “Spokane, WA” for the town, and the state once more."""
    before, comma, last = town.rpartition(",")
    if comma and before.strip() and state_code(last) == state:
        return before.strip()
    return town


def _typographic(name: str) -> str:
    """Apostrophes and quotation marks as they print: O’Brien, Al (“Cap”) Lee."""
    return OPENING_QUOTE.sub(r"\1“", name).replace('"', "”").replace("'", "’")


def _bare(name: str | None) -> str:
    plain = _typographic(unicodedata.normalize("NFC", name or "")).casefold()
    return "".join(plain.split())
