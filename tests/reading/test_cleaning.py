"""What of a writer's characters is kept, what goes, what is noted (HOSTILE.md, row H24)."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.cleaning import MOST_MARKS, clean_line, clean_text
from feedback.reading.hidden import MOST_FOUND, hidden_characters, visible

# Any character there is, half characters among them.
ANY = st.text(st.characters(codec=None, categories=None), max_size=200)
NASTY = st.text(
    st.sampled_from(
        "aé \n\t\r\x00\x1b\x85\u00ad\u0301\u0338\u200b\u200c\u200d\u200e\u202e\u2028\u2029"
        "\u2066\ufeff\ud83d\ude00\udc00\u3164\u0915\u093f\U0001f469\U000e0041か\u3099Å"
    ),
    max_size=60,
)


def test_a_plain_line_stays_as_it_is() -> None:
    assert clean_line("Jane Q. Reader") == "Jane Q. Reader"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Jane \t Reader \n", "Jane Reader"),
        ("Jane\r\nBcc: x@example.org", "Jane Bcc: x@example.org"),
        ("Jane\x00Reader", "JaneReader"),
        ("Jane\u202eredaeR", "JaneredaeR"),
        ("Jane\u200bReader", "JaneReader"),
        ("Jane\u00a0Reader", "Jane Reader"),
        ("Jane\u2028Reader", "Jane Reader"),
        ("Jose\u0301", "José"),
        ("\ufeffJane", "Jane"),
        ("ab\u00adcd", "abcd"),
        ("\u3164\u2800\u200e", ""),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb", "ab"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
    ],
)
def test_lines(typed: str, line: str) -> None:
    assert clean_line(typed) == line


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("One.\r\n\r\nTwo.\rThree.", "One.\n\nTwo.\nThree."),
        ("One.\n\n\n\n \n\nTwo.", "One.\n\nTwo."),
        ("\n\n  One.  \n\n", "One."),
        ("One.  Two.", "One.  Two."),  # the writer's own; house style folds it in print
        ("One.\x0bTwo.\x0cThree.", "One.\nTwo.\nThree."),
        ("One.\u2029Two.", "One.\n\nTwo."),
        ("Tab\there", "Tab here"),
        ("a\x00b\x07c", "abc"),
        ("שלום \u200f(world)", "שלום \u200f(world)"),
        ("a\u202eb", "a\u202eb"),  # kept in a text, and noted
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_texts(typed: str, text: str) -> None:
    assert clean_text(typed) == text


def test_accents_are_not_stacked_without_end() -> None:
    heaped = clean_text("Z" + "\u0338\u0301" * 10_000 + " end")
    assert len(heaped) <= len("Z end") + MOST_MARKS
    assert heaped.endswith(" end")


@given(st.one_of(ANY, NASTY))
def test_lines_are_clean(typed: str) -> None:
    line = clean_line(typed)
    assert clean_line(line) == line
    assert unicodedata.normalize("NFC", line) == line
    assert line == " ".join(line.split())
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in line)


@given(st.one_of(ANY, NASTY))
def test_texts_are_clean(typed: str) -> None:
    text = clean_text(typed)
    assert clean_text(text) == text
    assert unicodedata.normalize("NFC", text) == text
    assert "\n\n\n" not in text
    assert "\r" not in text
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in text if char != "\n")


@given(st.one_of(ANY, NASTY))
def test_what_is_clean_is_stored_whole(typed: str) -> None:
    """SQLite cuts at NUL and refuses half characters; PostgreSQL refuses both."""
    text = clean_text(typed)
    with sqlite3.connect(":memory:") as database:
        row = database.execute("SELECT ?, length(?)", (text, text)).fetchone()
    database.close()
    assert row == (text, len(text))
    assert "\x00" not in text
    text.encode("utf-8")


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=100))
def test_ordinary_words_are_never_touched(typed: str) -> None:
    assert clean_line(typed) == typed
    assert clean_text(typed) == typed


def test_hidden_characters_are_named_and_shown() -> None:
    found = hidden_characters("Pay \u202eenaJ now")
    assert [one.name for one in found] == ["RIGHT-TO-LEFT OVERRIDE"]
    assert found[0].at == 4
    assert str(found[0]) == "RIGHT-TO-LEFT OVERRIDE (U+202E) in “Pay ⟨U+202E⟩enaJ now”"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Reader of Spokane, “with quotes”—and é.\n\nTwo.", []),
        ("аdmin", ["CYRILLIC SMALL LETTER A"]),  # a Cyrillic а before Latin letters
        ("привет", []),
        ("a\u200bb", ["ZERO WIDTH SPACE"]),
        ("a\x00b", ["NULL"]),
        ("a\ue000b", ["PRIVATE USE CHARACTER"]),
        ("👨\u200d👩\u200d👧 family", []),
        ("می\u200cخواهم", ["ZERO WIDTH NON-JOINER"]),
        ("xΑy", ["GREEK CAPITAL LETTER ALPHA"]),
    ],
)
def test_what_is_noted(text: str, names: list[str]) -> None:
    assert [one.name for one in hidden_characters(text)] == names


def test_no_text_gives_more_findings_than_anybody_reads() -> None:
    assert len(hidden_characters("\u202e" * 20_000)) == MOST_FOUND


@given(NASTY)
def test_findings_show_no_hidden_character(text: str) -> None:
    for found in hidden_characters(text):
        assert str(found).isprintable() or not hidden_characters(
            str(found).encode("utf-8", "replace").decode()
        )
    assert visible(visible(text)) == visible(text)
