"""What an editor did, in figures, marks and words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.redline import Change, Redline, compare
from feedback.reading.words import word_count

LETTER = (
    "I am a retired bookkeeper and I know that if you want to save money you begin with the hours "
    "that nobody uses. I counted on three Sundays: 212, 187 and 240 people came in between one and "
    "five.\n\n"
    'I do not agree with "the board" on this. Joe Reader’s friends don’t either.'
)


def marked(redline: Redline) -> str:
    """The redline as a line of text: [-cut-] and {+added+}."""
    marks = {"cut": "[-{}-]", "added": "{{+{}+}}", "same": "{}"}
    return "".join(
        marks[piece.kind].format(piece.text) if piece.is_marked else piece.shown
        for piece in redline.pieces
    )


def check_whole(original: str, edited: str) -> Redline:
    redline = compare(original, edited)
    assert "".join(p.text for p in redline.pieces if p.kind != "added") == original
    assert "".join(p.text for p in redline.pieces if p.kind != "cut") == edited
    return redline


def test_nothing_changed() -> None:
    redline = check_whole(LETTER, LETTER)
    assert (redline.cut_percent, redline.added_percent, redline.added_words) == (0, 0, 0)
    assert redline.touched == ()
    assert redline.changes == ()
    assert [piece.kind for piece in redline.pieces] == ["same"]


def test_a_third_is_cut() -> None:
    original = "One two three. Four five six. Seven eight nine."
    redline = check_whole(original, "One two three. Seven eight nine.")
    assert redline.cut_percent == 33
    assert redline.cut_words == 3
    assert redline.added_percent == 0
    assert marked(redline) == "One two three. [-Four five six.-] Seven eight nine."
    assert [str(change) for change in redline.changes] == ["Cut: “Four five six.”"]


def test_cut_and_added_stand_side_by_side_with_spaces_outside() -> None:
    edited = LETTER.replace(" and I know that if", ". If").replace("money you", "money, you")
    redline = check_whole(LETTER, edited)
    assert marked(redline).startswith(
        "I am a retired bookkeeper [-and I know that if-]{+. If+} you want to save money{+,+} you"
    )
    assert redline.added_words == 1
    assert [str(change) for change in redline.changes] == [
        "“and I know that if” became “. If”",
        "Added: “,”",
    ]


@pytest.mark.parametrize(
    ("original", "edited", "cut", "added"),
    [
        ("a b c d", "a b c", 25, 0),
        ("a b c d", "a b c d e", 0, 25),
        ("a b c d", "a b c x", 25, 25),
        ("a b c", "", 100, 0),
        ("", "a b c", 0, 100),
        ("", "", 0, 0),
        ("a b c", "a, b; c!", 0, 0),  # marks are no words
        ("a b c", "A b c", 33, 33),
        ("b " * 200, "b " * 199, 1, 0),  # half a per cent, rounded up
        ("b " * 201, "b " * 200, 0, 0),
    ],
)
def test_percentages_are_of_the_original_words(
    original: str, edited: str, cut: int, added: int
) -> None:
    redline = check_whole(original, edited)
    assert (redline.cut_percent, redline.added_percent) == (cut, added)


def test_house_style_counts_for_nothing_and_is_not_marked() -> None:
    original = "It's \"fine\" -- isn't it... He said so."
    redline = check_whole(original, "It’s “fine”—isn’t it… He said so.")
    assert (redline.cut_percent, redline.added_words, redline.touched) == (0, 0, ())
    assert "It’s “fine”" in marked(redline)


@pytest.mark.parametrize(
    ("original", "edited"),
    [
        ("Dear Editor:\n\nI like trains.", "I like trains."),
        ("To the Editor,\nI like trains.", "I like trains."),
        ("Dear Daily Signal: I like trains.", "I like trains."),
        ("I like trains.", "Dear Daily Signal: I like trains."),
        ("Dear Editor, I like trains.", "Dear Daily Signal: I like trains."),
        ("I like trains.", "I like trains (“Working Group With Beijing”)."),
        ('"Trains" -- yes.', "“Trains”—yes."),
    ],
)
def test_the_columns_furniture_counts_for_nothing(original: str, edited: str) -> None:
    redline = check_whole(original, edited)
    assert (redline.cut_percent, redline.added_words, redline.touched) == (0, 0, ())


def test_a_sentence_that_only_begins_like_a_salutation_counts() -> None:
    redline = compare("To be fair, I like trains. Nobody else does.", "I like trains.")
    assert redline.cut_words == 6


def test_paragraphs_that_were_joined_or_parted_show_a_sign() -> None:
    joined = compare("One two.\n\nThree four.", "One two. Three four.")
    assert [[(p.kind, p.text) for p in part if p.is_marked] for part in joined.paragraphs()] == [
        [("same", "One two."), ("cut", "¶"), ("same", "Three four.")]
    ]
    assert [str(change) for change in joined.changes] == ["Paragraphs joined"]
    parted = compare("One two. Three four.", "One two.\n\nThree four.")
    assert [[(p.kind, p.text) for p in part if p.is_marked] for part in parted.paragraphs()] == [
        [("same", "One two."), ("added", "¶")],
        [("same", "Three four.")],
    ]
    assert [str(change) for change in parted.changes] == ["New paragraph"]


def test_a_lone_short_word_between_two_changes_joins_them() -> None:
    redline = check_whole(
        "We saw the big old house of our dear late aunt.", "We saw a cottage of some uncle."
    )
    assert [str(change) for change in redline.changes] == [
        "“the big old house of our dear late aunt” became “a cottage of some uncle”"
    ]
    # "of" is marked with them, and counts as standing.
    assert (redline.cut_words, redline.added_words) == (8, 4)


def test_long_changes_are_quoted_by_their_ends() -> None:
    change = str(Change("word " * 400, ""))
    assert len(change) < 200
    assert " … " in change


def test_a_whole_new_letter() -> None:
    redline = check_whole(LETTER, "Something else entirely")
    assert redline.cut_percent == 100
    assert redline.added_words == 3


texts = st.text(st.sampled_from("ab c.,\n'\"“”’-…—1é"), max_size=80)


@given(texts, texts)
def test_both_texts_can_be_read_off(original: str, edited: str) -> None:
    redline = check_whole(original, edited)
    assert 0 <= redline.cut_percent <= 100
    assert redline.added_words <= word_count(edited) * 2 + 1
    shown = "".join(piece.text for part in redline.paragraphs() for piece in part)
    assert re.sub(r"\W", "", shown).count("a") >= max(original.count("a"), edited.count("a"))


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_characters_can_be_compared(original: str, edited: str) -> None:
    check_whole(original, edited)


@given(
    st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), min_size=1, max_size=60),
    st.data(),
)
def test_words_that_were_only_cut_are_counted_to_the_word(
    words: list[str], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    left = [word for word, keep in zip(words, kept, strict=True) if keep]
    redline = compare(" ".join(words), " ".join(left))
    assert redline.cut_words == len(words) - len(left)
    assert redline.added_words == 0


@given(texts)
def test_a_text_beside_itself_has_no_changes(text: str) -> None:
    redline = compare(text, text)
    assert redline.changes == ()
    assert redline.touched == ()


HARD = [
    ("." * 20_000, "!." * 10_000),
    (".," * 10_000, ",." * 10_000),
    ("a. " * 6_666, "b. " * 6_666),
    ('"a' * 10_000, 'a"' * 10_000),
    ("a\n" * 10_000, "b\n" * 10_000),
    ("ab " * 6_666, "ba ab " * 3_333),
]


@pytest.mark.parametrize(("original", "edited"), HARD, ids=lambda text: text[:4])
def test_no_pair_of_texts_holds_the_desk_up(original: str, edited: str) -> None:
    """Without a bound these take minutes, as the standard library's comparison does."""
    check_whole(original, edited)


def test_a_long_letter_much_edited_is_still_counted_to_the_word() -> None:
    words = [f"rare{n}" if n % 5 == 1 else f"often{n % 50}" for n in range(3_000)]
    kept = [word for n, word in enumerate(words) if n % 3]
    redline = compare(" ".join(words), " ".join(kept))
    assert redline.cut_words == 1_000
    assert redline.cut_percent == 33
    assert redline.added_words == 0
