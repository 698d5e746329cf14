"""From a headline as people remember it to the article that has it."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

MOST_TYPED = 600  # characters that are looked at
MOST_WORDS = 60
ALIKE = 80.0  # two words are the same with a slip of the finger
SHORT_WORD = 3  # those must be the same to the letter
SURE = 83.0
LEAST = 20.0  # below that a candidate is not worth showing
AHEAD = 7.0  # how far a sure match leads the second
ENOUGH = 2  # telling words in common, below which nothing is sure

QUOTED = re.compile('[“"]([^“”"]{6,300})[”"]')
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’‘`´ʼ](?=\w)|(?<=\w)['’‘`´ʼ]")
POSSESSIVE = re.compile(r"(?<=\w)['’‘`´ʼ]s\b", re.IGNORECASE)
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# " - The Daily Signal", " | Site", " — Opinion | Site": what a browser's title adds.
SUFFIX = re.compile(r"\s+(?:[|»•·]|[-–—]{1,2})\s+([^|»•·]{2,40})\Z")
LABEL = re.compile(
    r"\A\W*(?:exclusive|breaking|breaking news|opinion|commentary|watch|video|analysis|updated?|"
    r"editorial|letter|podcast|live|re|regarding|fwd?|article|headline|title)\s*[:|–—-]+\s+",
    re.IGNORECASE,
)
SITE = re.compile(
    r"(?:daily|signal|times|post|news|journal|tribune|gazette|herald|press|chronicle|review|"
    r"examiner|observer|today|online|magazine|star|sun|globe|\.com|\.org|foundation|network)\b",
    re.IGNORECASE,
)
STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been but by can could did do does for from
    get gets had has have he her here his how i if in into is it its just me more my no not of off
    on one or our out over s say says she should so some than that the their them then there these
    they this to t too up us was we were what when where which who why will with would you your
    article story column piece headline titled entitled your
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)


@dataclass(frozen=True)
class Match:
    """Which of the candidates was meant.

    `best` is the likeliest id, None where none is likely; `score` (0 to 100) is its own; `is_sure`
    says that no person need be asked; `ranked` has every likely candidate, best first.
    """

    best: int | None
    score: float
    is_sure: bool
    ranked: tuple[tuple[int, float], ...]


def search_words(given: str) -> list[str]:
    """The telling words of what was typed, for an index; all of them where none is telling."""
    found = list(dict.fromkeys(_tokens(given)))
    return _telling(found) or found


def decide(given: str, candidates: Sequence[tuple[int, str]]) -> Match:
    """Compare what was typed with headlines, given as (id, headline) pairs.

    Words weigh by how few of the candidates have them; both what was typed and the headline must
    be covered, so that one word in common, or a short headline inside a long text, is not enough.
    """
    asked = _asked(given)
    headlines = {number: _tokens(headline) for number, headline in candidates}
    weights = _weights([set(words) for words in headlines.values()])
    scores = (
        (number, max(_score(wanted, words, weights) for wanted in asked))
        for number, words in headlines.items()
    )
    ranked = sorted((pair for pair in scores if pair[1] >= LEAST), key=lambda pair: -pair[1])
    if not ranked:
        return Match(None, 0.0, is_sure=False, ranked=())
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    is_ahead = score >= SURE and score - second >= AHEAD
    is_sure = is_ahead and any(_says_enough(wanted, headlines[best]) for wanted in asked)
    return Match(best, score, is_sure, tuple(ranked))


def _asked(given: str) -> list[tuple[str, ...]]:
    """The words typed; and by themselves those in quotation marks, where a headline may stand."""
    quoted = (_tokens(found) for found in QUOTED.findall(given[:MOST_TYPED])[:2])
    return [_tokens(given), *(inner for inner in quoted if len(_telling(inner)) >= ENOUGH)]


def _telling(found: Sequence[str]) -> list[str]:
    return [w for w in found if w.isdigit() or (w not in STOP_WORDS and len(w) > 1)]


def _says_enough(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Telling words in common, and no figure that is another one."""
    figures, others = ({w for w in side if w.isdigit()} for side in (wanted, words))
    pairs = _pair(_telling(wanted), words)
    return len(pairs) >= ENOUGH and (figures <= others or not others)


