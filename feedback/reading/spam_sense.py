"""A small text filter: which words stand oftener in spam than in letters that were kept.

Naive Bayes over the words that are in a letter at all (not how often), with the words that tell
most. It knows words alone; where it comes from, who signed, is not looked at.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

MOST_READ = 20_000
MOST_WORDS = 400  # different ones of a letter
LEAST_LETTERS, MOST_LETTERS = 3, 30  # of a word
LEAST_SEEN = 3  # letters that have a word, before it is kept
MOST_TELLING = 15  # words that are weighed
LEAST_TELLING = 3  # words that speak for spam, before anything is said
SURE = 0.95
TOKEN = re.compile(r"[^\s“”\"()<>\[\]{},;:!?…—]+")
WORD = re.compile(rf"[^\W\d_]{{{LEAST_LETTERS},{MOST_LETTERS}}}(?:['’][^\W\d_]{{1,2}})?")


@dataclass(frozen=True)
class Learned:
    """In how many letters, spiked as spam and kept, a word stands; and how many there are."""

    spam: int
    kept: int
    words: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Judged:
    """How likely a text is spam (0 to 1), by which of its words, the most telling first."""

    likely: float
    words: tuple[str, ...]

    @property
    def is_spam(self) -> bool:
        """True where it is as good as sure, by several words."""
        return self.likely >= SURE and len(self.words) >= LEAST_TELLING


def words_of(text: str, names: Iterable[str | None] = ()) -> set[str]:
    """The words of a text that may be learned: no figures, addresses, nor words of these names."""
    personal = {word.casefold() for name in names if name for word in WORD.findall(name)}
    found: set[str] = set()
    for token in TOKEN.findall(text[:MOST_READ]):
        bare = token.strip(".'’-*_/&")
        if WORD.fullmatch(bare):
            word = bare.casefold().replace("’", "'")
            if word not in personal:
                found.add(word)
                if len(found) == MOST_WORDS:
                    break
    return found


def learn(spam: Collection[set[str]], kept: Collection[set[str]]) -> Learned:
    """From the words of letters; words of one or two letters are forgotten."""
    in_spam = Counter(word for words in spam for word in words)
    in_kept = Counter(word for words in kept for word in words)
    words = {
        word: (in_spam[word], in_kept[word])
        for word in in_spam | in_kept
        if in_spam[word] + in_kept[word] >= LEAST_SEEN
    }
    return Learned(len(spam), len(kept), words)


def judge(words: Iterable[str], learned: Learned) -> Judged:
    """What the words of a text say, by what was learned."""
    weights = {
        word: _weight(*learned.words[word], learned) for word in words if word in learned.words
    }
    telling = sorted(weights, key=lambda word: (-abs(weights[word]), word))[:MOST_TELLING]
    prior = math.log((learned.spam + 1) / (learned.kept + 1))
    total = prior + sum(weights[word] for word in telling)
    likely = 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
    speaking = tuple(word for word in telling if weights[word] > 1.0)
    return Judged(likely, speaking)


def _weight(in_spam: int, in_kept: int, learned: Learned) -> float:
    """How much a word speaks for spam (above 0) or against it, smoothed."""
    for_it = (in_spam + 0.5) / (learned.spam + 1)
    against = (in_kept + 0.5) / (learned.kept + 1)
    return math.log(for_it / against)
