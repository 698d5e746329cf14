"""Towns of the United States: a hint for editors, never a reason to refuse.

The names are those of the Postal Service (package `zipcodes`), with the other names that it takes
for the same place. The list is read once, when it is first asked for.
"""

import re
import unicodedata
from functools import cache
from typing import Any

import zipcodes

MOST_TYPED = 120
PLACES = """
    AA AE AK AL AP AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP
    MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY
    """.split()  # noqa: SIM905 -- sixty pairs of quotes read worse
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['’‘`ʻʼ.]")
# What people write short and the list in full, or the other way round.
IN_FULL = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "mtn": "mountain",
    "pt": "point",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "no": "north",
    "so": "south",
    "hts": "heights",
    "spgs": "springs",
    "spg": "spring",
    "bch": "beach",
    "ctr": "center",
    "centre": "center",
    "jct": "junction",
    "vlg": "village",
    "twp": "township",
    "boro": "borough",
    "is": "island",
    "lk": "lake",
}
LEADS = ("cityof", "townof", "villageof", "boroughof", "townshipof")
TAILS = ("city", "township", "village", "borough", "town")


def is_known_town(town: str, state_code: str) -> bool:
    """Whether the state (two letters) has a town of that name, however it is spelled."""
    known = _towns(state_code.upper()) if state_code.upper() in PLACES else frozenset()
    return any(key in known for key in _keys(town))


def states_of(town: str) -> list[str]:
    """The states (two letters, in alphabetical order) that have a town of that name."""
    keys = _keys(town)
    return [code for code in PLACES if keys and any(key in _towns(code) for key in keys)]


@cache
def _towns(code: str) -> frozenset[str]:
    return frozenset(_fold(name) for name in _names().get(code, ()))


@cache
def _names() -> dict[str, set[str]]:
    """The names of each state's towns; all are read at once, as they stand in one list."""
    names: dict[str, set[str]] = {}
    rows: list[dict[str, Any]] = zipcodes.list_all()  # type: ignore[no-untyped-call]  # not as typed as it says
    for row in rows:
        known = names.setdefault(row["state"], set())
        known.update((row["city"], *row["acceptable_cities"], *row["unacceptable_cities"]))
    return names


def _keys(town: str) -> list[str]:
    """The name, and the name without "City of" before it or "Township" behind it."""
    if not town or len(town) > MOST_TYPED:
        return []
    key = _fold(town)
    keys = [key]
    keys += [key.removeprefix(lead) for lead in LEADS if key.startswith(lead)]
    keys += [key.removesuffix(tail) for tail in TAILS if key.endswith(tail)]
    return [key for key in keys if len(key) > 1]


def _fold(name: str) -> str:
    """Letters and digits alone, without accents; "St. Mary's" is "saintmarys"."""
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name))
    plain = "".join(char for char in apart if not unicodedata.combining(char)).casefold()
    return "".join(IN_FULL.get(word, word) for word in WORD.findall(plain))
