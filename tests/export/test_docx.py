"""Word files: valid, named styles alone, links that lead, words that stay words."""

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from openxml_audit import OpenXmlValidator

from feedback.domain.proofsheet import Link, Proofsheet
from feedback.export.formats import FORMATS
from feedback.export.print_styles import WORD_STYLES, ParagraphStyle
from tests.export.read_back import docx_paragraphs, parts_of
from tests.export.sheets import NASTY, a_printed, a_sheet, sheets
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

BETWEEN = {ParagraphStyle.DIVIDER.value, ParagraphStyle.RULE.value}


def render(sheet: Proofsheet) -> bytes:
    return FORMATS["docx"].render(sheet)


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives(sheet: Proofsheet) -> None:
    paragraphs = docx_paragraphs(render(sheet))
    assert [text for style, text in paragraphs if style not in BETWEEN] == everything(sheet)
    assert {style for style, _text in paragraphs} <= set(ParagraphStyle)


def hostile() -> Proofsheet:
    letters = [
        a_printed(words, ref=f"WHY-{n:05}", signature=" ".join(words.split()))
        for n, words in enumerate(NASTY)
    ]
    return a_sheet((NASTY[4], letters), title=NASTY[5], first_subhead_printed=True, divider="rule")


@pytest.mark.parametrize("sheet", [the_edition(), hostile(), a_sheet(title=None, date=None)])
def test_it_is_valid(tmp_path: Path, sheet: Proofsheet) -> None:
    file = tmp_path / "column.docx"
    file.write_bytes(render(sheet))
    result = OpenXmlValidator().validate(file)
    assert [str(error) for error in result.errors] == []


def test_styles_are_named_and_nothing_is_formatted_beside_them() -> None:
    document = Document(io.BytesIO(render(the_edition())))
    marks = document.element.body.xpath(".//w:pPr/* | .//w:rPr/*")
    assert {mark.tag for mark in marks} == {qn("w:pStyle"), qn("w:rStyle")}
    there = {style.style_id: style.name for style in document.styles}
    used = {there[mark.get(qn("w:val"))] for mark in marks}
    assert used <= {*ParagraphStyle, *WORD_STYLES.values()}
    (first,) = (p for p in document.paragraphs if "judge it by" in p.text)
    run = first.runs[0]
    assert (run.style.name, run.text) == ("Letter Salutation", "Dear Daily Signal: ")


def test_links_are_hyperlinks_with_an_address_that_word_can_read() -> None:
    urls = {
        "https://news.example.com/a_(b)?x=[1]&copy;=2": "https://news.example.com/a_(b)?x=%5B1%5D&copy;=2",
        "https://bücher.example/ä/100%?q=日": "https://xn--bcher-kva.example/%C3%A4/100%25?q=%E6%97%A5",
        "https://news.example.com/plain#part": "https://news.example.com/plain#part",
    }
    for url, wanted in urls.items():
        letter = a_printed("See “The Headline” here.", links=(Link("The Headline", url),))
        document = Document(io.BytesIO(render(a_sheet((None, [letter, letter])))))
        links = [link for p in document.paragraphs for link in p.hyperlinks]
        assert [(link.text, link.url) for link in links] == [("The Headline", wanted)] * 2


def test_nothing_runs_and_nothing_is_loaded() -> None:
    parts = dict(parts_of(render(hostile())))
    assert not [name for name in parts if name.endswith((".bin", ".vml", ".jpeg"))]
    body = parts["word/document.xml"].decode()
    for tag in ("w:fldSimple", "w:instrText", "w:object", "w:drawing", "w:altChunk", "w:hyperlink"):
        assert f"<{tag}" not in body
    assert b"External" not in parts["word/_rels/document.xml.rels"]


def test_its_properties_name_the_publication_and_no_person() -> None:
    told = Document(io.BytesIO(render(the_edition()))).core_properties
    assert (told.title, told.author) == ("We Hear You: Fentanyl and Student Debt", "Daily Signal")
    assert told.created.date().isoformat() == "2026-03-08"
    long = Document(io.BytesIO(render(a_sheet(title="x" * 2000, publication="A\x00\x0bB" * 200))))
    assert len(long.core_properties.title) == 255
    assert long.core_properties.author.startswith("ABAB")
