"""Words and phrases of an editor's list, found in a text as whole words, disguised ones too."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

MOST_READ = 40_000  # characters of a text
MOST_FOUND = 20
MOST_WORDS = 12  # of an entry
# A word may hold figures and signs that stand for letters: “sh1t”, “a$$”.
WORD = re.compile(
    r"[^\W_]+(?:[@$!|*'’·_]{1,2}[^\W_]+)*[@$]{0,3}|[@$][^\W_]+(?:[@$!|*'’]{1,2}[^\W_]+)*"
)
STANDS_FOR = str.maketrans({
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
    "@": "a", "$": "s", "!": "i", "|": "i",
    "'": None, "’": None, ".": None, "·": None, "_": None, "*": None,
})  # fmt: skip

PLAIN_WORD = re.compile(r"[^\W_]+")
# What can make a word read like another one: then every word is looked at closely.
DISGUISE = re.compile(r"[0-9@$!|*_·][^\W\d_]")
ACCENTED = re.compile("[À-ɏ\u0300-\u036f]")
APOSTROPHES = str.maketrans(dict.fromkeys("'’"))

Entry = tuple[tuple[str, ...], str]  # its words, folded; as the list has it


def find_listed(text: str, entries: Sequence[str]) -> list[tuple[str, str]]:
    """(the words as the text has them, the entry of the list), each entry once, 20 at most.

    Small and capital letters, accents, apostrophes, and figures for letters compare as the same;
    a part of a longer word is none. Time grows with the text alone.
    """
    read = text[:MOST_READ]
    likely = _likely(read, _prepared(tuple(entries)))
    if not likely:
        return []  # as of most letters
    by_first: dict[str, list[Entry]] = {}
    for entry in likely:
        by_first.setdefault(entry[0][0], []).append(entry)
    places = [word.span() for word in WORD.finditer(read)]
    words = [fold_word(text[start:end]) for start, end in places]
    found: dict[str, str] = {}
    for at, word in enumerate(words):
        for phrase, listed in by_first.get(word, ()):
            if listed not in found and tuple(words[at : at + len(phrase)]) == phrase:
                found[listed] = text[places[at][0] : places[at + len(phrase) - 1][1]]
    return [(said, listed) for listed, said in islice(found.items(), MOST_FOUND)]


def _likely(text: str, listed: dict[str, list[Entry]]) -> list[Entry]:
    """The entries all of whose words stand in the text, wherever."""
    if not listed:
        return []
    if DISGUISE.search(text) or (not text.isascii() and ACCENTED.search(text)):
        words = set(map(fold_word, WORD.findall(text)))
    else:
        words = set(PLAIN_WORD.findall(text.casefold().translate(APOSTROPHES)))
    keys = words.intersection(listed)
    return [entry for key in sorted(keys) for entry in listed[key] if words.issuperset(entry[0])]


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """Small letters without accents; signs and figures inside a word as the letters they mimic."""
    plain = word.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in apart if not unicodedata.combining(char))
    has_letter = any(char.isalpha() for char in plain)
    return plain.translate(STANDS_FOR) if has_letter else plain


@lru_cache(maxsize=64)
def _prepared(entries: tuple[str, ...]) -> dict[str, list[Entry]]:
    """The entries by their longest word, which most texts do not have."""
    listed: dict[str, list[Entry]] = {}
    for entry in entries:
        phrase = tuple(fold_word(word[0]) for word in WORD.finditer(entry[:400]))[:MOST_WORDS]
        if phrase:
            listed.setdefault(max(phrase, key=len), []).append((phrase, entry))
    return listed
