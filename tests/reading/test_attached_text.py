"""A letter in a file: its text, whatever wrote the file; and a name for what has none."""

import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.reading.attached_text import (
    MOST_TEXT,
    NoTextError,
    TextKind,
    Trouble,
    text_in,
    text_kind,
)
from tests.reading import attached_files as files

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ha ha ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 40}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (TextKind.PLAIN, files.TEXT.encode()),
        (TextKind.PLAIN, b"\xef\xbb\xbf" + files.TEXT.replace("\n", "\r\n").encode()),
        (TextKind.PLAIN, files.TEXT.encode("utf-16")),
        (TextKind.WORD, files.word(*files.LETTER, *files.SIGNED)),
        (TextKind.ODT, files.odt_of(*files.LETTER, *files.SIGNED)),
    ],
)
def test_the_text_is_what_the_writer_wrote(kind, raw):
    assert text_in(raw, kind) == files.TEXT


def test_lines_of_a_page_are_joined_to_paragraphs():
    lines = (
        "The county counts its boats every May, as it has done since nineteen hundred and six.",
        "It should count its sandbags, and say to everybody who asks how many of them it has got,",
        "before the river asks.",
    )
    assert text_in(files.pdf(*lines), TextKind.PDF) == " ".join(lines)


def test_blank_lines_that_were_typed_part_the_paragraphs():
    raw = files.word("One, two.", "", "Three.", "", "Jane Reader", "Spokane, Wash.", "")
    assert text_in(raw, TextKind.WORD) == "One, two.\n\nThree.\n\nJane Reader\nSpokane, Wash."


def test_what_word_shows_is_read_and_what_was_struck_out_is_not():
    raw = files.word_of(
        "<w:p><w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins>"
        "<w:smartTag><w:r><w:t>in Spokane</w:t></w:r></w:smartTag><w:r><w:br/><w:t>vote.</w:t>"
        "</w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a table.</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl>"
    )
    assert text_in(raw, TextKind.WORD) == "We always in Spokane\nvote.\n\nIn a table."


def test_spaces_and_inner_parts_of_an_odt_are_words_and_notes_are_not():
    raw = files.odt(
        '<text:p>One<text:s text:c="2"/>two <text:span>three</text:span> four'
        "<text:note><text:note-body><text:p>a note</text:p></text:note-body></text:note>, five"
        "<text:line-break/>six.\n  seven<!-- c --> eight</text:p>"
    )
    assert text_in(raw, TextKind.ODT) == "One  two three four, five\nsix. seven eight"


@pytest.mark.parametrize(
    ("kind", "raw", "trouble"),
    [
        (TextKind.PDF, files.pdf(), Trouble.NO_WORDS),
        (TextKind.PDF, b"%PDF-1.4 and no more", Trouble.BROKEN),
        (TextKind.PDF, b"", Trouble.BROKEN),
        (TextKind.WORD, b"\xd0\xcf\x11\xe0 an old .doc", Trouble.BROKEN),
        (TextKind.WORD, files.zipped({"a": b"b"}), Trouble.BROKEN),
        (TextKind.WORD, files.word(" "), Trouble.NO_WORDS),
        (TextKind.ODT, files.zipped({"a": b"b"}), Trouble.BROKEN),
        (TextKind.ODT, files.zipped({"content.xml": b"<broken"}), Trouble.BROKEN),
        (TextKind.ODT, files.zipped({"content.xml": b"0" * 21_000_000}), Trouble.TOO_LARGE),
        (TextKind.WORD, files.with_member(files.word("a"), "x", b"0" * 21_000_000),
         Trouble.TOO_LARGE),
        (TextKind.WORD, files.zipped({str(n): b"" for n in range(2001)}), Trouble.TOO_LARGE),
        (TextKind.PLAIN, b"0" * 21_000_000, Trouble.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_gives_no_text_has_a_name(kind, raw, trouble):
    with pytest.raises(NoTextError) as found:
        text_in(raw, kind)
    assert found.value.trouble is trouble


def test_entities_are_neither_multiplied_nor_fetched():
    for head, entity in ((LAUGHS, "&i;"), (OUTSIDE, "&i;")):
        inner = f"<text:p>One {entity} two</text:p>"
        try:
            text = text_in(files.odt(inner, head), TextKind.ODT)
        except NoTextError:
            continue
        assert text.split() in (["One", "two"], ["One", "&i;", "two"])


def test_one_mark_stands_for_no_million_of_spaces():
    raw = files.odt('<text:p>a<text:s text:c="999999999"/>b</text:p>')
    assert len(text_in(raw, TextKind.ODT)) < 200


def test_no_text_is_longer_than_a_letter_can_be():
    long = "boats " * (MOST_TEXT // 3)
    for kind, raw in (
        (TextKind.PLAIN, long.encode()),
        (TextKind.ODT, files.odt_of(long, long)),
        (TextKind.WORD, files.word(long)),
    ):
        assert len(text_in(raw, kind)) <= MOST_TEXT


def test_a_packed_page_is_read():
    words = zlib.compress(b"BT /F1 11 Tf 72 720 Td (Count the boats.) Tj ET")
    assert text_in(files.pdf_of(words, b"/Filter /FlateDecode"), TextKind.PDF) == "Count the boats."


@pytest.mark.parametrize(
    ("name", "told", "kind"),
    [
        ("letter.PDF", "application/octet-stream", TextKind.PDF),
        ("letter.docx", "", TextKind.WORD),
        ("letter", "application/vnd.oasis.opendocument.text", TextKind.ODT),
        ("", "text/plain", TextKind.PLAIN),
        ("letter.doc", "application/msword", None),
        ("letter.jpg", "image/jpeg", None),
        ("a.b.c", "x/y", None),
    ],
)
def test_what_can_be_a_letter_is_told_by_name_then_by_kind(name, told, kind):
    assert text_kind(name, told) is kind


GOOD = [files.word(*files.LETTER), files.odt_of(*files.LETTER), files.pdf(*files.LETTER)]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(list(TextKind)),
    st.one_of(
        st.binary(max_size=500),
        st.tuples(
            st.sampled_from(GOOD), st.integers(0, 20_000), st.binary(min_size=1, max_size=8)
        ).map(lambda it: it[0][: it[1] % len(it[0])] + it[2] + it[0][it[1] % len(it[0]) :]),
    ),
)  # fmt: skip
def test_any_bytes_are_text_or_a_name_for_what_is_wrong(kind, raw):
    with suppress(NoTextError):
        assert len(text_in(raw, kind)) <= MOST_TEXT
