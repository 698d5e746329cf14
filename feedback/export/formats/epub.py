"""EPUB 3: the column as a small book for reading programs; nothing in it runs or is loaded.

After EPUB 3.3 (https://www.w3.org/TR/epub-33/) and EPUB Accessibility 1.1.
"""

import datetime as dt
from typing import Any, assert_never

from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format
from feedback.export.house_form import (
    Break,
    DraftMark,
    Invitation,
    LetterPiece,
    Note,
    Paragraph,
    Piece,
    Run,
    Style,
    Subhead,
    Title,
    lay_out,
)
from feedback.export.lasting_name import sheet_urn
from feedback.export.xml_text import add_words, uri, xml_file, xml_text
from feedback.export.zipped import zipped

MEDIA_TYPE = "application/epub+zip"
XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LANGUAGE = "en-US"
_PLACE = "EPUB/package.opf"
_NO_DAY = dt.date(1970, 1, 1)
_STYLE = b"""body { margin: 0 5%; line-height: 1.5; }
h1, h2, h3 { line-height: 1.2; page-break-after: avoid; }
.salutation, .signature { font-weight: 600; }
.note, .invitation { font-style: italic; }
.divider { text-align: center; }
"""
# What a reader who cannot see the page wants to know beforehand.
_ACCESS = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "Text alone, with headings and a table of contents."),
)


def render(sheet: Proofsheet) -> bytes:
    """The book; the same proofsheet gives the same bytes."""
    pieces = list(lay_out(sheet))
    return zipped(
        [
            ("mimetype", MEDIA_TYPE.encode()),
            ("META-INF/container.xml", _container()),
            (_PLACE, _package(sheet)),
            ("EPUB/nav.xhtml", _contents(sheet, pieces)),
            ("EPUB/column.xhtml", _column(sheet, pieces)),
            ("EPUB/column.css", _STYLE),
        ],
        stored=frozenset({"mimetype"}),  # so that a program knows the file by its first bytes
    )


def _container() -> bytes:
    root = etree.Element(f"{{{_CONTAINER}}}container", nsmap={None: _CONTAINER}, version="1.0")
    files = etree.SubElement(root, f"{{{_CONTAINER}}}rootfiles")
    one = {"full-path": _PLACE, "media-type": "application/oebps-package+xml"}
    etree.SubElement(files, f"{{{_CONTAINER}}}rootfile", one)
    return xml_file(root)


def _package(sheet: Proofsheet) -> bytes:
    """What the book is and which files it has."""
    root = etree.Element(_opf("package"), nsmap={None: OPF, "dc": DC}, version="3.0")
    root.set("unique-identifier", "name")
    root.set(f"{_XML}lang", _LANGUAGE)
    told = etree.SubElement(root, _opf("metadata"))
    _text(told, f"{{{DC}}}identifier", sheet_urn(sheet), id="name")
    _text(told, f"{{{DC}}}title", _name(sheet))
    _text(told, f"{{{DC}}}language", _LANGUAGE)
    _text(told, f"{{{DC}}}publisher", sheet.publication)
    if sheet.date:
        _text(told, f"{{{DC}}}date", sheet.date.isoformat())
    moment = f"{(sheet.date or _NO_DAY).isoformat()}T00:00:00Z"
    _text(told, _opf("meta"), moment, property="dcterms:modified")
    for name, value in _ACCESS:
        _text(told, _opf("meta"), value, property=name)
    files = etree.SubElement(root, _opf("manifest"))
    for name, kind, more in (
        ("nav.xhtml", "application/xhtml+xml", {"properties": "nav"}),
        ("column.xhtml", "application/xhtml+xml", {}),
        ("column.css", "text/css", {}),
    ):
        item = {"id": name.replace(".", "-"), "href": name, "media-type": kind, **more}
        etree.SubElement(files, _opf("item"), item)
    order = etree.SubElement(root, _opf("spine"))
    etree.SubElement(order, _opf("itemref"), idref="column-xhtml")
    return xml_file(root)


