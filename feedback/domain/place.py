"""Places: what people write for a state or a country, and how the house prints it.

State forms and cities are the Associated Press's, as the house form lists them. The table is our
own: a lookup by sound takes “Minn.” for Maine.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import get_global

MOST_TYPED = 120  # characters; longer is no state or country


@dataclass(frozen=True)
class State:
    """A state or territory of the United States."""

    code: str  # as the Postal Service writes it
    name: str
    with_town: str  # AP form
    also: tuple[str, ...] = ()  # older and looser abbreviations that people write


STATES: tuple[State, ...] = (
    State("AL", "Alabama", "Ala."),
    State("AK", "Alaska", "Alaska", ("Alas",)),
    State("AZ", "Arizona", "Ariz."),
    State("AR", "Arkansas", "Ark."),
    State("CA", "California", "Calif.", ("Cal", "Cali")),
    State("CO", "Colorado", "Colo.", ("Col",)),
    State("CT", "Connecticut", "Conn."),
    State("DE", "Delaware", "Del.", ("Dela",)),
    State("DC", "District of Columbia", "D.C.", ("Washington, D.C.",)),
    State("FL", "Florida", "Fla.", ("Flor",)),
    State("GA", "Georgia", "Ga."),
    State("HI", "Hawaii", "Hawaii"),
    State("ID", "Idaho", "Idaho", ("Ida",)),
    State("IL", "Illinois", "Ill.", ("Ills",)),
    State("IN", "Indiana", "Ind."),
    State("IA", "Iowa", "Iowa"),
    State("KS", "Kansas", "Kan.", ("Kans",)),
    State("KY", "Kentucky", "Ky.", ("Kent", "Ken")),
    State("LA", "Louisiana", "La."),
    State("ME", "Maine", "Maine"),
    State("MD", "Maryland", "Md."),
    State("MA", "Massachusetts", "Mass."),
    State("MI", "Michigan", "Mich."),
    State("MN", "Minnesota", "Minn."),
    State("MS", "Mississippi", "Miss."),
    State("MO", "Missouri", "Mo."),
    State("MT", "Montana", "Mont."),
    State("NE", "Nebraska", "Neb.", ("Nebr",)),
    State("NV", "Nevada", "Nev."),
    State("NH", "New Hampshire", "N.H."),
    State("NJ", "New Jersey", "N.J."),
    State("NM", "New Mexico", "N.M.", ("N. Mex.", "New Mex.")),
    State("NY", "New York", "N.Y.", ("New York State",)),
    State("NC", "North Carolina", "N.C.", ("N. Car.", "No. Carolina")),
    State("ND", "North Dakota", "N.D.", ("N. Dak.", "No. Dakota")),
    State("OH", "Ohio", "Ohio"),
    State("OK", "Oklahoma", "Okla."),
    State("OR", "Oregon", "Ore.", ("Oreg",)),
    State("PA", "Pennsylvania", "Pa.", ("Penn", "Penna")),
    State("RI", "Rhode Island", "R.I."),
    State("SC", "South Carolina", "S.C.", ("S. Car.", "So. Carolina")),
    State("SD", "South Dakota", "S.D.", ("S. Dak.", "So. Dakota")),
    State("TN", "Tennessee", "Tenn."),
    State("TX", "Texas", "Texas", ("Tex",)),
    State("UT", "Utah", "Utah"),
    State("VT", "Vermont", "Vt."),
    State("VA", "Virginia", "Va.", ("Virg",)),
    State("WA", "Washington", "Wash.", ("Washington State",)),
    State("WV", "West Virginia", "W.Va.", ("West Va.", "W. Virginia")),
    State("WI", "Wisconsin", "Wis.", ("Wisc",)),
    State("WY", "Wyoming", "Wyo."),
    State("PR", "Puerto Rico", "Puerto Rico", ("P. Rico",)),
    State("GU", "Guam", "Guam"),
    State("VI", "U.S. Virgin Islands", "U.S. Virgin Islands", ("Virgin Islands", "U.S.V.I.")),
    State("AS", "American Samoa", "American Samoa"),
    State(
        "MP", "Northern Mariana Islands", "Northern Mariana Islands", ("C.N.M.I.", "N. Mariana Is.")
    ),
    State("AA", "Armed Forces Americas", "AA"),
    State("AE", "Armed Forces Europe", "AE"),
    State("AP", "Armed Forces Pacific", "AP"),
)

# Cities that print without their state, and the one they lie in: there is a Miami in Oklahoma.
BIG_CITIES: dict[str, str] = {
    "Atlanta": "GA",
    "Baltimore": "MD",
    "Boston": "MA",
    "Chicago": "IL",
    "Cincinnati": "OH",
    "Cleveland": "OH",
    "Dallas": "TX",
    "Denver": "CO",
    "Detroit": "MI",
    "Honolulu": "HI",
    "Houston": "TX",
    "Indianapolis": "IN",
    "Las Vegas": "NV",
    "Los Angeles": "CA",
    "Miami": "FL",
    "Milwaukee": "WI",
    "Minneapolis": "MN",
    "New Orleans": "LA",
    "New York": "NY",
    "Oklahoma City": "OK",
    "Philadelphia": "PA",
    "Phoenix": "AZ",
    "Pittsburgh": "PA",
    "St. Louis": "MO",
    "Salt Lake City": "UT",
    "San Diego": "CA",
    "San Francisco": "CA",
    "Seattle": "WA",
    "Washington": "DC",
}

WRITTEN = re.compile(r"[^\W\d_]|[ .,'’‘ʻ()&-]")
ZIP = re.compile(r"[ ,]*[0-9]{5}(?:-[0-9]{4})?\Z")

# Letters that are no country of ISO 3166, though the table of territories has them.
NO_COUNTRY = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)
# Where the table's name is not what a newspaper prints (AP), or has words beside the name.
PRINTED = {
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "TR": "Turkey",
}
ALSO_CALLED = {
    "US": "United States of America, The States, America, US of A",
    "GB": "Great Britain, Britain, England, Scotland, Wales, Northern Ireland, UK",
    "AE": "UAE, Emirates",
    "BA": "Bosnia",
    "CD": "DR Congo, DRC, Congo Kinshasa",
    "CG": "Congo, Congo Brazzaville",
    "CI": "Cote d'Ivoire",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "FM": "Federated States of Micronesia",
    "HK": "Hong Kong SAR China",
    "IE": "Republic of Ireland, Eire",
    "IR": "Islamic Republic of Iran",
    "KP": "Democratic People's Republic of Korea",
    "KR": "Republic of Korea, Korea",
    "LA": "Lao People's Democratic Republic",
    "MD": "Republic of Moldova",
    "MK": "Macedonia",
    "MM": "Burma, Myanmar Burma",
    "NL": "Holland",
    "PS": "Palestine, State of Palestine",
    "RU": "Russian Federation",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Türkiye, Turkiye",
    "TW": "Republic of China",
    "TZ": "United Republic of Tanzania",
    "VA": "Vatican, Holy See",
    "VI": "US Virgin Islands",
    "VN": "Viet Nam",
}


def state_code(typed: str) -> str | None:
    """The two letters of a state from any way to write it; None where it is none.

    Takes "WA", "wash.", "Washington", "N. J.", "State of Ohio", "WA 99201".
    """
    if not typed or len(typed) > MOST_TYPED:
        return None
    typed = ZIP.sub("", typed.strip())
    if not all(WRITTEN.match(char) for char in typed):
        return None
    key = _key(typed)
    table = _states_by_key()
    for lead in ("", "stateof", "commonwealthof", "territoryof"):
        if key.startswith(lead) and key.removeprefix(lead) in table:
            return table[key.removeprefix(lead)]
    return None


def state_with_town(code: str) -> str:
    """The AP form after a town ("Wash."); what is no code comes back as it is."""
    state = _states_by_code().get(code)
    return state.with_town if state else code


def state_name(code: str) -> str:
    """The name in full ("Washington"); what is no code comes back as it is."""
    state = _states_by_code().get(code)
    return state.name if state else code


def standing_alone(town: str, code: str | None) -> str | None:
    """A big city as it prints without its state; None for every other town.

    Where no state is known, the big city is meant.
    """
    found = _cities_by_key().get(_city_key(town)) if len(town) <= MOST_TYPED else None
    if found is None or code not in (None, BIG_CITIES[found]):
        return None
    return found


def country_name(typed: str) -> str | None:
    """The country's English short name, "US" for the United States; None where it is no country.

    Takes the letters of ISO 3166 and English names, in any case, with or without "the". The parts
    of the United Kingdom are the United Kingdom.
    """
    if not typed or len(typed) > MOST_TYPED:
        return None
    code = _countries_by_key().get(_key(typed).removeprefix("the"))
    if code is None:
        return None
    return "US" if code == "US" else _country_names()[code]


def country_names() -> list[str]:
    """Every country's English short name, in alphabetical order, for a list to choose from."""
    return sorted(_country_names().values(), key=_key)


