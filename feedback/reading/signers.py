"""How many people sign: their names, as far as one line gives them."""

import re

MOST_READ = 200
MOST_SIGNERS = 20
JOINED = re.compile(r"\s*(?:;|/|&|\+|,|\band\b|\by\b)\s*", re.IGNORECASE)
# Behind a comma these go on with the name before it.
SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|esq|ph\.?\s?d|m\.?d|d\.?d\.?s|r\.?n|cpa|ret|usn|usmc|usaf|retired)\.?",
    re.IGNORECASE,
)
MORE = re.compile(
    r"\b(?:and|plus|with|signed by)\s+[0-9]{1,4}\s+(?:others?|more|neighbors|residents|members|"
    r"colleagues|parents|teachers|students|citizens|signers|co-?signers)\b|\bco-?signed by\b|"
    r"\bwe,? the undersigned\b",
    re.IGNORECASE,
)

FIGURE = re.compile(r"[0-9]\s+[mocnprtsMOCNPRTS][a-z-]{3}")


def signers_of(name: str | None) -> list[str]:
    """The names in a signature; “Randy and Peg Malloy” are two, “John Doe, Jr.” is one."""
    found: list[str] = []
    for part in JOINED.split((name or "")[:MOST_READ]):
        if part.strip(" .") and not (found and SUFFIX.fullmatch(part.strip())):
            found.append(part.strip())
    return found[:MOST_SIGNERS]


def more_signers(text: str) -> str | None:
    """The words by which a text says that others sign it as well; None where none do."""
    read = text[:40_000]
    if not FIGURE.search(read) and "signed" not in read.casefold():
        return None
    found = MORE.search(read)
    return found[0] if found else None