@dataclass(frozen=True)
class _Weights:
    """How much a word tells, by how many of the candidates have it."""

    counts: Counter[str]
    of: int

    def weigh(self, word: str) -> float:
        """1 for a word that few have; a quarter for one that says nothing."""
        if not _telling([word]):
            return 0.25
        share = self.counts[word] / self.of if self.of > 3 else 0.0
        return 1.0 - 0.6 * share


def _weights(headlines: Sequence[set[str]]) -> _Weights:
    return _Weights(Counter(word for words in headlines for word in words), len(headlines))


def _score(wanted: Sequence[str], words: Sequence[str], weights: _Weights) -> float:
    """0 to 100: how much of each is in the other, and in the same order."""
    if not wanted or not words:
        return 0.0
    if wanted == words:
        return 100.0
    pairs = _pair(wanted, words)
    of_wanted = _share(wanted, pairs, weights)
    of_headline = _share(words, {b: (a, r) for a, (b, r) in pairs.items()}, weights)
    # A phrase left off the end costs less than words that stand in no headline.
    covered = 0.62 * of_wanted + 0.38 * of_headline
    if len(words) >= 4 and _holds(wanted, words):
        covered = max(covered, 0.9)  # a whole headline inside a longer sentence
    if len(_telling(wanted)) > ENOUGH and _holds(words, _core(wanted)):
        covered = max(covered, 0.88)
    return round(min(99.0, 100 * covered * (0.5 + 0.5 * _order(wanted, words, pairs))), 1)


def _pair(wanted: Sequence[str], words: Sequence[str]) -> dict[str, tuple[str, float]]:
    """Each word typed with the word of the headline that it is, and how alike they are."""
    there = set(words)
    pairs = {word: (word, 1.0) for word in wanted if word in there}
    free = [word for word in dict.fromkeys(words) if word not in pairs]
    free = [word for word in free if len(word) > SHORT_WORD]
    for word in dict.fromkeys(wanted):
        if word in pairs or len(word) <= SHORT_WORD:
            continue
        found = process.extractOne(word, free, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if found:
            pairs[word] = (found[0], found[1] / 100)
            free.pop(found[2])
    return pairs


def _order(
    wanted: Sequence[str], words: Sequence[str], pairs: dict[str, tuple[str, float]]
) -> float:
    """How many of the words in common stand in the same order: "A says B" is not "B says A"."""
    place = {word: number for number, word in reversed(list(enumerate(words)))}
    found = [place[pairs[word][0]] for word in dict.fromkeys(wanted) if word in pairs]
    ends: list[int] = []  # the last place of each rising row, by its length
    for at in found:
        length = bisect_left(ends, at)
        ends[length : length + 1] = [at]
    return len(ends) / len(found) if found else 0.0


def _share(words: Sequence[str], pairs: dict[str, tuple[str, float]], weights: _Weights) -> float:
    total = found = 0.0
    for word in dict.fromkeys(words):
        weight = weights.weigh(word)
        total += weight
        if word in pairs:
            found += weight * pairs[word][1]
    return found / total


def _core(found: Sequence[str]) -> Sequence[str]:
    """Without the words at its ends that tell nothing: “the article about …”."""
    telling = [number for number, word in enumerate(found) if _telling([word])]
    return found[telling[0] : telling[-1] + 1]


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    """Whether the words of `short` stand in `long` one after another."""
    return f" {' '.join(short)} " in f" {' '.join(long)} "


def _bare(typed: str) -> str:
    """Lower case without accents, labels, the site's name behind the headline."""
    text = " ".join(typed[:MOST_TYPED].split())
    text = LABEL.sub("", text)
    suffix = SUFFIX.search(text)
    if suffix and (SITE.search(suffix[1]) or "|" in suffix[0]) and suffix.start() > 3:
        text = text[: suffix.start()]
    apart = unicodedata.normalize("NFKD", POSSESSIVE.sub("", text))
    plain = "".join(char for char in apart if not unicodedata.combining(char)).casefold()
    plain = DOTTED.sub(lambda m: m[0].replace(".", "") + " ", plain)
    return APOSTROPHES.sub("", plain)


@lru_cache(maxsize=4096)
def _tokens(typed: str) -> tuple[str, ...]:
    return tuple(WORD.findall(_bare(typed))[:MOST_WORDS])
