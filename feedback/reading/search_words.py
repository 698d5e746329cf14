"""The words that a text is found by: one rule for whatever searches and whatever marks a find."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

MOST_LETTERS = 60  # of a word; PostgreSQL refuses very long ones, SQLite does not stem them
WORD = re.compile(r"[^\W_]+")
# Porter's first algorithm, as both databases stem (see the migration that makes their indexes).
_stemmer = snowballstemmer.stemmer("porter")


def fold(words: str) -> str:
    """Text as it is indexed: lower case, accents and control characters gone."""
    apart = unicodedata.normalize("NFKD", words.replace("\x00", " "))
    if apart.isascii():  # as most texts are
        return apart.lower()
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return plain.casefold().encode("utf-8", "replace").decode()


def words_in(text: str) -> list[str]:
    """The words that a text is indexed by: one rule for both engines, whose own differ."""
    return [_kept_whole(word[:MOST_LETTERS]) for word in WORD.findall(fold(text))]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a word of `words_in`; words with the same one find each other."""
    return str(_stemmer.stemWord(word)) if word.isascii() else word


def _kept_whole(word: str) -> str:
    """SQLite stems no word of two letters; PostgreSQL would make “i” of “is”, “ai” of “ay”."""
    return f"{word}0" if len(word) == 2 and word[1] in "sy" else word
