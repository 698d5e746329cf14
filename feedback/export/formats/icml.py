"""ICML: an InCopy story that InDesign places; named styles alone, all of them defined in the file.

After Adobe's IDML File Format Specification, chapter 10 (InCopy documents). Where the layout has
styles of the same names, InDesign takes the layout's look.
"""

from typing import Any

from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format
from feedback.export.house_form import Run, Style
from feedback.export.print_styles import WORD_STYLES, ParagraphStyle, styled
from feedback.export.xml_text import uri, xml_text

# What InDesign asks before it takes a file for a story; version 8 is CS6, newer ones read it.
_VERSION = "8.0"
_HEAD = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?aid style="50" type="snippet" readerVersion="6.0" featureSet="513" product="8.0(370)" ?>
<?aid SnippetType="InCopyInterchange"?>
"""
_NO_WORDS = "$ID/[No character style]"
_NORMAL = "$ID/NormalParagraphStyle"
_LINE_BREAK = "\u2028"  # within a paragraph; a line feed would be dropped
# A look to begin with.
_PARAGRAPHS: dict[ParagraphStyle, dict[str, str]] = {
    ParagraphStyle.TITLE: {"PointSize": "20", "FontStyle": "Bold", "SpaceAfter": "8"},
    ParagraphStyle.DRAFT_MARK: {"FontStyle": "Bold"},
    ParagraphStyle.NOTE: {"FontStyle": "Italic", "SpaceAfter": "8"},
    ParagraphStyle.SUBHEAD: {"PointSize": "14", "FontStyle": "Bold", "SpaceBefore": "8"},
    ParagraphStyle.HEADLINE: {"FontStyle": "Bold", "SpaceBefore": "4"},
    ParagraphStyle.LETTER: {},
    ParagraphStyle.DIVIDER: {"Justification": "CenterAlign"},
    ParagraphStyle.RULE: {"RuleBelow": "true", "RuleBelowLineWeight": "0.5"},
    ParagraphStyle.INVITATION: {"FontStyle": "Italic", "SpaceBefore": "8"},
}
_WORDS = {
    Style.SALUTATION: {"FontStyle": "Bold"},
    Style.SIGNATURE: {"FontStyle": "Bold"},
    Style.LINK: {},
    Style.ITALIC: {"FontStyle": "Italic"},
}


def render(sheet: Proofsheet) -> bytes:
    """The story as a file of its own."""
    root = etree.Element("Document", DOMVersion=_VERSION, Self="column")
    _define_words(etree.SubElement(root, "RootCharacterStyleGroup", Self="words"))
    _define_paragraphs(etree.SubElement(root, "RootParagraphStyleGroup", Self="paragraphs"))
    links: list[str] = []
    _tell(etree.SubElement(root, "Story", Self="story", TrackChanges="false"), sheet, links)
    for number, url in enumerate(links, start=1):
        _lead(root, number, url)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return _HEAD + written + b"\n"


def _tell(story: Any, sheet: Proofsheet, links: list[str]) -> None:
    story.set("StoryTitle", xml_text(sheet.title or sheet.column_name))
    etree.SubElement(story, "StoryPreference", OpticalMarginAlignment="false")
    words = None
    for paragraph in styled(sheet):
        if words is not None:
            etree.SubElement(words, "Br")  # ends the one before; the last one ends with the story
        style = f"ParagraphStyle/{paragraph.style}"
        block = etree.SubElement(story, "ParagraphStyleRange", AppliedParagraphStyle=style)
        for run in paragraph.runs or (Run(""),):
            words = _write(block, run, links)


def _write(block: Any, run: Run, links: list[str]) -> Any:
    style = f"CharacterStyle/{WORD_STYLES.get(run.style, _NO_WORDS)}"
    words = etree.SubElement(block, "CharacterStyleRange", AppliedCharacterStyle=style)
    into = words
    if run.style is Style.LINK:
        links.append(run.url)
        number = str(len(links))
        into = etree.SubElement(
            words, "HyperlinkTextSource", Self=f"source{number}", Name=f"Words {number}",
            Hidden="false", AppliedCharacterStyle="n",
        )  # fmt: skip
    if run.text:
        content = etree.SubElement(into, "Content")
        content.text = xml_text(run.text).replace("\n", _LINE_BREAK)
    return words


def _lead(root: Any, number: int, url: str) -> None:
    """The address behind the words of link `number`."""
    to, key = f"HyperlinkURLDestination/{number}", str(number)
    etree.SubElement(
        root, "HyperlinkURLDestination", Self=to, Name=f"Address {key}", DestinationURL=uri(url),
        Hidden="false", DestinationUniqueKey=key,
    )  # fmt: skip
    link = etree.SubElement(
        root, "Hyperlink", Self=f"link{key}", Name=f"Article {key}", Source=f"source{key}",
        Visible="false", Hidden="false", DestinationUniqueKey=key,
    )  # fmt: skip
    properties = etree.SubElement(link, "Properties")
    etree.SubElement(properties, "BorderColor", type="enumeration").text = "Black"
    etree.SubElement(properties, "Destination", type="object").text = to


def _define_words(group: Any) -> None:
    etree.SubElement(group, "CharacterStyle", Self=f"CharacterStyle/{_NO_WORDS}", Name=_NO_WORDS)
    for style, look in _WORDS.items():
        name = WORD_STYLES[style]
        made = etree.SubElement(
            group, "CharacterStyle", {"Self": f"CharacterStyle/{name}", "Name": name, **look}
        )
        _based_on(made, f"CharacterStyle/{_NO_WORDS}")


def _define_paragraphs(group: Any) -> None:
    etree.SubElement(group, "ParagraphStyle", Self=f"ParagraphStyle/{_NORMAL}", Name=_NORMAL)
    for name, look in _PARAGRAPHS.items():
        made = etree.SubElement(
            group, "ParagraphStyle", {"Self": f"ParagraphStyle/{name}", "Name": name, **look}
        )
        _based_on(made, f"ParagraphStyle/{_NORMAL}")


def _based_on(style: Any, base: str) -> None:
    properties = etree.SubElement(style, "Properties")
    etree.SubElement(properties, "BasedOn", type="object").text = base


FORMAT = Format("icml", "application/xml; charset=utf-8", "icml", render)
