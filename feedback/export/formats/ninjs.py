"""ninjs: IPTC's News in JSON 3.1; the column, and each letter as an object of its own.

https://iptc.org/standards/ninjs/. The column has its whole text as HTML and as plain text; a
letter under `associations` has its own, with `by` as it is signed in print. What was taken down
is `canceled` and has no text.
"""

import json
from dataclasses import dataclass
from typing import Any

from feedback.domain.proofsheet import PrintedArticle, PrintedLetter, Proofsheet
from feedback.export.format import Format, utf8
from feedback.export.formats.text import paragraphs_of
from feedback.export.house_form import DRAFT, LetterPiece, Piece, Title, lay_out, web_address
from feedback.export.lasting_name import letter_urn, sheet_urn
from feedback.export.simple_html import blocks_of
from feedback.export.small_copies import tags
from feedback.export.xml_text import uri

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
LANGUAGE = "en-US"
OPINION = {"name": "Opinion", "uri": "http://cv.iptc.org/newscodes/genre/Opinion"}


def render(sheet: Proofsheet) -> bytes:
    """JSON on one line, in UTF-8 with a newline at its end."""
    return utf8(json.dumps(_column(sheet), ensure_ascii=False) + "\n")


def _column(sheet: Proofsheet) -> dict[str, Any]:
    pieces = [_Written.of(piece) for piece in lay_out(sheet) if not isinstance(piece, Title)]
    column: dict[str, Any] = {
        "uri": sheet_urn(sheet),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "pubStatus": "withheld" if sheet.provisional else "usable",
        "language": LANGUAGE,
        "title": sheet.title or sheet.column_name,
        "infoSources": [{"name": sheet.publication, "role": "publisher"}],
        "genres": [OPINION],
        "subjects": [{"name": subhead, "rel": "about"} for subhead in tags(sheet)],
        "bodies": _bodies(pieces),
        "associations": _letters(sheet, pieces),
    }
    if sheet.title:
        column["headlines"] = _headlines(sheet.title)
    if sheet.slug:
        column["slugline"] = sheet.slug
    if sheet.date:
        column["contentCreated"] = f"{sheet.date.isoformat()}T00:00:00Z"
    if sheet.provisional:
        column["edNote"] = DRAFT
    return column


@dataclass(frozen=True)
class _Written:
    """A piece with its paragraphs in both spellings."""

    piece: Piece
    html: list[str]
    plain: list[str]

    @classmethod
    def of(cls, piece: Piece) -> "_Written":
        return cls(piece, [str(one.html()) for one in blocks_of(piece)], paragraphs_of(piece))


def _letters(sheet: Proofsheet, pieces: list[_Written]) -> list[dict[str, Any]]:
    written = [one for one in pieces if isinstance(one.piece, LetterPiece)]
    subheads = [section.subhead for section in sheet.sections for _letter in section.letters]
    return [
        _letter(sheet, letter, one, subhead)
        for letter, one, subhead in zip(sheet.letters(), written, subheads, strict=True)
    ]


def _letter(
    sheet: Proofsheet, letter: PrintedLetter, written: _Written, subhead: str | None
) -> dict[str, Any]:
    assert isinstance(written.piece, LetterPiece)
    told: dict[str, Any] = {
        "uri": letter_urn(sheet, letter),
        "name": written.piece.label,
        "rel": "letter",
        "type": "text",
        "representationType": "full",
        "altIds": [{"role": "reference", "value": letter.ref}],
    }
    if letter.is_taken_down:
        return {**told, "pubStatus": "canceled"}
    told["pubStatus"] = "withheld" if sheet.provisional else "usable"
    told["language"] = letter.record.get("language") or LANGUAGE
    told["genres"] = [OPINION]
    if letter.headline:
        told["headlines"] = _headlines(letter.headline)
        written = _Written(written.piece, written.html[1:], written.plain[1:])
    told["bodies"] = _bodies([written])
    if letter.signature:
        told["by"] = letter.signature
    if subhead:
        told["subjects"] = [{"name": subhead, "rel": "about"}]
    answered = _article(letter.article)
    if answered:
        told["associations"] = [answered]
    return told


def _headlines(words: str) -> list[dict[str, str]]:
    return [{"role": "main", "contentType": "text/plain", "value": words}]


def _article(article: PrintedArticle | None) -> dict[str, Any] | None:
    """What the letter answers, where it has an address."""
    if article is None or not web_address(article.url):
        return None
    told = {
        "uri": uri(article.url or ""),
        "name": article.headline,
        "rel": "answers",
        "type": "text",
        "representationType": "partial",
    }
    return told | ({"by": article.author} if article.author else {})


def _bodies(pieces: list[_Written]) -> list[dict[str, Any]]:
    """The text as HTML and as plain text with blank lines between its paragraphs."""
    html = "\n".join(block for one in pieces for block in one.html)
    plain = "\n\n".join(paragraph for one in pieces for paragraph in one.plain)
    count = len(plain.split())
    return [
        {"role": "main", "contentType": "text/html", "wordCount": count, "value": html},
        {"role": "main", "contentType": "text/plain", "wordCount": count, "value": plain},
    ]


FORMAT = Format("ninjs", "application/json", "ninjs.json", render)
