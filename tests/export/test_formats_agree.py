"""All formats have the same letters, in the same order, with the same text, whatever is in it."""

import json

import pytest
from hypothesis import given, settings

from feedback.domain.proofsheet import Proofsheet
from feedback.export.copy_column import copy_column
from feedback.export.formats import FORMATS
from feedback.export.formats.csv import unguarded
from feedback.export.house_form import DRAFT
from tests.export.read_back import (
    csv_rows,
    html_blocks,
    html_letters,
    html_page,
    markdown_blocks,
    markdown_kinds,
)
from tests.export.sheets import NASTY, a_printed, a_sheet, printed_lines, sheets

LETTERS_KINDS = {
    "paragraph_open", "paragraph_close", "inline", "text", "text_special", "hardbreak", "hr",
    "heading_open", "heading_close", "em_open", "em_close", "strong_open", "strong_close",
    "link_open", "link_close",
}  # fmt: skip


def everything(sheet: Proofsheet, *, with_title: bool = True) -> list[str]:
    """Each paragraph that a reader reads, dividers left out."""
    blocks = [sheet.title] if with_title and sheet.title else []
    if sheet.provisional:
        blocks.append(f"[{DRAFT}]")
    blocks += (sheet.editors_note or "").split("\n\n") if sheet.editors_note else []
    groups = [section for section in sheet.sections if section.letters]
    for index, group in enumerate(groups):
        if group.subhead and (index or sheet.first_subhead_printed):
            blocks.append(group.subhead)
        for letter in group.letters:
            blocks += printed_lines(letter)
    blocks += (sheet.invitation or "").split("\n\n") if sheet.invitation else []
    return blocks


@given(sheet=sheets())
@settings(max_examples=150, deadline=None)
def test_any_text_survives_in_every_format(sheet: Proofsheet) -> None:
    names = ("html", "markdown", "text", "json", "csv", "jsonl")  # others have files of their own
    out = {name: FORMATS[name].render(sheet) for name in names}
    letters = [printed_lines(letter) for letter in sheet.letters()]
    refs = [letter.ref for letter in sheet.letters()]

    assert html_letters(out["html"]) == letters

    for reader in ("commonmark", "extended"):
        assert markdown_blocks(out["markdown"], reader) == everything(sheet)
        assert markdown_kinds(out["markdown"], reader) <= LETTERS_KINDS

    marks = {"***", "---"}
    text = out["text"].decode()
    own = [b for b in everything(sheet) if b not in marks]
    assert [b for b in text.removesuffix("\n").split("\n\n") if b not in marks] == (own or [""])

    whole = json.loads(out["json"])
    found = [one for section in whole["sections"] for one in section["letters"]]
    assert [one["ref"] for one in found] == refs
    assert [tuple(one["printed"]["paragraphs"]) for one in found] == [
        letter.paragraphs for letter in sheet.letters()
    ]

    rows = csv_rows(out["csv"])
    assert [row["ref"] for row in rows] == refs
    assert [unguarded(row["text"]).split("\n\n") for row in rows] == [
        list(letter.paragraphs) for letter in sheet.letters()
    ]
    assert [unguarded(row["signature"]) for row in rows] == [
        letter.signature for letter in sheet.letters()
    ]

    records = [json.loads(line) for line in out["jsonl"].decode().split("\n") if line]
    assert [record["ref"] for record in records] == refs

    copied = copy_column(sheet)
    assert [b for b in html_blocks(copied.html) if b != "***"] == [
        b for b in everything(sheet, with_title=False) if b != "***"
    ]
    assert html_blocks(copied.wordpress) == everything(sheet, with_title=False)


@given(sheet=sheets())
@settings(max_examples=20, deadline=None)
def test_the_same_proofsheet_gives_the_same_bytes(sheet: Proofsheet) -> None:
    again = Proofsheet.from_json(sheet.to_json())
    assert again == sheet
    for one in FORMATS.values():
        assert one.render(again) == one.render(sheet)


@pytest.mark.parametrize("words", NASTY)
def test_hostile_words_stay_words(words: str) -> None:
    line = words.replace("\n", " ")
    sheet = a_sheet(
        (line, [a_printed(words, ref="WHY-00001")]),
        (line, [a_printed(words, ref="WHY-00002", signature="Max")]),
        title=line,
    )
    page = html_page(FORMATS["html"].render(sheet))
    assert page.xpath("//script | //img | //iframe | //base | //link | //object | //form") == []
    assert page.xpath("//article//@href") == ["#letter-1", "#letter-2"]
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    markdown = FORMATS["markdown"].render(sheet)
    kinds = markdown_kinds(markdown, "extended")
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "fence", "code_block"}
    assert (
        words
        in json.loads(FORMATS["json"].render(sheet))["sections"][0]["letters"][0]["printed"][
            "paragraphs"
        ]
    )
