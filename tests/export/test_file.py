"""A column as a file: names, kinds, and what there is not."""

import pytest

from feedback.domain.errors import Refused
from feedback.export.file import export
from feedback.export.formats import FORMATS
from feedback.export.formats.html import render_body
from tests.export.sheets import a_printed, a_sheet

SHEET = a_sheet((None, [a_printed()]))
DRAFT = a_sheet((None, [a_printed()]), provisional=True)
LETTERS = a_sheet((None, [a_printed()]), title=None, slug=None, date=None, provisional=True)


def test_these_are_the_formats() -> None:
    assert list(FORMATS) == [
        "html",
        "markdown",
        "text",
        "json",
        "csv",
        "jsonl",
        "docx",
        "icml",
        "nitf",
        "ninjs",
        "wxr",
        "atom",
        "epub",
    ]
    for name, one in FORMATS.items():
        assert one.name == name


@pytest.mark.parametrize(
    ("name", "file", "media_type"),
    [
        ("html", "2026-03-08.html", "text/html; charset=utf-8"),
        ("markdown", "2026-03-08.md", "text/markdown; charset=utf-8; variant=CommonMark"),
        ("text", "2026-03-08.txt", "text/plain; charset=utf-8"),
        ("json", "2026-03-08.json", "application/json"),
        ("csv", "2026-03-08.csv", "text/csv; charset=utf-8; header=present"),
        ("jsonl", "2026-03-08.jsonl", "application/jsonl"),
        ("icml", "2026-03-08.icml", "application/xml; charset=utf-8"),
        ("nitf", "2026-03-08.nitf.xml", "application/xml; charset=utf-8"),
        ("ninjs", "2026-03-08.ninjs.json", "application/json"),
        ("wxr", "2026-03-08.wxr.xml", "text/xml; charset=utf-8"),
        ("atom", "2026-03-08.atom", "application/atom+xml; charset=utf-8"),
        ("epub", "2026-03-08.epub", "application/epub+zip"),
        ("docx", "2026-03-08.docx", FORMATS["docx"].media_type),
    ],
)
def test_a_file_is_named_after_its_edition(name: str, file: str, media_type: str) -> None:
    made = export(SHEET, name)
    assert (made.name, made.media_type) == (file, media_type)
    assert made.data == FORMATS[name].render(SHEET)
    stem, _dot, extension = file.partition(".")
    assert export(DRAFT, name).name == f"{stem}-draft.{extension}"
    assert export(LETTERS, name).name == f"letters-draft.{extension}"


def test_html_has_a_body_alone() -> None:
    assert export(SHEET, "html", "body").data == render_body(SHEET)
    assert export(SHEET, "html", "").data == export(SHEET, "html").data


@pytest.mark.parametrize(
    ("name", "part", "field"),
    [
        ("pdf", None, "format"), ("", None, "format"), ("HTML", None, "format"),
        ("../html", None, "format"), ("html", "head", "part"), ("text", "body", "part"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(name: str, part: str | None, field: str) -> None:
    with pytest.raises(Refused) as refused:
        export(SHEET, name, part)
    assert refused.value.kind == "fields"
    assert refused.value.details == {"field": field}
