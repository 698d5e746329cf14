"""Where sentences end, and where only an abbreviation does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.sentences import ends, spans


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "One. | Two! | Three? | Four… | Five",
        "Mr. J. Q. Smith spoke. | He left.",
        "He works in the U.S. Senate. | So do I.",
        "I live in the U.S. | It is fine.",
        "I live in Spokane, Wash. | It rains.",
        "They met at 9 a.m. on Monday, Feb. 2, with Rep. Lee of Ohio.",
        "He said “No.” | Then he left.",
        "(It rained.) | Nobody came.",
        "It cost 3.50 dollars. | That is all.",
        "See example.com for more. | Bye.",
        "Wait... what is it? | Nothing.",
        "It was I. | So it goes.",
    ],
)
def test_sentences(text: str) -> None:
    assert parts(text.replace("| ", "")) == [part.strip() for part in text.split("|")]


def test_a_paragraph_ends_a_sentence() -> None:
    assert parts("One\n\nTwo. Three\nFour") == ["One", "Two.", "Three", "Four"]


@given(st.text(st.sampled_from("aB .!?…”)\n’1"), max_size=80))
def test_sentences_hold_the_whole_text(text: str) -> None:
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
    assert ends(text) == sorted(ends(text))


@pytest.mark.parametrize("unit", [".", ". ", "a.", "a. ", ".”", "\n", "U.S. "])
def test_no_text_takes_long(unit: str) -> None:
    assert len(ends(unit * 20_000)) <= 20_000 * len(unit)
