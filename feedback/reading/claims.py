"""Statements that a reader would take for facts: figures, quotations, accusations against people.

A list to look through, no judgement: that a sentence stands here says only that it could be
checked.
"""

import re
from collections import deque
from dataclasses import dataclass

from feedback.reading.sentences import spans

MOST_READ = 40_000
MOST_FOUND = 12
MOST_WORDS_SHOWN = 240  # characters of a sentence

# A number with its measure; years, dates, ages of a person and times of day are no claims.
# The first sign of each pattern is a figure or a mark, so that most of a text is skipped quickly.
SUMS = re.compile(r"[$€£]\s?[0-9]")
MEASURED = re.compile(
    r"[0-9](?:,[0-9]{3}){1,5}\b|[0-9]\s?(?:%|percent\b|per cent\b|"
    r"(?:hundred|thousand|million|billion|trillion|times|people|miles|acres|tons|jobs|deaths|"
    r"dollars|votes|cases|students|homes|families)\b)",
)
IN_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|most|percent|"
    r"(?:hundreds?|thousands?|millions?|billions?)\sof|doubled|tripled|quadrupled|halved)\b"
    r"(?:\s(?:in|out\sof|of)\s(?:every\s)?(?:three|four|five|six|seven|eight|nine|ten|[0-9]{1,4})\b"
    r"|(?<=percent)|(?<=\sof)|(?<=doubled)|(?<=tripled)|(?<=quadrupled)|(?<=halved))",
    re.IGNORECASE,
)
QUOTATION = re.compile(r"[“\"][^“”\"\n]{12,600}[”\"]")
NAME = re.compile(
    r"\b(?:(?:Mayor|Gov\.|Governor|Sen\.|Senator|Rep\.|President|Judge|Sheriff|Chief|Councilman|"
    r"Councilwoman|Commissioner|Superintendent|Dr\.|Mr\.|Mrs\.|Ms\.)\s[A-Z][\w’'-]{1,30}"
    r"|[A-Z][\w’'-]{1,30}\s(?:[A-Z]\.\s)?[A-Z][\w’'-]{1,30})"
)
PLAIN_WORD = re.compile(r"[a-z]+")
NUMBER_WORDS = frozenset(
    """
    half most percent one two three four five six seven eight nine ten hundreds thousands millions
    billions doubled tripled quadrupled halved
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
# What the words begin with that the pattern below finds.
ACCUSING = (
    "lie", "lying", "liar", "corrupt", "stole", "steal", "thie", "theft", "fraud", "defraud",
    "crim", "brib",
    "embezzl", "cheat", "crook", "racis", "nazi", "guilty", "convict", "arrest", "indict", "abus",
    "harass", "assault", "rap", "murder", "pocketed", "kickback", "illegal", "incompeten", "drunk",
    "perjur", "cover", "scam", "plagiari",
)  # fmt: skip
ACCUSES = re.compile(
    r"\b(?:lie[sd]?|lying|liars?|corrupt(?:ion|ed)?|stole|stolen|steals?|stealing|thie(?:f|ves)|"
    r"theft|frauds?|fraudulent|defraud\w{0,4}|crimes?|criminals?|brib\w{1,6}|embezzl\w{1,6}|"
    r"cheat\w{0,4}|crook\w{0,3}|racists?|nazis?|guilty|convicted|arrested|indicted|abus\w{1,6}|"
    r"harass\w{0,6}|assault\w{0,4}|rap(?:ed|ist)|murder\w{0,4}|pocketed|kickbacks?|illegal\w{0,2}|"
    r"incompeten\w{1,3}|drunk|perjur\w{1,3}|cover(?:ed|s|ing)?[ -]up|scam\w{0,4}|"
    r"plagiari\w{1,4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A sentence of the text, with what in it could be checked."""

    words: str
    kinds: tuple[str, ...]  # of figure, quotation, accusation


def statements(text: str) -> list[Statement]:
    """The sentences that could be checked, in their order, 12 at most; linear in the text."""
    read = text[:MOST_READ]
    words = set(PLAIN_WORD.findall(read.casefold()))
    figures = _places(read, SUMS, MEASURED, *((IN_WORDS,) if words & NUMBER_WORDS else ()))
    quotes = _places(read, QUOTATION)
    accused = _places(read, ACCUSES) if any(w.startswith(ACCUSING) for w in words) else deque()
    if not (figures or quotes or accused):
        return []
    found: list[Statement] = []
    for start, end in spans(read):
        kinds = [
            kind
            for kind, places in (("figure", figures), ("quotation", quotes))
            if _within(places, start, end)
        ]
        if _within(accused, start, end) and NAME.search(read, start, end):
            kinds.append("accusation")
        if kinds:
            found.append(Statement(_shown(read[start:end]), tuple(kinds)))
            if len(found) == MOST_FOUND:
                break
    return found


def _places(text: str, *patterns: re.Pattern[str]) -> deque[int]:
    """Where these patterns are, in order."""
    return deque(sorted(one.start() for pattern in patterns for one in pattern.finditer(text)))


def _within(places: deque[int], start: int, end: int) -> bool:
    """Whether one of these places (in order) is there; those before it are dropped."""
    while places and places[0] < start:
        places.popleft()
    return bool(places) and places[0] < end


def _shown(sentence: str) -> str:
    """The sentence as it stands; of a very long one the beginning, so that it is found again."""
    if len(sentence) <= MOST_WORDS_SHOWN:
        return sentence
    return sentence[:MOST_WORDS_SHOWN].rpartition(" ")[0] or sentence[:MOST_WORDS_SHOWN]
