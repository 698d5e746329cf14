"""What programs and people find in an exported file, read by libraries that are not ours."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

from docx import Document
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Parts of an archive in which no word of ours stands.
NO_WORDS = ("word/theme/", "word/fontTable", "word/settings", "word/webSettings", "[Content_Types]")
XML = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_blank_text=True, strip_cdata=False
)


def parts_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is inside a file that is an archive: name and bytes of each part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            yield name, archive.read(name)


def words_of(data: bytes) -> str:
    """Everything in a file that anybody could read, markup and all; an archive is opened."""
    if not data.startswith(b"PK"):
        return data.decode()
    parts = parts_of(data)
    return "\n".join(part.decode() for name, part in parts if not name.startswith(NO_WORDS))


def opened_up(data: bytes) -> str:
    """The same for a golden file: an archive part by part; XML and JSON in lines."""
    if data.startswith(b"{") and data.count(b"\n") == 1:
        return json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"
    if not data.startswith(b"PK"):
        return _in_lines(data)
    out = []
    for name, part in parts_of(data):
        if not name.startswith(NO_WORDS):
            out.append(f"== {name}\n{_in_lines(part)}")
    return "\n".join(out)


def _in_lines(part: bytes) -> str:
    if not part.startswith(b"<?xml"):
        return part.decode()
    tree = etree.fromstring(part, XML).getroottree()
    return etree.tostring(tree, encoding="unicode", pretty_print=True)


def docx_paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Each paragraph's style and text."""
    found = Document(io.BytesIO(data)).paragraphs
    return [(p.style.name if p.style else "", p.text) for p in found]


def xml_of(data: bytes) -> etree._Element:
    """The file as a tree; nothing that it names is fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def icml_paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Each paragraph's style and text, as InDesign reads the story."""
    found: list[tuple[str, str]] = []
    for block in xml_of(data).iter("ParagraphStyleRange"):
        style = block.get("AppliedParagraphStyle").removeprefix("ParagraphStyle/")
        texts = [""]
        for part in block.iter("Content", "Br"):
            if part.tag == "Br":
                texts.append("")
            else:
                texts[-1] += (part.text or "").replace("\u2028", "\n")
        if len(texts) > 1:
            assert texts.pop() == ""
        assert len(texts) == 1
        found.append((style, texts[0]))
    return found


def nitf_paragraphs(data: bytes) -> list[str]:
    """Each headline and paragraph in order; dividers left out."""
    found = xml_of(data).xpath("//body//*[self::hl1 or self::hl2 or self::p]")
    return [_with_breaks(one) for one in found if one.get("class") != "divider"]


def nitf_letters(data: bytes) -> list[list[str]]:
    """Headline and paragraphs of each letter."""
    return [[_with_breaks(one) for one in block] for block in xml_of(data).iter("block")]


def _with_breaks(element: etree._Element) -> str:
    """The words of an element; `br` is a line break."""
    words = element.text or ""
    for inner in element:
        words += "\n" if etree.QName(inner).localname == "br" else _with_breaks(inner)
        words += inner.tail or ""
    return words


def epub_page(data: bytes, name: str = "column.xhtml") -> etree._Element:
    """A page of the book as a tree."""
    return xml_of(dict(parts_of(data))[f"EPUB/{name}"])


def epub_paragraphs(data: bytes) -> list[str]:
    """Each heading and paragraph of the column in order; dividers left out."""
    found = epub_page(data).xpath(
        "//x:body//*[self::x:h1 or self::x:h2 or self::x:h3 or self::x:p]",
        namespaces={"x": "http://www.w3.org/1999/xhtml"},
    )
    return [_with_breaks(one) for one in found if one.get("class") != "divider"]


def html_letters(data: bytes) -> list[list[str]]:
    """The paragraphs of each letter of a page or a body."""
    page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    found = page.xpath("//article[contains(@class, 'edition-letter')]")
    return [[part.text_content() for part in one if part.tag != "a"] for one in found]


def html_blocks(data: bytes | str) -> list[str]:
    """The text of each block of a fragment, in order."""
    text = data.decode() if isinstance(data, bytes) else data
    blocks = html.fragments_fromstring(text)
    return [b.text_content() for b in blocks if isinstance(b.tag, str) and b.tag != "hr"]


def html_page(data: bytes | str):
    """The page as a tree."""
    text = data if isinstance(data, bytes) else data.encode()
    return html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))


# The strict reader, and one with tables and strikethrough as GitHub has them.
READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "extended": MarkdownIt("js-default", {"typographer": False, "linkify": False}),
}


def markdown_blocks(data: bytes, reader: str = "commonmark") -> list[str]:
    """The text of each paragraph and heading, in order; breaks between letters left out."""
    return [
        _words(token) for token in READERS[reader].parse(data.decode()) if token.type == "inline"
    ]


def markdown_kinds(data: bytes, reader: str = "commonmark") -> set[str]:
    """Which kinds of blocks and marks a reader of Markdown saw."""
    kinds = set()
    for token in READERS[reader].parse(data.decode()):
        kinds |= {token.type, *(child.type for child in token.children or [])}
    return kinds


def _words(token: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(one.type, one.content) for one in token.children or [])


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """The rows by the names of their columns."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