def _contents(sheet: Proofsheet, pieces: list[Piece]) -> bytes:
    """The table of contents: subheads with their letters."""
    root, body = _page("Contents")
    nav = etree.SubElement(body, _x("nav"), {f"{{{EPUB}}}type": "toc", "role": "doc-toc"})
    _text(nav, _x("h1"), "Contents")
    whole = etree.SubElement(nav, _x("ol"))
    _entry(whole, _name(sheet), "column.xhtml")
    into, groups = whole, 0
    for piece in pieces:
        if isinstance(piece, Subhead):
            groups += 1
            group = _entry(whole, piece.text, f"column.xhtml#group-{groups}")
            into = etree.SubElement(group, _x("ol"))
        elif isinstance(piece, LetterPiece):
            _entry(into, piece.headline or piece.label, f"column.xhtml#letter-{piece.number}")
    return xml_file(root, "<!DOCTYPE html>")


def _entry(into: Any, words: str, href: str) -> Any:
    item = etree.SubElement(into, _x("li"))
    _text(item, _x("a"), words, href=href)
    return item


def _column(sheet: Proofsheet, pieces: list[Piece]) -> bytes:
    root, body = _page(_name(sheet))
    groups = 0
    for piece in pieces:
        groups += isinstance(piece, Subhead)
        _add(body, piece, groups)
    if not len(body):
        etree.SubElement(body, _x("p"))
    return xml_file(root, "<!DOCTYPE html>")


def _add(body: Any, piece: Piece, group: int) -> None:
    match piece:
        case Title(text):
            _text(body, _x("h1"), text)
        case DraftMark(text):
            _text(body, _x("p"), f"[{text}]", **{"class": "draft"})
        case Note(paragraphs) | Invitation(paragraphs):
            for text in paragraphs:
                _text(body, _x("p"), text, **{"class": piece.kind})
        case Subhead(text):
            _text(body, _x("h2"), text, id=f"group-{group}")
        case Break("rule"):
            etree.SubElement(body, _x("hr"))
        case Break(divider):
            _text(body, _x("p"), divider, **{"class": "divider"})
        case LetterPiece():
            _letter(body, piece)
        case _:
            assert_never(piece)


def _letter(body: Any, piece: LetterPiece) -> None:
    letter = etree.SubElement(body, _x("article"), {"id": f"letter-{piece.number}"})
    letter.set("aria-label", xml_text(piece.label))
    if piece.headline:
        _text(letter, _x(f"h{piece.headline_level}"), piece.headline)
    for paragraph in piece.paragraphs:
        _runs(etree.SubElement(letter, _x("p")), paragraph)


def _runs(into: Any, paragraph: Paragraph) -> None:
    for run in paragraph:
        match run.style:
            case Style.PLAIN:
                _say(into, run)
            case Style.LINK:
                _say(etree.SubElement(into, _x("a"), href=uri(run.url)), run)
            case Style.ITALIC:
                _say(etree.SubElement(into, _x("em")), run)
            case _:
                _say(etree.SubElement(into, _x("span"), {"class": run.style.value}), run)


def _say(into: Any, run: Run) -> None:
    add_words(into, run.text, _x("br"))


def _page(title: str) -> tuple[Any, Any]:
    """An empty page: its root, its body."""
    root = etree.Element(_x("html"), nsmap={None: XHTML, "epub": EPUB}, lang=_LANGUAGE)
    root.set(f"{_XML}lang", _LANGUAGE)
    head = etree.SubElement(root, _x("head"))
    _text(head, _x("title"), title)
    etree.SubElement(head, _x("link"), rel="stylesheet", type="text/css", href="column.css")
    return root, etree.SubElement(root, _x("body"))


def _text(parent: Any, name: str, words: str, **attributes: str) -> None:
    element = etree.SubElement(parent, name, attributes)
    add_words(element, words, _x("br"))


def _name(sheet: Proofsheet) -> str:
    return sheet.title or sheet.column_name


def _x(name: str) -> str:
    return f"{{{XHTML}}}{name}"


def _opf(name: str) -> str:
    return f"{{{OPF}}}{name}"


FORMAT = Format("epub", MEDIA_TYPE, "epub", render, is_archive=True)
