"""DOCX: a Word file with named styles alone; links are hyperlinks, nothing in it runs.

`export/print_styles.py` has the names of the styles. The text is written element by element:
python-docx looks a style up anew for every run, which takes seconds for a long column.
"""

import datetime as dt
import io
import zipfile
from functools import lru_cache
from typing import Any

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.styles.style import ParagraphStyle as WordParagraphStyle
from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format
from feedback.export.house_form import Run, Style
from feedback.export.print_styles import WORD_STYLES, ParagraphStyle, styled
from feedback.export.xml_text import uri, xml_text
from feedback.export.zipped import zipped

# Styles of Word's own that ours build on, so that headings are found as headings.
_KEPT = frozenset(
    {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Title", "TitleChar", "Heading1",
     "Heading1Char", "Heading2", "Heading2Char"}
)  # fmt: skip
_BASED_ON = {
    ParagraphStyle.TITLE: "Title",
    ParagraphStyle.SUBHEAD: "Heading 1",
    ParagraphStyle.HEADLINE: "Heading 2",
}
# Size of headings; the rest is as large as the text around it.
_POINTS = {
    ParagraphStyle.TITLE: 20,
    ParagraphStyle.SUBHEAD: 14,
    ParagraphStyle.HEADLINE: 12,
}
_FONT = "Georgia"
_INK = RGBColor(0, 0, 0)
# What Word's own empty document brings along and this one has no use for.
_UNUSED = frozenset({RT.CUSTOM_XML, RT.NUMBERING, RT.THUMBNAIL, RT.EXTENDED_PROPERTIES})
_EFFECTS = "/stylesWithEffects"
_NO_DAY = dt.date(1980, 1, 1)
_MOST_TOLD = 255  # characters of a property


def render(sheet: Proofsheet) -> bytes:
    """The file; the same proofsheet gives the same bytes."""
    document = Document(io.BytesIO(_template()))
    _tell(document, sheet)
    body = document.element.body
    page = body[-1]
    body.remove(page)
    links: dict[str, str] = {}
    for paragraph in styled(sheet):
        element = etree.SubElement(body, qn("w:p"))
        _style(etree.SubElement(element, qn("w:pPr")), "w:pStyle", _id(paragraph.style))
        for run in paragraph.runs:
            _write(element, run, links)
    body.append(page)  # paper and margins stand at the end
    for url, name in links.items():
        document.part.rels.add_relationship(RT.HYPERLINK, url, name, is_external=True)
    return _saved(document)


def _write(paragraph: Any, run: Run, links: dict[str, str]) -> None:
    into = paragraph
    if run.style is Style.LINK:
        into = etree.SubElement(paragraph, qn("w:hyperlink"))
        url = uri(run.url)
        into.set(qn("r:id"), links.setdefault(url, f"link{len(links) + 1}"))
    words = etree.SubElement(into, qn("w:r"))
    if run.style in WORD_STYLES:
        _style(etree.SubElement(words, qn("w:rPr")), "w:rStyle", _id(WORD_STYLES[run.style]))
    for number, line in enumerate(xml_text(run.text).split("\n")):
        if number:
            etree.SubElement(words, qn("w:br"))
        text = etree.SubElement(words, qn("w:t"))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = line


def _style(properties: Any, name: str, value: str) -> None:
    etree.SubElement(properties, qn(name)).set(qn("w:val"), value)


def _id(name: str) -> str:
    return name.replace(" ", "")


def _tell(document: WordFile, sheet: Proofsheet) -> None:
    """What Word shows as properties of the file: of which column it is, nothing of a person."""
    moment = dt.datetime.combine(sheet.date or _NO_DAY, dt.time())
    told = document.core_properties
    told.title = xml_text(sheet.title or sheet.column_name)[:_MOST_TOLD]
    told.author = told.last_modified_by = xml_text(sheet.publication)[:_MOST_TOLD]
    told.comments = ""
    told.created = told.modified = moment


def _saved(document: WordFile) -> bytes:
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())


@lru_cache(maxsize=1)
def _template() -> bytes:
    """An empty document that has our styles and none of the many that it came with."""
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for name, rel in list(rels.items()):
            if rel.reltype in _UNUSED or rel.reltype.endswith(_EFFECTS):
                del rels[name]
    for style in list(document.styles):
        if style.style_id not in _KEPT:
            style.element.getparent().remove(style.element)
    for name in ParagraphStyle:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(made, WordParagraphStyle)
        _dress(made, name, document)
    for words in WORD_STYLES.values():
        made = document.styles.add_style(words, WD_STYLE_TYPE.CHARACTER)
        assert isinstance(made, CharacterStyle)
        made.quick_style = True
        made.font.bold = True if words.startswith("Letter ") else None
        made.font.italic = True if words == WORD_STYLES[Style.ITALIC] else None
        made.font.underline = True if words == WORD_STYLES[Style.LINK] else None
    return _saved(document)


def _dress(made: WordParagraphStyle, name: ParagraphStyle, document: WordFile) -> None:
    """A look to begin with; whoever lays out the page gives it another one by the same name."""
    made.base_style = document.styles[_BASED_ON.get(name, "Normal")]
    made.quick_style = True
    made.font.name = _FONT
    made.font.color.rgb = _INK
    if name in _POINTS:
        made.font.size = Pt(_POINTS[name])
        made.next_paragraph_style = made
    if name in (ParagraphStyle.DIVIDER, ParagraphStyle.RULE):
        made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if name is ParagraphStyle.DRAFT_MARK:
        made.font.bold = True
    if name in (ParagraphStyle.TITLE, ParagraphStyle.RULE):
        _border(made, drawn=name is ParagraphStyle.RULE)


def _border(made: WordParagraphStyle, *, drawn: bool) -> None:
    """A line below the paragraph, or none where Word's own style has one."""
    properties = made.element.get_or_add_pPr()
    bottom = etree.SubElement(etree.Element(qn("w:pBdr")), qn("w:bottom"))
    bottom.set(qn("w:val"), "single" if drawn else "nil")
    if drawn:
        bottom.set(qn("w:sz"), "6")
        bottom.set(qn("w:space"), "1")
        bottom.set(qn("w:color"), "auto")
    properties.insert_element_before(
        bottom.getparent(), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind",
        "w:contextualSpacing", "w:jc", "w:outlineLvl",
    )  # fmt: skip


FORMAT = Format(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    render,
    is_archive=True,
)
