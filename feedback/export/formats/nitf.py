"""NITF: IPTC's News Industry Text Format 3.6, for news systems.

https://iptc.org/standards/nitf/. The file names its version in `nitf`, and has no DOCTYPE, which
careful readers refuse. Each letter is a `block`; salutation, signature and the desk's words are
`em` of a class.
"""

from typing import Any, assert_never

from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format
from feedback.export.house_form import (
    DRAFT,
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
from feedback.export.small_copies import tags
from feedback.export.xml_text import add_words, uri, xml_file, xml_text

_VERSION = "-//IPTC//DTD NITF 3.6//EN"


def render(sheet: Proofsheet) -> bytes:
    """One document for the whole column."""
    root = etree.Element("nitf", version=_VERSION)
    _tell(etree.SubElement(root, "head"), sheet)
    body = etree.SubElement(root, "body")
    head = etree.SubElement(body, "body.head")
    content = etree.SubElement(body, "body.content")
    for piece in lay_out(sheet):
        _add(head, content, piece)
    return xml_file(root)


def _tell(head: Any, sheet: Proofsheet) -> None:
    """What news systems sort by, in the order that the standard asks for."""
    day = {"date": sheet.date.strftime("%Y%m%d")} if sheet.date else {}
    etree.SubElement(head, "title").text = xml_text(sheet.title or sheet.column_name)
    etree.SubElement(head, "tobject", {"tobject.type": "Opinion"})
    status = "withheld" if sheet.provisional else "usable"
    data = etree.SubElement(head, "docdata", {"management-status": status})
    name = {"id-string": sheet_urn(sheet), "regsrc": xml_text(sheet.publication)}
    etree.SubElement(data, "doc-id", name)
    if day:
        etree.SubElement(data, "date.issue", norm=day["date"])
    if sheet.provisional:
        etree.SubElement(data, "ed-msg", info=DRAFT)
    keys = etree.SubElement(data, "key-list") if tags(sheet) else None
    for subhead in tags(sheet):
        etree.SubElement(keys, "keyword", key=xml_text(subhead))
    where = {"name": xml_text(sheet.publication), "edition.name": xml_text(sheet.column_name)}
    if day:
        where["date.publication"] = day["date"]
    etree.SubElement(head, "pubdata", where)


def _add(head: Any, content: Any, piece: Piece) -> None:
    match piece:
        case Title(text):
            _say(etree.SubElement(etree.SubElement(head, "hedline"), "hl1"), Run(text))
        case DraftMark(text):
            _note(head, (f"[{text}]",))
        case Note(paragraphs):
            _note(head, paragraphs)
        case Invitation(paragraphs):
            _paragraphs(content, paragraphs, "invitation")
        case Subhead(text):
            _say(etree.SubElement(content, "hl2", {"class": "subhead"}), Run(text))
        case Break("rule"):
            etree.SubElement(content, "hr")
        case Break(divider):
            _paragraphs(content, (divider,), "divider")
        case LetterPiece():
            _letter(content, piece)
        case _:
            assert_never(piece)


def _letter(content: Any, piece: LetterPiece) -> None:
    name = {"class": "letter", "id": f"letter-{piece.number}"}
    block = etree.SubElement(content, "block", name)
    if piece.headline:
        _say(etree.SubElement(block, "hl2"), Run(piece.headline))
    for paragraph in piece.paragraphs:
        _runs(etree.SubElement(block, "p"), paragraph)


def _note(head: Any, paragraphs: tuple[str, ...]) -> None:
    """An editor's note that is for readers (`pa`: it may be published)."""
    note = etree.SubElement(head, "note", noteclass="editorsnote", type="pa")
    _paragraphs(etree.SubElement(note, "body.content"), paragraphs)


def _paragraphs(content: Any, paragraphs: tuple[str, ...], kind: str = "") -> None:
    for text in paragraphs:
        _say(etree.SubElement(content, "p", {"class": kind} if kind else {}), Run(text))


def _runs(into: Any, paragraph: Paragraph) -> None:
    for run in paragraph:
        match run.style:
            case Style.PLAIN:
                _say(into, run)
            case Style.LINK:
                _say(etree.SubElement(into, "a", href=uri(run.url)), run)
            case _:
                _say(etree.SubElement(into, "em", {"class": run.style.value}), run)


def _say(into: Any, run: Run) -> None:
    add_words(into, run.text, "br")


FORMAT = Format("nitf", "application/xml; charset=utf-8", "nitf.xml", render)
