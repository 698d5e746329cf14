"""Who a person is, and who may live in the same house: words to compare, made of name and place.

What comes out is folded (small letters, no accents, no punctuation), so that “José O'Brien” and
“JOSE O’Brien” are one. It is still somebody's name: whoever stores it seals it by a keyed digest.
"""

import re
import unicodedata

MOST_READ = 200  # characters of a name that are looked at; names of forms have 120
LEAST_WORDS = 2  # of a name that tells one person from another
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['’‘`ʻʼ.]")
JOINED = re.compile(r"\s+(?:and|und|y|et|&|\+)\s+|\s*[;/&]\s*", re.IGNORECASE)


def person_words(
    name: str | None, town: str | None, state: str | None, country: str | None
) -> str | None:
    """Tells one signer from another where no email address does.

    None where there is too little to say that two letters are by the same person: no whole name,
    or no place.
    """
    who = fold(name)
    where = _where(town, state, country)
    if who is None or len(who.split()) < LEAST_WORDS or where is None:
        return None
    return f"person\n{who}\n{where}"


def household_words(
    name: str | None, town: str | None, state: str | None, country: str | None
) -> str | None:
    """Surname and place: people who share them may live together.

    None where surname, town or state is missing, and for signers of several surnames.
    """
    surname = surname_of(name)
    place, region = fold(town), fold(state) or _abroad(country)
    if surname is None or place is None or region is None:
        return None
    return f"household\n{surname}\n{place}\n{region}"


def surname_of(name: str | None) -> str | None:
    """The folded surname; of a couple the one they share. None where there is none, or several."""
    if not name:
        return None
    from nameparser import HumanName  # a tenth of a second, not before it is needed

    parts = [part for part in JOINED.split(name[:MOST_READ].strip()) if part.strip(" ,")]
    if not parts:
        return None
    # “Randy and Peg Malloy”, “Mr. and Mrs. John Doe”: the last one has the surname of both.
    read = [HumanName(part) for part in parts]
    surnames = {fold(one.last) for one in read if one.last and (one.first or one.title)}
    if not read[-1].last:
        return None
    return surnames.pop() if len(surnames) == 1 else None


def fold(text: str | None) -> str | None:
    """Small letters and digits alone, without accents, one space between words; None if empty."""
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", (text or "")[:MOST_READ]))
    plain = "".join(char for char in apart if not unicodedata.combining(char)).casefold()
    return " ".join(WORD.findall(plain)) or None


def _where(town: str | None, state: str | None, country: str | None) -> str | None:
    parts = [fold(town), fold(state), _abroad(country)]
    return "\n".join(part for part in parts if part) or None


def _abroad(country: str | None) -> str | None:
    return None if country == "US" else fold(country)
