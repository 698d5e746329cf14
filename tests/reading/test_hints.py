"""Hints on spelling and style."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.hints import KINDS, MOST_HINTS, hints, words_of


def found(text: str, known=()) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {hint.words: (hint.kind, hint.instead) for hint in hints(text, known)}


def test_misspelled_words_with_what_may_be_meant():
    assert found("We recieve mail, the goverment doesn't. Don’t.") == {
        "recieve": ("unknown", ("receive", "relieve")),
        "goverment": ("unknown", ("government",)),
    }


def test_names_and_known_words_are_none():
    assert found("Mr. Gorv of Spokaine wrote on levees, fentanyl and smartphones.") == {}
    assert found("The gorv rose.") != {}
    assert found("The gorv rose, the gorvs fell.", words_of("Gorv Rises", None)) == {}


def test_style_says_what_is_wrong():
    text = "He could of gone. Alot was very unique, each and every day."
    assert found(text) == {
        "could of": ("spelling", ("could've",)),
        "Alot": ("spelling", ("a lot",)),
        "very unique": ("absolute", ()),
        "each and every": ("redundant", ("every",)),
    }


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(hint.kind in KINDS for hint in hints(text))


def test_a_text_full_of_mistakes_is_read_no_further_than_is_shown():
    text = " ".join(f"recieve{a}{b}" for a in "abcdefghijklmnop" for b in "abcdefghijklmnopqrst")
    assert len(hints(text * 5)) <= MOST_HINTS
