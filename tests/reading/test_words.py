"""Words as the contract counts them: letters, digits, apostrophes, inner hyphens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.tokens import tokens
from feedback.reading.words import word_count, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A working group is welcome.", ["A", "working", "group", "is", "welcome"]),
        ("Don’t. Don't.", ["Don’t", "Don't"]),
        ("well-known, 10-year-old", ["well-known", "10-year-old"]),
        ("one--two—three", ["one", "two", "three"]),
        ("the ’90s and readers’", ["the", "’90s", "and", "readers’"]),
        ("-start end-", ["start", "end"]),
        ("$1,000 or 50%", ["1", "000", "or", "50"]),
        ("naïve café नमस्ते", ["naïve", "café", "नमस्ते"]),
        ("snake_case", ["snake", "case"]),
        ("' ’ -- … !", []),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found
    assert word_count(text) == len(found)


@given(st.text(max_size=200))
def test_space_around_changes_no_count(text: str) -> None:
    assert word_count(f"  {text}\n\n") == word_count(text)


@given(st.lists(st.from_regex(r"[a-z]{1,9}(?:['’-][a-z]{1,5})?", fullmatch=True), max_size=40))
def test_each_word_counts_once(found: list[str]) -> None:
    assert words(", ".join(found)) == found


@pytest.mark.parametrize("unit", ["'", "a-", "-a", "’-", "a'b-", "\u0301", "_"])
def test_no_text_takes_more_than_one_walk(unit: str) -> None:
    """A pattern that goes back would need hours for these."""
    assert word_count(unit * 100_000) <= 100_000


@given(st.text(max_size=200))
def test_tokens_give_the_text_back(text: str) -> None:
    found = tokens(text)
    assert "".join(token.text for token in found) == text
    assert [token.at for token in found] == sorted(token.at for token in found)


@given(st.text("ab1 '’-.\n", max_size=60))
def test_tokens_count_the_words_that_stand_apart(text: str) -> None:
    plain = " ".join(text.replace("-", " ").split())
    assert sum(token.is_word for token in tokens(plain)) >= word_count(plain)
