"""Where a person's name stands in a text: whole, in part, in capitals, without its accents."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from feedback.reading.sentences import spans
from feedback.reading.touched import OPENERS

LEAST_PART = 3  # letters of a part of a name that tells who it is
MOST_FOUND = 20
# Stand with many names and tell of nobody.
TITLES = frozenset(
    "mr mrs ms miss mx dr prof rev hon sir sen rep gov gen col capt lt sgt phd esq jr sr".split()  # noqa: SIM905 -- a line of words reads better than a list
)
WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name; an address joins them with a dot.
BETWEEN = re.compile(r"[\s.,'’‘_-]{1,3}")


def telling_words(name: str) -> list[str]:
    """The words of a name that tell who it is; short ones only where there is nothing else."""
    words = [word for word in WORD.findall(name) if _plain(word) not in TITLES]
    return [word for word in words if len(word) >= LEAST_PART] or words


def find_name(text: str, name: str) -> list[str]:
    """The words of the text in which the name stands, each once, as they are written there.

    One word alone counts unless it is written small, or begins a sentence as a common word does
    (“Will we pay?” names no Will); several words of the name in a row count in any writing.
    """
    parts = {_plain(word) for word in WORD.findall(name)} - TITLES
    telling = {_plain(word) for word in telling_words(name)}
    found: dict[str, None] = {}
    starts = {start for start, _ in spans(text)} if telling & OPENERS else set()
    for run in _runs(text, parts):
        plain = {_plain(word[0]) for word in run}
        if telling & plain and (len(run) > 1 or _is_named(run[0], starts)):
            found.setdefault(" ".join(text[run[0].start() : run[-1].end()].split()))
        if len(found) == MOST_FOUND:
            break
    return list(found)


def _runs(text: str, parts: set[str]) -> Iterator[list[re.Match[str]]]:
    """Words of the name that stand together."""
    words = [word for word in WORD.finditer(text) if _plain(word[0]) in parts]
    run = words[:1]
    for before, word in pairwise(words):
        if not BETWEEN.fullmatch(text, before.end(), word.start()):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _is_named(word: re.Match[str], starts: set[int]) -> bool:
    if word[0].islower():
        return False
    return not (_plain(word[0]) in OPENERS and word.start() in starts)


def _plain(word: str) -> str:
    """In small letters, without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
