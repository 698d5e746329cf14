"""What house style would change in a text, as single changes that an editor takes or leaves.

Marks, dashes, dots and spaces as `house_style.tidy` sets them; states, times and dates in the forms
of the Associated Press; words in capitals; a word that stands twice. Nothing is changed by itself.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from feedback.reading.gazetteer import is_known_town
from feedback.reading.house_style import tidy
from feedback.reading.redline_blocks import blocks
from feedback.reading.sentences import ends
from feedback.reading.tokens import Token, tokens

KINDS = ("marks", "dashes", "dots", "spaces", "states", "dates", "capitals", "twice")
MOST_READ = 20_000  # characters
MOST_OFFERED = 300
BESIDE = 6  # characters around a change that tell it from others like it

MONTHS = {
    "January": "Jan.", "February": "Feb.", "March": "March", "April": "April", "May": "May",
    "June": "June", "July": "July", "August": "Aug.", "September": "Sept.", "October": "Oct.",
    "November": "Nov.", "December": "Dec.",
}  # fmt: skip
# A month is short only with a day: “Jan. 2”, but “January 2026”.
DATE = re.compile(
    rf"\b({'|'.join(MONTHS)}|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\b(\.?) ([1-9]|[12][0-9]|3[01])"
    r"(st|nd|rd|th)?\b(?![:\d%])"
)
TIME = re.compile(r"\b(1[0-2]|[1-9])(?::([0-5][0-9]))? ?([ap])\.? ?m\b(\.?)", re.IGNORECASE)
TOWN = re.compile(r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3}, ")
TWICE = re.compile(r"\b([a-z]{2,20}) \1\b")
MAY_STAND_TWICE = frozenset(("that", "had", "very", "so", "no", "bye", "ha", "blah", "now"))
# Two words or more that are not all as short as initials are.
RUN = re.compile(r"\b[A-Z]{2,20}(?:[ ,'’-]{1,2}[A-Z]{1,20}){1,40}\b")
LEAST_RUN = 8  # capital letters
# Words that are no initials of anything; written alone in capitals they are a raised voice.
RAISED = frozenset(
    """
    ALL ALWAYS ANY ANYONE BAD BEST BOTH DANGEROUS ENOUGH EVER EVERY EVERYONE EVERYTHING FACT FAKE
    FALSE FREE GOOD GREAT HATE HUGE HOW LIE LIES LIARS LOVE MANY MORE MOST MUCH MUST MY NEED NEVER
    NEW NO NOBODY NONE NOT NOTHING NOW ONLY OUR OUT OWN PLEASE REAL REALLY RIGHT SHAME STOP STUPID
    THAT THE THEIR THEM THEY THIS TRUE TRUTH UNTIL VERY WAKE WHAT WHEN WHO WHY WORST WRONG YES YOUR
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
ALONE = re.compile(r"\b[A-Z]{2,12}\b")


