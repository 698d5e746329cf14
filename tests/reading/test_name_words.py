"""A person's name, found wherever it stands in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.name_words import find_name, telling_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Jane Q. Reader", ["Jane", "Reader"]),
        ("Dr. Harriet Vale Jr.", ["Harriet", "Vale"]),
        ("O’Brien", ["Brien"]),
        ("Bo Li", ["Bo", "Li"]),
        ("Mr. X", ["X"]),
        ("", []),
        ("—", []),
    ],
)
def test_the_words_that_tell_who_it_is(name: str, words: list[str]) -> None:
    assert telling_words(name) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I, Jane Q. Reader, say so. Jane Q. Reader, I said.", ["Jane Q. Reader"]),
        ("Reader, Jane", ["Reader, Jane"]),
        ("JANE\nREADER", ["JANE READER"]),
        ("Jane wrote. A reader read. Reader signed.", ["Jane", "Reader"]),
        ("the reader, the janes, Q.", []),
        ("jane_reader@example.com", ["jane_reader"]),
        ("Jane … Reader", ["Jane", "Reader"]),
    ],
)
def test_where_it_stands(text: str, found: list[str]) -> None:
    assert find_name(text, "Jane Q. Reader") == found


def test_a_common_word_names_somebody_only_inside_a_sentence() -> None:
    assert find_name("Will we pay? I asked Will.", "Will Okafor") == ["Will"]
    assert find_name("Will we pay? Will you?", "Will Okafor") == []
    assert find_name("Will Okafor asked.", "Will Okafor") == ["Will Okafor"]


def test_accents_make_no_difference() -> None:
    assert find_name("Jose Nunez agrees.", "José Núñez") == ["Jose Nunez"]
    assert find_name("Cafe Núñez", "Jose Nunez") == ["Núñez"]


def test_many_are_bounded() -> None:
    text = " and ".join("Vale" + " " * n + " Vale" for n in range(100))
    assert len(find_name(text, "Vale")) <= 20


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_looked_through(text: str, name: str) -> None:
    for words in find_name(text, name):
        assert words


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12))
def test_a_name_in_capitals_is_always_found(word: str) -> None:
    name = word.title()
    if telling_words(name) == [name] and not name.islower():
        assert find_name(f"It was {name} who wrote.", name)
