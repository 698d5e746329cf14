"""A letter's text, headline and signature by the names that forms and programs give them.

So that what was typed can be kept, compared with what is saved now, and put together with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback.desk.edit import LIMITS, Edits
from feedback.domain.letter import Letter
from feedback.reading.cleaning import clean_text
from feedback.reading.merging import Clash, merge

# Named as in the contract's PATCH.
TEXT = "edited"
LINES = ("headline", "name", "standing", "town", "state", "country")
BOXES = ("abridged", "bracket")
NAMES = (TEXT, *LINES, *BOXES)
Values = Mapping[str, str]  # a ticked box is "y", else ""


@dataclass(frozen=True)
class Joined:
    """Two edits in one: `values` with both, `clashes` where both changed the same words.

    `theirs` are the values of fields that both changed, each otherwise, as the other left them.
    """

    values: dict[str, str]
    clashes: tuple[Clash, ...] = ()
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether nothing had to be chosen."""
        return not self.clashes and not self.theirs


def values_of(letter: Letter) -> dict[str, str]:
    """The letter's values as they are saved, by NAMES."""
    return {
        TEXT: letter.text,
        "headline": letter.headline or "",
        "name": letter.name or "",
        "standing": letter.standing or "",
        "town": letter.town or "",
        "state": letter.place_state or "",
        "country": letter.country or "",
        "abridged": "y" if letter.is_abridged else "",
        "bracket": "y" if letter.has_bracket else "",
    }


def changed(base: Values, values: Values) -> dict[str, str]:
    """Those of `values` that say something else than `base` does; both may lack some."""
    return {n: values[n] for n in NAMES if n in values and not is_same(values[n], base.get(n, ""))}


def is_same(one: str, other: str) -> bool:
    """Whether two values are saved as the same."""
    return clean_text(one) == clean_text(other)


def as_edits(values: Values) -> Edits:
    """The edits that bring a letter to these values; what is lacking is left as it is."""
    return Edits(
        **{name: values[name] for name in (TEXT, *LINES) if name in values},
        is_abridged=values["abridged"] == "y" if "abridged" in values else None,
        has_bracket=values["bracket"] == "y" if "bracket" in values else None,
    )


def as_values(edits: Edits) -> dict[str, str]:
    """The values that edits name."""
    found = {name: getattr(edits, name) for name in (TEXT, *LINES)}
    boxes = {"abridged": edits.is_abridged, "bracket": edits.has_bracket}
    found |= {name: None if on is None else "y" * on for name, on in boxes.items()}
    return {name: value for name, value in found.items() if value is not None}


def join(base: Values, mine: Values, theirs: Values) -> Joined:
    """Put two edits of the same `base` together; where they meet, `mine` stands.

    All three have the same names. An empty text of mine (back to the original) is a change too.
    """
    lines = [n for n in base if n != TEXT]
    values = {n: theirs[n] if is_same(mine[n], base[n]) else mine[n] for n in lines}
    both = {
        n: theirs[n]
        for n in lines
        if not is_same(theirs[n], base[n]) and not is_same(values[n], theirs[n])
    }
    if TEXT not in base:
        return Joined(values, (), both)
    found = merge(clean_text(base[TEXT]), clean_text(mine[TEXT]), clean_text(theirs[TEXT]))
    return Joined({TEXT: found.text, **values}, found.clashes, both)


def read_values(sent: object) -> dict[str, str]:
    """Values out of something that was kept or sent: known names, strings of a bearable length."""
    if not isinstance(sent, Mapping):
        return {}
    return {
        name: value
        for name in NAMES
        if isinstance(value := sent.get(name), str) and len(value) <= LIMITS[TEXT] * 2
    }
