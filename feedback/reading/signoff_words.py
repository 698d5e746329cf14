"""What sign-offs look like: farewells, names, titles, addresses, places."""

import re

from feedback.reading.gazetteer import PLACES, states_of

MOST_LINES = 10  # of the end of a letter that can be its sign-off
MOST_LINE = 120  # characters of a line of it
MOST_TEXT = 200_000

VALEDICTION = re.compile(
    r"(?:yours?|sincerely|respectfully|regards|best|kind|warm(?:est|ly)?|cordially|truly|"
    r"faithfully|many thanks|thanks|thank you|with|gratefully|cheers|blessings|god bless|"
    r"in christ|very|all the best|signed|love|peace)\b[\w ,’'&-]{0,50}[,.!;:—–-]*",
    re.IGNORECASE,
)
ONE_LINE_BYE = re.compile(
    r"((?:very |yours |most )?(?:sincerely|truly|respectfully|regards|best regards|thank you|"
    r"thanks|cordially)(?: yours)?)\s*[,.—–-]+\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
DASHES = re.compile(r"\s*(?:[—–]|--?)\s*(?=[^\W\d_(“\"])")
RUN_IN = re.compile(r"(?<=[.!?…”\"’)])\s*(?:—|--|–)\s*([^—\n]{3,160})\Z")
LABELS = {
    "name": "name",
    "full name": "name",
    "your name": "name",
    "from": "name",
    "signed": "name",
    "town": "town",
    "city": "town",
    "city/town": "town",
    "state": "state",
    "country": "country",
    "town, state": "place",
    "town/state": "place",
    "town and state": "place",
    "city, state": "place",
    "city/state": "place",
    "city and state": "place",
    "location": "place",
    "place": "place",
    "hometown": "place",
    "residence": "place",
}
LABEL = re.compile(r"\**([A-Za-z][A-Za-z ,/]{1,20}?)\**\s*:\**\s*(\S.{0,110})")
CONTACT = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|"
    r"(?:(?:phone|tel|telephone|cell|mobile|home|fax|email|e-mail|address)\b.{0,60})|"
    r"[+(]?[0-9][0-9 ().+-]{6,20}(?:\s*\(?(?:cell|home|mobile|h|c|m|work)\)?)?|"
    r"(?:P\.? ?O\.? Box|[0-9]{1,6}[A-Za-z]?) .{2,60}|sent from .{1,60}|(?:apt|unit|suite)\b.{1,20}",
    re.IGNORECASE,
)
STANDING = re.compile(
    r"(?:(?:vice |co-|former |retired |senior |executive |assistant |associate |past )*"
    r"(?:president|director|chair(?:man|woman|person)?|ceo|cfo|professor|pastor|rev|mayor|owner|"
    r"editor|member|founder|captain|teacher|attorney|manager|secretary|treasurer|veteran|nurse|"
    r"physician|engineer|farmer|rancher|student|retired|commissioner|representative|senator))\b"
    r".{0,90}",
    re.IGNORECASE,
)
ZIP = re.compile(r"[ ,]*[0-9]{5}(?:-[0-9]{4})?\Z")
NAME_WORD = re.compile(
    r"(?:[^\W\d_][\w’'.-]*|[“\"(][^\W\d_][\w’' .-]{0,30}[”\")]|&|[“\"(]{2}[^\W\d_]\w*[”\")]{2}),?"
)
SMALL_WORDS = frozenset(
    """
    de del la van von der den di da dos al bin ibn and y e le du &
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|m\.?d|ph\.?d|d\.?d\.?s|esq|r\.?n|ret|u\.?s\.? ?\w{2,8}|"
    r"usn|usmc|usaf|c\.?p\.?a|j\.?d|d\.?v\.?m|ed\.?d|p\.?e)\.?(?: \(?ret(?:ired|\.)?\)?)?",
    re.IGNORECASE,
)
NO_NAME = frozenset(
    """
    the a an i my we our you your this that it god bless america thank thanks please dear editor sir
    madam regards sincerely truly yours respectfully best wishes and-so end amen enough why what who
    shame wake vote stop no yes never always hope sent original message forwarded subject date to
    re ps p.s
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
# A full stop inside a place stands behind a short word alone: St. Louis, W. Va.
PLACE_WORD = r"(?:d[’'][A-Z][a-z]+|(?:St|Ste|Ft|Mt|Pt|No|So|[A-Z])\.|[A-Z][\w’'-]*)"
PLACE_WORDS = (
    rf"(?:(?:[A-Z]\.){{2}}|{PLACE_WORD}(?: (?:{PLACE_WORD}|of|on|the|du|de|la|del)){{0,3}}\.?)"
)
# An abbreviation keeps its stop; a whole name has none, though some are as short.
ABBREVIATED = re.compile(r"(?!Idaho|Iowa|Maine|Ohio|Texas|Utah)(?:\w{2,5}|(?:\w\.)+\w|W\. ?Va)\.")
LIVES_IN = re.compile(
    r"\b(?:(?:I|[Ww]e)(?: have| ’ve|’ve|'ve)?(?: also| now| still| currently| both)? "
    r"(?:live|lived|reside|work|am living|are living|farm|teach|grew up and live)"
    r"(?: and \w+)?(?: here| right here)? (?:in|near)|"
    r"(?:I am|I’m|I'm|[Ww]e are|[Ww]e’re|[Ww]e're) (?:writing )?from|"
    r"(?:[Aa]|[Aa]n?\s\w+|[Ll]ifelong|[Ll]ongtime) (?:resident|citizen|native|voter|taxpayer) "
    r"(?:of|in|from))"
    rf" ({PLACE_WORDS})(?:, ({PLACE_WORDS}))?(?:, ({PLACE_WORDS}))?"
)


def looks_like_state(words: str) -> bool:
    """Two capitals of the Postal Service, an abbreviation with its stop, or no town's name."""
    bare = words.strip()
    if bare in PLACES or re.fullmatch(r"(?:[A-Z]\. ?){2}|W\. ?Va\.|[A-Z][a-z]{1,5}\.", bare):
        return True
    return bool(re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}", bare)) and not states_of(bare)
