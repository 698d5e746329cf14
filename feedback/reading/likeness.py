"""How like two letters are: few marks of a text find what may be like it, its words decide.

Marks are the smallest hashes of all runs of three words (a bottom-k sketch, Broder 1997; see
decision 0013): of a form letter with a fifth of its words changed half of the runs are left, so
that two copies share several of the marks, wherever sentences were dropped or moved. What is in
quotation marks is left out: honest letters about one article quote the same words.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from feedback.reading.search_words import words_in
from feedback.reading.sentences import spans

RUN = 3  # words
MARKS = 24  # of a text
FEWEST_WORDS = 25  # of a text that is compared by its runs
MOST_TEXT = 20_000  # characters that are looked at
LIKE = 0.25  # share of runs from which on two texts are copies of one
SENTENCE_WORDS = 5  # of a sentence that is told as shared
QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"\n]{0,2000}\"")
BITS = 63


def marks(text: str) -> tuple[int, ...]:
    """Up to 24 numbers (63 bits) by which copies of a text find each other; none of a short one."""
    runs = _runs(_own_words(text))
    return tuple(sorted({_hash(" ".join(run)) for run in runs})[:MARKS])


def mark_of_all(text: str) -> int:
    """A number (63 bits) that the same words have, however they are written."""
    return _hash("all\n" + " ".join(words_in(text[:MOST_TEXT])))


def likeness(one: str, other: str) -> float:
    """How much of the shorter text stands in the other one, 0 to 1, by its runs of words."""
    ones, others = (Counter(_runs(_own_words(text))) for text in (one, other))
    fewest = min(ones.total(), others.total())
    return (ones & others).total() / fewest if fewest else 0.0


def is_like(one: str, other: str) -> bool:
    """Whether the two are copies of one text."""
    return likeness(one, other) >= LIKE


def shared_sentences(one: str, other: str, most: int = 3) -> list[str]:
    """Sentences of `one` whose words stand together in the other one, the longest first."""
    there = " " + " ".join(words_in(other[:MOST_TEXT])) + " "
    found = []
    one = one[:MOST_TEXT]
    for begins, ends in spans(one):
        sentence = one[begins:ends]
        words = words_in(sentence)
        if len(words) >= SENTENCE_WORDS and f" {' '.join(words)} " in there:
            found.append(sentence.strip())
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:most]


def _own_words(text: str) -> list[str]:
    words = words_in(QUOTED.sub(" ", text[:MOST_TEXT]))
    return words if len(words) >= FEWEST_WORDS else []


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def _hash(words: str) -> int:
    digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - BITS)
