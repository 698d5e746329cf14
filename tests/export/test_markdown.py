"""Markdown is escaped where it must be and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.domain.proofsheet import Link
from feedback.export.formats import FORMATS
from feedback.export.formats.markdown import address, inline, lines
from tests.export.read_back import READERS, markdown_blocks
from tests.export.sheets import a_printed, a_sheet


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("It costs 5—or 5.50. Really! (#1, +2, a-b)", "It costs 5—or 5.50. Really! (#1, +2, a-b)"),
        ("1. First", "1\\. First"),
        ("1984 was a book.", "1984 was a book."),
        ("2) Second", "2\\) Second"),
        ("# Head", "\\# Head"),
        ("#1 fan", "#1 fan"),
        ("- item", "\\- item"),
        ("-5 degrees", "-5 degrees"),
        ("a_b * c", "a\\_b \\* c"),
        ("[x](javascript:y)", "\\[x\\]\\(javascript:y)"),
        ("<b> & Q&A", "\\<b\\> \\& Q\\&A"),
        ("a\nb", "a\\\nb"),
        ("a\n=====", "a\\\n\\====="),
        (" a ", "&#32;a&#32;"),
    ],
)
def test_what_is_escaped(text: str, markdown: str) -> None:
    assert lines(inline(text)) == markdown


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
@settings(deadline=None)
def test_any_line_comes_back_to_the_letter(text: str) -> None:
    if not text.strip():
        return
    (block,) = READERS["commonmark"].parse(lines(inline(text)))[1:-1]
    assert "".join(child.content for child in block.children or []) == text


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a_(b)*c*?d=1&copy;=2#e", "https://x.example/<a>\"'{}[]|^`\\",
        "https://x.example/ä/日本", "http://x.example/&amp;",
    ],
)  # fmt: skip
def test_an_address_survives(url: str) -> None:
    (block,) = READERS["commonmark"].parse(f"[words]({address(url)})")[1:-1]
    (link,) = [child for child in block.children or [] if child.type == "link_open"]
    said = READERS["commonmark"].normalizeLink(url)
    quoted = {"'": "%27", "(": "%28", ")": "%29"}
    for char, code in quoted.items():
        said = said.replace(char, code)
    assert link.attrs["href"] == said


def test_an_exclamation_mark_before_a_link_makes_no_picture() -> None:
    letter = a_printed("Wow!Eggs", links=(Link("Eggs", "https://x.example"),), signature="")
    data = FORMATS["markdown"].render(a_sheet((None, [letter]), title=None))
    assert data == b"Wow\\![Eggs](https://x.example)\n"
    assert markdown_blocks(data) == ["Wow!Eggs"]
