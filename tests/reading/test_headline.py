"""From a headline as people remember it to the article: how often right, and never surely wrong."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.headline import Match, decide, search_words
from tests.reading.headlines import HEADLINES

ALL = list(enumerate(HEADLINES))
SMALL = {"the", "a", "an", "of", "on", "to", "in", "for", "with", "and", "but", "is", "are"}

Remember = Callable[[str, random.Random], str]


def slip(headline: str, chance: random.Random) -> str:
    """One long word with two letters turned, one left out, one wrong or one doubled."""
    words = headline.split()
    long = [n for n, word in enumerate(words) if len(word) > 4]
    if not long:
        return headline
    at = chance.choice(long)
    word = words[at]
    n = chance.randrange(1, len(word) - 1)
    turned = word[:n] + word[n + 1] + word[n] + word[n + 2 :]
    words[at] = chance.choice(
        [
            turned,
            word[:n] + word[n + 1 :],
            word[:n] + "e" + word[n + 1 :],
            word[:n] + word[n] + word[n:],
        ]
    )
    return " ".join(words)


def without(headline: str, chance: random.Random) -> str:
    words = headline.split()
    if len(words) > 3:
        words.pop(chance.randrange(len(words)))
    return " ".join(words)


WAYS: dict[str, Remember] = {
    "as it is": lambda h, _: h,
    "small letters": lambda h, _: h.lower(),
    "capitals": lambda h, _: h.upper(),
    "with the site": lambda h, c: h + c.choice([" - The Daily Signal", " | The Daily Signal"]),
    "in straight quotes": lambda h, _: '"' + h.replace("’", "'").replace("‘", "'") + '"',
    "letters and digits alone": lambda h, _: "".join(c for c in h if c.isalnum() or c == " "),
    "a slip": slip,
    "two slips": lambda h, c: slip(slip(h, c), c),
    "a word missing": without,
    "two words missing": lambda h, c: without(without(h, c), c),
    "no small words": lambda h, _: " ".join(w for w in h.split() if w.lower() not in SMALL),
    "the end missing": lambda h, _: " ".join(h.split()[: max(3, len(h.split()) * 2 // 3)]),
    "another label": lambda h, _: "Commentary: " + h.removeprefix("EXCLUSIVE: "),
    "in a sentence": lambda h, _: f"Regarding Jo Byline’s article “{h}” of Feb. 1",
    "with the author": lambda h, _: f"{h} by Jo Byline",
    "no s at the end": lambda h, _: h.removesuffix("s"),
}


@dataclass(frozen=True)
class Tried:
    """One headline as somebody remembers it, and what came of it."""

    way: str
    typed: str
    meant: int
    match: Match


def likely(typed: str, without: int | None = None) -> list[tuple[int, str]]:
    """What a search index would give: headlines that share telling words, the most first."""
    words = set(search_words(typed))
    shared = [(len(words & set(search_words(h))), n, h) for n, h in ALL if n != without]
    shared = sorted((row for row in shared if row[0]), key=lambda row: -row[0])
    return [(n, h) for _, n, h in shared[:60]]


@pytest.fixture(scope="module")
def tries() -> list[Tried]:
    found = []
    for way, remember in WAYS.items():
        for number, headline in ALL:
            typed = remember(headline, random.Random(f"{way}{number}"))
            found.append(Tried(way, typed, number, decide(typed, likely(typed))))
    return found


def test_the_right_article_comes_first(tries: list[Tried]) -> None:
    missed = [(one.way, one.typed) for one in tries if one.match.best != one.meant]
    share = 1 - len(missed) / len(tries)
    print(f"{share:.1%} of {len(tries)} first; missed: {missed}")
    assert share >= 0.97


def test_most_need_no_question(tries: list[Tried]) -> None:
    assert sum(one.match.is_sure for one in tries) / len(tries) >= 0.9


def test_what_is_sure_is_right(tries: list[Tried]) -> None:
    sure = [one for one in tries if one.match.is_sure]
    assert [one for one in sure if one.match.best != one.meant] == []


def test_an_article_that_is_not_there_is_not_found_in_another() -> None:
    """Whole headlines of articles that the newsroom does not have."""
    wrong = []
    for number, headline in ALL:
        for way in ("as it is", "with the site", "in a sentence"):
            typed = WAYS[way](headline, random.Random(number))
            match = decide(typed, likely(typed, without=number))
            if match.is_sure:
                wrong.append((typed, HEADLINES[match.best or 0], match.score))
    assert wrong == []


@pytest.mark.parametrize(
    "typed", ["Inflation", "China", "Biden", "the election", "Kabul", "gun law"]
)
def test_a_topic_is_never_sure(typed: str) -> None:
    match = decide(typed, ALL)
    assert not match.is_sure


def test_a_short_headline_inside_a_long_text_is_not_sure() -> None:
    match = decide("I write about inflation and what it does to farmers in our county", ALL)
    assert not match.is_sure


def test_who_said_it_matters() -> None:
    match = decide(
        "Hospital Says Nurses Ignored Warnings", [(1, "Nurses Say Hospital Ignored Warnings")]
    )
    assert match.best == 1
    assert not match.is_sure


def test_figures_are_not_taken_for_one_another() -> None:
    match = decide(
        "5 Things to Know About the New Tax Law", [(1, "7 Things to Know About the New Tax Law")]
    )
    assert match.best == 1
    assert not match.is_sure


def test_two_articles_of_one_headline_are_a_question() -> None:
    match = decide("The Bill Comes Due", [(1, "The Bill Comes Due"), (2, "The Bill Comes Due")])
    assert not match.is_sure
    assert [number for number, _ in match.ranked] == [1, 2]


def test_a_sure_match_says_so() -> None:
    match = decide("biden admin launches narcotics working group with china", ALL)
    assert match.is_sure
    assert match.score == 100
    assert HEADLINES[match.best or 0] == "Biden Admin Launches Narcotics Working Group With China"


@pytest.mark.parametrize("typed", ["", "   ", "???", "—", "\x00", "\ud800", "the of and"])
def test_nothing_telling_matches_nothing_surely(typed: str) -> None:
    assert not decide(typed, ALL).is_sure


def test_without_candidates_there_is_no_match() -> None:
    match = decide("The Bill Comes Due", [])
    assert (match.best, match.score, match.is_sure, match.ranked) == (None, 0.0, False, ())


def test_scores_fall_and_stay_between_0_and_100() -> None:
    match = decide("Congress passes spending bill", ALL)
    scores = [score for _, score in match.ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("The Debt Is $34 Trillion. Nobody Cares", ["debt", "34", "trillion", "nobody", "cares"]),
        ("Taiwan’s Chips and America's Future", ["taiwan", "chips", "america", "future"]),
        ("U.S. Steel Sale | The Daily Signal", ["steel", "sale"]),
        ("Café Owner Fights Fine", ["cafe", "owner", "fights", "fine"]),
        ("EXCLUSIVE: Inside the Office", ["inside", "office"]),
        ("Who Are We?", ["who", "are", "we"]),
    ],
)
def test_search_words_are_the_telling_ones(typed: str, words: list[str]) -> None:
    found = search_words(typed)
    assert [word for word in words if word not in found] == []
    assert "the" not in found


@given(st.text(max_size=300), st.lists(st.text(max_size=120), max_size=8))
def test_anything_can_be_typed(typed: str, headlines: list[str]) -> None:
    match = decide(typed, list(enumerate(headlines)))
    assert 0 <= match.score <= 100
    assert all(word and word == word.casefold() for word in search_words(typed))


@given(st.sampled_from(HEADLINES))
def test_a_headline_is_most_like_itself(headline: str) -> None:
    match = decide(headline, ALL)
    assert HEADLINES[match.best or 0] == headline
    assert match.score == 100
