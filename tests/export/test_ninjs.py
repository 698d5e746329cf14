"""ninjs: as the standard wants it; the same letters as everywhere."""

import json
import re
from typing import Any

from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker

from feedback.domain.proofsheet import PrintedArticle, Proofsheet
from feedback.export.formats import FORMATS
from tests.export.read_back import html_blocks, html_page
from tests.export.sheets import NASTY, a_printed, a_sheet, printed_lines, sheets
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

# What ninjs 3.1 says of the properties that we use; any other is a mistake.
TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri", "pattern": r"^[a-z][a-z0-9+.-]*:[!-~]+$"}
COUNT = {"type": "integer"}


def objects(required: list[str], **properties: Any) -> dict[str, Any]:
    """A list of objects with these properties and no others."""
    one = {"type": "object", "required": required, "additionalProperties": False}
    return {"type": "array", "items": {**one, "properties": properties}}


ITEM: dict[str, Any] = {
    "uri": URI,
    "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component"]},
    "representationType": {"enum": ["full", "partial"]},
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "contentCreated": {"type": "string", "format": "date-time"},
    "language": TEXT,
    "title": TEXT,
    "by": TEXT,
    "slugline": TEXT,
    "edNote": TEXT,
    "headlines": objects(["value"], role=TEXT, contentType=TEXT, value=TEXT),
    "bodies": objects(["value"], role=TEXT, contentType=TEXT, wordCount=COUNT, value=TEXT),
    "subjects": objects([], name=TEXT, rel=TEXT),
    "infoSources": objects([], name=TEXT, role=TEXT),
    "genres": objects([], name=TEXT, uri=TEXT),
    "altIds": objects([], role=TEXT, value=TEXT),
    "associations": {"type": "array", "items": {"$ref": "#/$defs/associated"}},
    "standard": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"name": TEXT, "version": TEXT, "schema": URI},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": ITEM,
    "$defs": {
        "associated": {
            "type": "object",
            "required": ["uri", "name"],
            "additionalProperties": False,
            "properties": {**ITEM, "name": TEXT, "rel": TEXT},
        }
    },
}
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def read(sheet: Proofsheet) -> dict[str, Any]:
    return json.loads(FORMATS["ninjs"].render(sheet))


def body(item: dict[str, Any], kind: str) -> str:
    (found,) = [one["value"] for one in item["bodies"] if one["contentType"] == kind]
    return found


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives_in_a_valid_object(sheet: Proofsheet) -> None:
    column = read(sheet)
    VALID.validate(column)
    assert [b for b in html_blocks(body(column, "text/html")) if b != "***"] == [
        b for b in everything(sheet, with_title=False) if b != "***"
    ]
    letters = column["associations"]
    assert [one["altIds"][0]["value"] for one in letters] == [x.ref for x in sheet.letters()]
    for told, letter in zip(letters, sheet.letters(), strict=True):
        above = [one["value"] for one in told.get("headlines", [])]
        lines = printed_lines(letter)
        assert above + html_blocks(body(told, "text/html")) == lines
        assert "\n\n".join([*above, body(told, "text/plain")]) == "\n\n".join(lines)
        assert told.get("by", "") == letter.signature


def test_a_letter_that_was_taken_down_is_canceled_without_a_word() -> None:
    column = read(the_edition())
    (gone,) = [x for x in column["associations"] if x["altIds"][0]["value"] == "WHY-5KEEP"]
    assert gone["pubStatus"] == "canceled"
    assert not {"bodies", "by", "headlines", "associations"} & set(gone)
    assert "Nobody" not in json.dumps(column)


def test_names_last() -> None:
    first, again = read(the_edition()), read(the_edition().without({"WHY-7Q2KD"}))
    assert first["uri"] == again["uri"]
    assert [x["uri"] for x in first["associations"]] == [x["uri"] for x in again["associations"]]
    names = {first["uri"], *(x["uri"] for x in first["associations"])}
    assert len(names) == 7
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", name) for name in names)
    apart = a_sheet((None, [a_printed()]), slug=None, title=None, date=None)
    assert read(apart)["uri"] not in names


def test_a_draft_is_withheld() -> None:
    draft = read(a_sheet((None, [a_printed()]), provisional=True))
    assert draft["pubStatus"] == draft["associations"][0]["pubStatus"] == "withheld"
    assert draft["edNote"] == "Draft: not published"
    assert read(the_edition())["pubStatus"] == "usable"


def test_what_a_letter_answers_is_told_where_it_has_an_address() -> None:
    urls = {"https://news.example.com/ä": ["https://news.example.com/%C3%A4"], "javascript:x": []}
    for url, wanted in urls.items():
        letter = a_printed(article=PrintedArticle("A Headline", url, "Jo Byline", None))
        (told,) = read(a_sheet((None, [letter])))["associations"]
        assert [one["uri"] for one in told.get("associations", [])] == wanted


def test_hostile_words_are_no_markup() -> None:
    for words in NASTY:
        html = body(read(a_sheet((None, [a_printed(words)]))), "text/html")
        page = html_page(f"<div>{html}</div>")
        assert page.xpath("//div//*[not(self::p or self::strong or self::br)]") == []
        assert not page.xpath("//@*")
