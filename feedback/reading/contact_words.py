"""Email addresses, telephone numbers and street addresses that stand in a text."""

import re

MOST_READ = 40_000
MOST_FOUND = 10
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
# With the area code, or written as one says it (“555-0134”); years and sums are none.
PHONE = re.compile(
    r"(?<![\w.,$€£/-])"
    r"(?:(?:\+?1[\s.-]?)?(?:\([2-9][0-9]{2}\)\s?|[2-9][0-9]{2}[\s.-])[0-9]{3}[\s.-][0-9]{4}"
    r"|\+[1-9][0-9]{0,2}[\s.-]?(?:\(?[0-9]{1,5}\)?[\s.-]?){2,5}[0-9]{2}"
    r"|[2-9][0-9]{2}-[0-9]{4})(?![\w/-]|[.,][0-9])"
)
KINDS = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Circle|Cir|"
    "Terrace|Highway|Hwy|Parkway|Pkwy|Trail|Square"
)
STREET = re.compile(
    r"(?<![\w.,$-])[0-9]{1,6}[A-Z]?\s{1,3}(?:[NSEW]{1,2}\.?\s{1,3}|(?:North|South|East|West)\s{1,3})?"
    rf"(?:(?:[0-9]{{1,3}}(?:st|nd|rd|th)|[A-Z][\w'’-]{{0,30}})\s{{1,3}}){{1,3}}(?:{KINDS})\b"
    r"|\bP\.?\s?O\.?\s{0,2}Box\s{1,3}[0-9]{1,8}\b"
)
# A line of a signature: “Cell: 555 0134”, or nothing but a number.
NUMBER_LINE = re.compile(
    r"^[^\w\n]{0,5}(?:(?:phone|tel|telephone|cell|mobile|home|work|office|fax|[pctmho])\b[^\n0-9]{0,20})?"
    r"[+(]?[0-9][0-9 ().+/-]{5,20}[^\w\n]{0,5}$",
    re.IGNORECASE | re.MULTILINE,
)
MASKS = (
    (EMAIL, "[email]"),
    (STREET, "[address]"),
    (PHONE, "[telephone]"),
    (NUMBER_LINE, "[telephone]"),
)

# Cheap signs without which the patterns above find nothing.
MAY_BE_PHONE = re.compile(r"[0-9+][0-9]{1,2}[\s.()-]")
MAY_BE_STREET = re.compile(r"[0-9][A-Z]?\s{1,3}[A-Z0-9]|Box")


def contacts_in(text: str) -> dict[str, list[str]]:
    """What stands there, as it is written, by kind: `email`, `telephone`, `address`.

    A kind that the text does not have is left out; 10 of each at most. Time is linear.
    """
    read = text[:MOST_READ]
    found: dict[str, list[str]] = {}
    for kind, pattern, may_be in (
        ("email", EMAIL, "@" in read),
        ("telephone", PHONE, MAY_BE_PHONE.search(read)),
        ("address", STREET, MAY_BE_STREET.search(read)),
    ):
        some = _some(pattern, read) if may_be else []
        if some:
            found[kind] = some
    return found


def masked(text: str) -> str:
    """The text, 40,000 characters of it, with a word in the place of each that was found."""
    text = text[:MOST_READ]
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


def _some(pattern: re.Pattern[str], text: str) -> list[str]:
    found: dict[str, None] = {}
    for match in pattern.finditer(text):
        found.setdefault(" ".join(match[0].split()).rstrip("."))
        if len(found) == MOST_FOUND:
            break
    return list(found)