@dataclass(frozen=True, order=True)
class Offer:
    """One change: the characters start:end of the text, `before`, would become `after`.

    `key` stays the same while the text around it does.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    key: str


def offers(text: str, states: Mapping[str, tuple[str, str]]) -> list[Offer]:
    """What house style would change, from left to right; no two touch the same characters.

    `states` has every way to write a state (after a town), with its two letters and its AP form.
    Texts over MOST_READ characters are read so far.
    """
    text = text[:MOST_READ]
    found: list[Offer] = []
    taken = [False] * (len(text) + 1)
    for start, end, after, kind in (*_words(text, states), *_marks(text)):
        if any(taken[start : max(end, start + 1)]) or text[start:end] == after:
            continue
        taken[start:end] = [True] * (end - start)
        before = text[start:end]
        around = text[max(0, start - BESIDE) : start] + "\0" + text[end : end + BESIDE]
        digest = hashlib.sha256(f"{kind}\0{before}\0{after}\0{around}".encode()).hexdigest()
        found.append(Offer(start, end, before, after, kind, digest[:12]))
    return sorted(found)[:MOST_OFFERED]


def accept(text: str, chosen: Iterable[Offer]) -> str:
    """The text with these of its offers carried out."""
    parts: list[str] = []
    at = 0
    for offer in sorted(chosen):
        parts += (text[at : offer.start], offer.after)
        at = offer.end
    return "".join(parts) + text[at:]


def accept_all(text: str, states: Mapping[str, tuple[str, str]]) -> str:
    """The text with everything carried out, also what one change opens the way for."""
    for _ in range(4):
        found = offers(text, states)
        if not found:
            break
        text = accept(text, found)
    return text


def picked(found: Collection[Offer], keys: Collection[str]) -> list[Offer]:
    """The offers with these keys."""
    return [offer for offer in found if offer.key in keys]


Span = tuple[int, int, str, str]  # start, end, what comes there, kind


def _words(text: str, states: Mapping[str, tuple[str, str]]) -> Iterator[Span]:
    yield from _capitals(text)
    yield from _states(text, states)
    for match in TIME.finditer(text):
        hour, minutes, half = match[1], match[2], match[3].lower()
        shown = hour if minutes in (None, "00") else f"{hour}:{minutes}"
        yield match.start(), match.end(), f"{shown} {half}.m.", "dates"
    for match in DATE.finditer(text):
        name = match[1]
        short = MONTHS.get(name) or ("Sept." if name.startswith("Sep") else f"{name}.")
        yield match.start(), match.end(), f"{short} {match[3]}", "dates"
    for match in TWICE.finditer(text):
        if match[1] not in MAY_STAND_TWICE:
            yield match.start(), match.end(), match[1], "twice"


def _states(text: str, states: Mapping[str, tuple[str, str]]) -> Iterator[Span]:
    """“Spokane, WA” and “Spokane, Washington”, where the state has that town."""
    longest = max(map(len, states), default=0)
    for match in TOWN.finditer(text):
        for length in range(min(longest, len(text) - match.end()), 1, -1):
            end = match.end() + length
            code, form = states.get(text[match.end() : end], ("", ""))
            if not code or (end < len(text) and (text[end].isalnum() or text[end] == "-")):
                continue
            town = match[0][:-2]
            if any(is_known_town(part, code) for part in _endings(town)):
                if form.endswith(".") and text[end : end + 1] == ".":
                    end += 1
                yield match.end(), end, form, "states"
            break


def _endings(town: str) -> Iterator[str]:
    """The words before a comma, and what is left without the first of them: “In Deer Park”."""
    words = town.split(" ")
    for first in range(len(words)):
        yield " ".join(words[first:])


def _capitals(text: str) -> Iterator[Span]:
    starts = {0, *_after(text)}
    shouted: list[tuple[int, int]] = []
    for match in RUN.finditer(text):
        words = re.findall("[A-Z]+", match[0])
        is_loud = sum(map(len, words)) >= LEAST_RUN and any(
            len(word) > 4 or word in RAISED for word in words
        )
        if is_loud:
            shouted.append(match.span())
            yield (
                match.start(),
                match.end(),
                _lowered(match[0], match.start() in starts),
                "capitals",
            )
    for match in ALONE.finditer(text):
        if match[0] in RAISED and not any(a <= match.start() < b for a, b in shouted):
            yield (
                match.start(),
                match.end(),
                _lowered(match[0], match.start() in starts),
                "capitals",
            )


def _after(text: str) -> Iterator[int]:
    """Where the sentences begin."""
    for end in ends(text):
        yield next((at for at in range(end, len(text)) if text[at].isalnum()), len(text))


def _lowered(shouted: str, is_first: bool) -> str:
    low = re.sub(r"\bi\b", "I", shouted.lower())
    return low[0].upper() + low[1:] if is_first else low


def _marks(text: str) -> Iterator[Span]:
    """Where the tidy text differs, token by token."""
    before, after = _exact(tokens(text)), _exact(tokens(tidy(text)))
    for block in blocks(before, after).changed:
        start = before[block.a0].at if block.a0 < len(before) else len(text)
        end = before[block.a1].at if block.a1 < len(before) else len(text)
        new = "".join(token.text for token in after[block.b0 : block.b1])
        yield start, end, new, _kind(text[start:end] + new)


def _exact(found: list[Token]) -> list[Token]:
    """Tokens that are the same only where every character is."""
    return [Token(t.text, t.text, t.at, t.is_word, t.is_gap) for t in found]


def _kind(touched: str) -> str:
    if touched.isspace() or not touched:
        return "spaces"
    if re.search("[-–—]", touched):
        return "dashes"
    if "…" in touched:
        return "dots"
    return "marks" if re.search("[\"'`´‘’“”„‟]", touched) else "spaces"
