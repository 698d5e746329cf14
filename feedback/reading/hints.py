"""Spelling and style: words that an editor may want to look at. Hints, and never more than that.

Spelling by pyspellchecker (a word list, one letter changed), style by proselint, whose patterns
take linear time. Both are loaded when they are first asked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

MOST_READ = 20_000  # characters
MOST_HINTS = 40
MOST_LOOKED_AT = 120  # unknown words for which others are sought: some milliseconds each
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LEAST, MOST = 3, 24  # letters of a word that is looked up
ENDINGS = re.compile(r"['’](?:s|d|ll|re|ve|m|t)?\Z", re.IGNORECASE)
# Of proselint's checks those that say what is wrong; taste stays the writer's.
STYLE = {
    "lexical_illusions": "twice",
    "malapropisms": "mixed_up",
    "mondegreens": "mixed_up",
    "nonwords": "spelling",
    "redundancy": "redundant",
    "spelling": "spelling",
    "uncomparables": "absolute",
}
KINDS = ("unknown", *sorted(set(STYLE.values())))


@dataclass(frozen=True)
class Hint:
    """Words of the text, what may be wrong with them, what may be meant (up to three)."""

    words: str
    kind: str  # of KINDS
    instead: tuple[str, ...]


def hints(text: str, known: Iterable[str] = ()) -> list[Hint]:
    """What may be misspelled or misused, each once; `known` has words that are right.

    Words with a capital are names, and no misspelling; a word that no known one is like is taken
    for a new one.
    """
    text = text[:MOST_READ]
    misspelled = _spelling(text, {word.casefold() for word in known})
    found = [*_style(text), *islice(misspelled, MOST_HINTS)]
    return list({hint.words.casefold(): hint for hint in reversed(found)}.values())[::-1][
        :MOST_HINTS
    ]


def words_of(*texts: str | None) -> set[str]:
    """The words of names, places, headlines."""
    return {match[0] for text in texts if text for match in WORD.finditer(text)}


def _spelling(text: str, known: set[str]) -> Iterator[Hint]:
    checker, left = _checker(), MOST_LOOKED_AT
    for word in dict.fromkeys(_to_look_up(text)):
        low = word.casefold().replace("’", "'")
        bare = ENDINGS.sub("", low)
        if {low, bare} & known or bare.rstrip("s") in known:
            continue
        if left and checker.unknown([low]) and checker.unknown([bare]):
            left -= 1
            meant = checker.candidates(bare) or set()
            ranked = sorted(meant - {bare}, key=lambda one: (-_usual(checker, one), one))
            if ranked:
                yield Hint(word, "unknown", tuple(ranked[:3]))


def _usual(checker: Any, word: str) -> float:
    return float(checker.word_usage_frequency(word))


def _to_look_up(text: str) -> Iterator[str]:
    """Words in small letters; names and initials are not looked up."""
    for match in WORD.finditer(text):
        word = match[0]
        if LEAST <= len(word) <= MOST and word.islower() and word.replace("’", "'").isascii():
            yield word


def _style(text: str) -> Iterator[Hint]:
    if not text.strip():
        return
    for result in _lint(text):
        found = result.check_result
        kind = STYLE.get(found.check_path.split(".")[0])
        if kind is None:
            continue
        start, end = (at - 1 for at in found.span)  # it reads the text behind a line break
        words = text[max(0, start) : end].strip()
        instead = (found.replacements,) if found.replacements else ()
        if words:
            yield Hint(words, kind, instead)


def _lint(text: str) -> list[Any]:
    from proselint.tools import LintFile

    _register()
    return list(LintFile(source=Path("letter"), content=text).lint())


@cache
def _register() -> None:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry

    CheckRegistry().register_many(__register__)


@cache
def _checker() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(distance=1)
