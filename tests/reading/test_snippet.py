"""What a search found, marked in the letter's own words."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.search_words import words_in
from feedback.reading.snippet import snippet

LETTER = (
    "The county counts its boats every May. " * 12
    + "A café by the levees closed; José Muñoz says the levee will not hold. "
    + "And so the river goes on. " * 12
)


def marked(text, *phrases):
    pieces = snippet(text, [words_in(phrase) for phrase in phrases])
    return [piece.text for piece in pieces if piece.is_found]


def test_finds_are_marked_as_they_are_written():
    assert marked(LETTER, "cafe", "levee", "munoz") == ["café", "levees", "Muñoz", "levee"]


def test_a_phrase_is_marked_whole_and_only_whole():
    assert marked(LETTER, "will not hold") == ["will not hold"]
    assert marked("It will. Not now, hold on.", "will not hold") == []


def test_a_snippet_is_a_passage_of_the_letter():
    pieces = snippet(LETTER, [["levee"]])
    shown = "".join(piece.text for piece in pieces)
    assert (shown[0], shown[-1]) == ("…", "…")
    assert shown.strip("…") in " ".join(LETTER.split())
    assert len(shown) < 200


def test_the_passage_with_most_finds_is_shown():
    text = "One levee. " + "Nothing here. " * 40 + "The levee, the levee and the levee again."
    assert marked(text, "levee") == ["levee"] * 3


def test_nothing_found_is_no_snippet():
    assert snippet(LETTER, [["glacier"]]) == []
    assert snippet(LETTER, []) == []


@given(st.text(max_size=600), st.lists(st.lists(st.sampled_from(["a", "be", "İ", "ﬁ", "12"])),
                                       max_size=4))  # fmt: skip
def test_any_text(text, phrases):
    pieces = snippet(text, [words_in(" ".join(phrase)) for phrase in phrases])
    shown = "".join(piece.text for piece in pieces)
    line = " ".join(text.split())
    assert shown in (line, "") or any(
        cut in line for cut in (shown.removeprefix("…").removesuffix("…"), shown)
    )