def _key(written: str) -> str:
    """Letters alone, without case and accents: "N. J." and "nj" are the same."""
    apart = unicodedata.normalize("NFKD", written.replace("&", " and "))
    return "".join(char for char in apart if char.isalpha()).casefold()


def _city_key(town: str) -> str:
    key = _key(town)
    if key.startswith("saintl"):
        key = "st" + key.removeprefix("saint")
    return {"newyorkcity": "newyork", "nyc": "newyork"}.get(key, key)


@cache
def _states_by_code() -> dict[str, State]:
    return {state.code: state for state in STATES}


@cache
def _states_by_key() -> dict[str, str]:
    table: dict[str, str] = {}
    for state in STATES:
        for form in (state.code, state.name, state.with_town, *state.also):
            table.setdefault(_key(form), state.code)
    return table


@cache
def _cities_by_key() -> dict[str, str]:
    return {_city_key(city): city for city in BIG_CITIES}


@cache
def _country_names() -> dict[str, str]:
    territories = Locale("en").territories
    return {
        code: PRINTED.get(code, name.replace("&", "and"))
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
    }


@cache
def _countries_by_key() -> dict[str, str]:
    names = _country_names()
    table = {_key(code): code for code in names}
    for alias, codes in get_global("territory_aliases").items():
        if alias.isalpha() and len(codes) == 1 and codes[0] in names and len(alias) == 3:
            table[_key(alias)] = codes[0]
    for code, name in names.items():
        table[_key(name).removeprefix("the")] = code
        table[_key(Locale("en").territories[code])] = code
    for code, calls in ALSO_CALLED.items():
        for name in calls.split(", "):
            table[_key(name).removeprefix("the")] = code
    return table
