"""A reply of few words that says one plain thing: yes, no, take it back, or what was missing.

Whole replies alone are understood: as soon as more is said, a person reads it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from feedback.reading.gazetteer import states_of
from feedback.reading.signoff import Known, find_signoff

MOST = 400  # characters of a reply that may be plain
MOST_LINES = 8
LINE = 150  # characters of a line that gives a name or a place
HELLO = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|to the editors?)\b"
    r"[^.!?\n]{0,50}[,.!:]?",
    re.IGNORECASE,
)
BYE = re.compile(
    r"(?:many |with |best |kind |warm |very )*(?:thanks?(?: you)?(?: (?:again|so much|very much))?"
    r"|regards|wishes|best|sincerely|yours(?: truly| sincerely| faithfully)?|cheers)[,.!]*",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:(?:my )?(?:full )?name(?: is)?|i am|i'm|(?:i )?live in|i(?:'m| am) from|from|state"
    r"|(?:my )?(?:home)?(?:town|city|place|address)(?: ?(?:,|and|/) ?state)?(?: is)?)\s*:?\s+",
    re.IGNORECASE,
)
NO_LETTERS = re.compile(r"[^\w\s]+")
THANKS = re.compile(r" (?:many )?(?:thanks|thank you)(?: again| very much| so much)?\Z")
LEAST_ALONE = 4  # letters of a state or country alone: “No”, “OK” and “Hi” are no places

_IT = r"(?:it|this|that|(?:the|this|that|my) (?:letter|email))"
_MINE = r"(?:mine|my letter|from me|written by me)"
_WROTE = (
    rf"(?:i (?:did )?(?:wrote|write) {_IT}(?: myself)?|{_IT}(?: is|s| was) {_MINE}"
    rf"|i am (?:the|its) (?:writer|author)(?: of {_IT})?|i did|it is)"
)
_YES = r"(?:yes(?: indeed)?|yep|yeah|confirmed|i confirm(?: that| it| this)?)"
_NOT = (
    rf"(?:i (?:did not|didnt|never|have not|havent) (?:write|wrote|written|send|sent) {_IT}"
    rf"|{_IT} (?:is not|isnt|was not|wasnt) (?:me|{_MINE}))"
)
_WANT = r"(?:i (?:want to |would like to |wish to |hereby )?)?"
_PRINT = rf"(?:do not|dont) (?:print|publish) {_IT}"
_BACK = rf"(?:{_WANT}(?:withdraw|take back|cancel)(?: {_IT})?|{_PRINT})"
SAYINGS = {
    "yes": re.compile(
        rf"(?:{_YES}(?: {_WROTE}){{0,2}}|i (?:did )?(?:wrote|write) {_IT}|{_IT}(?: is|s) mine)"
    ),
    "no": re.compile(rf"(?:no )?{_NOT}(?: {_NOT})?"),
    "withdraw": re.compile(
        rf"(?:no )?(?:please )?{_BACK}(?: (?:and )?(?:please )?{_BACK})?(?: please)?"
    ),
}


class Says(StrEnum):
    """What a plain reply says."""

    YES = "yes"  # I wrote it
    NO = "no"  # I did not
    WITHDRAW = "withdraw"  # take it back


@dataclass(frozen=True)
class PlainAnswer:
    """What is said, and the fields that are given, by the names of the form."""

    says: Says | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    line: str = ""  # all of a reply that is one line: it may be a headline


def plain_answer(
    text: str,
    missing: Collection[str],
    name: str | None = None,
    is_state: Known | None = None,
    is_country: Known | None = None,
) -> PlainAnswer:
    """Read a reply's own words; `missing` is what was asked for, `name` the writer's if known.

    An answer that says more than that is nothing plain.
    """
    if len(text) > MOST:
        return PlainAnswer()
    lines = _core(text, name)
    if not lines or len(lines) > MOST_LINES:
        return PlainAnswer()
    says, rest = _said(lines)
    given = _given(rest, missing, is_state, is_country) if rest else {}
    if given is None:  # there is more in it
        says, given = None, {}
    return PlainAnswer(says, given, lines[0] if len(lines) == 1 and says is None else "")


def _core(text: str, name: str | None) -> list[str]:
    """The lines without greeting, thanks, and the writer's own name at the end."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if lines and HELLO.fullmatch(lines[0]):
        del lines[0]
    known = {word.casefold() for word in (name or "").split()}
    while lines and known and set(_words(lines[-1]).split()) <= {_words(w) for w in known}:
        del lines[-1]
    while lines and BYE.fullmatch(lines[-1]):
        del lines[-1]
    return [line for line in lines if not BYE.fullmatch(line)]


def _said(lines: list[str]) -> tuple[Says | None, list[str]]:
    """What the first lines say, as many as belong to it, and the lines below."""
    for number in (3, 2, 1):
        words = _words(" ".join(lines[:number]))
        for key, pattern in SAYINGS.items():
            if number <= len(lines) and pattern.fullmatch(words):
                return Says(key), lines[number:]
    return None, lines


def _words(text: str) -> str:
    bare = text.casefold().replace("’", "'").replace("'", "")
    return THANKS.sub("", " ".join(NO_LETTERS.sub(" ", bare).split()))


def _given(
    lines: list[str],
    missing: Collection[str],
    is_state: Known | None,
    is_country: Known | None,
) -> dict[str, str] | None:
    """Name and place where the lines are these and nothing else; None where there is more."""
    found: dict[str, str] = {}
    for whole in lines:
        line = LABEL.sub("", whole, count=1).strip(" .") if LABEL.match(whole) else whole
        wanted = {part for part in ("name", "town") if part in missing} - _have(found)
        one = _line(line, wanted, is_state, is_country, is_labelled=line != whole)
        if one is None:
            return None
        found |= {key: value for key, value in one.items() if key not in found}
    return found


def _have(found: Mapping[str, str]) -> set[str]:
    have = {"name"} if "name" in found else set()
    return have | ({"town"} if {"town", "state", "country"} & set(found) else set())


def _line(
    line: str,
    wanted: set[str],
    is_state: Known | None,
    is_country: Known | None,
    *,
    is_labelled: bool,
) -> dict[str, str] | None:
    """One line as a place, a name, or both; None where it is neither, or may be either.

    A town alone counts where the line says that it is one: “Okay” is a town, too.
    """
    if len(line) > LINE:
        return None
    first = line.partition(",")[0].strip()
    # Read as below a letter: a place stands under a name there.
    under_name = find_signoff(f"A letter.\n\nJane Reader\n{line}", is_state, is_country)
    place = {
        key: value
        for key in ("town", "state", "country")
        if (value := getattr(under_name, key)) and under_name.name == "Jane Reader"
    }
    signed = find_signoff(f"A letter.\n\n{line}", is_state, is_country)
    name = {"name": signed.name} if signed.name and " " in signed.name else {}
    both = name | {
        key: value for key in ("town", "state", "country") if (value := getattr(signed, key))
    }
    is_known_town = bool(states_of(first))
    if name and "town" in both and "name" in wanted and name["name"].startswith(first):
        return both  # “Jane Reader, Spokane, Wash.”
    if place.get("town") == first and len(place) > 1 and name and not is_known_town:
        if wanted >= {"name", "town"}:
            return None  # “Smallville Creek, Kan.”, “Jane Reader, Ohio”
        return place if "town" in wanted else both
    if place and ("town" in wanted or is_known_town or not name):
        is_short = len(NO_LETTERS.sub("", line)) < LEAST_ALONE
        is_bare = len(place) == 1 and ("town" in place or is_short)
        return place if not is_bare or (is_labelled and not is_short) else None
    return both if name else None
