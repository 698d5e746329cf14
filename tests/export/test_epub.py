"""E-books: whole as EPUB 3 wants it, words that stay words."""

import io
import re
import zipfile
from collections import Counter
from posixpath import dirname, join

import pytest
from hypothesis import given, settings
from lxml import etree

from feedback.domain.proofsheet import Link, Proofsheet
from feedback.export.formats import FORMATS
from feedback.export.formats.epub import DC, EPUB, OPF, XHTML
from tests.export.read_back import epub_page, epub_paragraphs, parts_of, xml_of
from tests.export.sheets import NASTY, a_printed, a_sheet, printed_lines, sheets
from tests.export.test_docx import hostile
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

NS = {
    "x": XHTML,
    "e": EPUB,
    "o": OPF,
    "dc": DC,
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
# What may stand in which element of a page.
INLINE = {"a", "em", "span", "br"}
INSIDE = {
    "html": {"head", "body"},
    "head": {"title", "link"},
    "body": {"h1", "h2", "p", "hr", "article", "nav"},
    "article": {"h2", "h3", "p"},
    "nav": {"h1", "ol"},
    "ol": {"li"},
    "li": {"a", "ol"},
    "p": INLINE,
    "a": {"br"},
    "em": {"br"},
    "span": {"br"},
}


def render(sheet: Proofsheet) -> bytes:
    return FORMATS["epub"].render(sheet)


def check(data: bytes) -> None:
    """Raise where the book is not as EPUB 3 wants it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
        assert data[30:58] == b"mimetypeapplication/epub+zip"
        assert max(Counter(archive.namelist()).values()) == 1
    parts = dict(parts_of(data))
    container = xml_of(parts["META-INF/container.xml"])
    (place,) = container.xpath("c:rootfiles/c:rootfile/@full-path", namespaces=NS)
    package = xml_of(parts[place])
    assert package.tag == f"{{{OPF}}}package"
    assert package.get("version") == "3.0"
    _metadata(package)
    items = package.xpath("o:manifest/o:item", namespaces=NS)
    files = {item.get("id"): join(dirname(place), item.get("href")) for item in items}
    assert len(files) == len(items)
    assert set(files.values()) == set(parts) - {"mimetype", "META-INF/container.xml", place}
    assert package.xpath("o:manifest/o:item/@properties", namespaces=NS) == ["nav"]
    order = package.xpath("o:spine/o:itemref/@idref", namespaces=NS)
    assert order
    assert set(order) <= set(files)
    pages = {name: xml_of(parts[name]) for name in parts if name.endswith(".xhtml")}
    for name, page in pages.items():
        _page(page)
        for href in page.xpath("//@href"):
            if not re.match("https?://[!-~]+$", href):
                file, _hash, place_in_it = href.partition("#")
                assert join(dirname(name), file) in parts
                target = pages.get(join(dirname(name), file))
                assert not place_in_it or target.xpath(f"//*[@id='{place_in_it}']"), href


def _metadata(package: etree._Element) -> None:
    (name,) = package.xpath("o:metadata/dc:identifier", namespaces=NS)
    assert name.get("id") == package.get("unique-identifier")
    assert name.text.startswith("urn:uuid:")
    for tag in ("title", "language"):
        (told,) = package.xpath(f"o:metadata/dc:{tag}/text()", namespaces=NS)
        assert told.strip()
    moment = package.xpath("o:metadata/o:meta[@property='dcterms:modified']/text()", namespaces=NS)
    assert len(moment) == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment[0])


def _page(page: etree._Element) -> None:
    assert page.getroottree().docinfo.doctype == "<!DOCTYPE html>"
    assert page.xpath("string(x:head/x:title)", namespaces=NS).strip()
    for element in page.iter(etree.Element):
        name = etree.QName(element)
        assert name.namespace == XHTML
        inner = {etree.QName(one).localname for one in element}
        assert inner <= INSIDE.get(name.localname, {"br"}), name.localname
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for empty in page.xpath("//x:ol[not(x:li)] | //x:a[not(@href)]", namespaces=NS):
        raise AssertionError(etree.tostring(empty))


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives_in_a_whole_book(sheet: Proofsheet) -> None:
    data = render(sheet)
    check(data)
    assert epub_paragraphs(data) == (everything(sheet) or [""])
    letters = epub_page(data).xpath("//x:article", namespaces=NS)
    assert len(letters) == len(sheet.letters())
    listed = epub_page(data, "nav.xhtml").xpath("//x:a/@href", namespaces=NS)
    numbers = [href for href in listed if "#letter-" in href]
    assert numbers == [f"column.xhtml#letter-{n}" for n in range(1, len(letters) + 1)]


@pytest.mark.parametrize("sheet", [the_edition(), hostile(), a_sheet(title=None, date=None)])
def test_whole_books_and_empty_ones(sheet: Proofsheet) -> None:
    check(render(sheet))


def test_the_contents_list_subheads_and_letters() -> None:
    nav = epub_page(render(the_edition()), "nav.xhtml")
    assert nav.xpath("//x:nav/@e:type", namespaces=NS) == ["toc"]
    listed = [link.xpath("string()") for link in nav.xpath("//x:a", namespaces=NS)]
    assert listed[:2] == [
        "We Hear You: Fentanyl and Student Debt",
        "Letter from Jane Q. Reader, Spokane, Wash.",
    ]
    assert listed[3:5] == ["Letter, taken down", "Student Debt"]
    assert "What I Owe" in listed


def test_links_lead_to_articles_alone() -> None:
    link = Link("The Headline", "https://bücher.example/a?x=[1]&y=2")
    letter = a_printed("See “The Headline” here.", links=(link,))
    page = epub_page(render(a_sheet((None, [letter]))))
    links = page.xpath("//x:body//@href", namespaces=NS)
    assert links == ["https://xn--bcher-kva.example/a?x=%5B1%5D&y=2"]


def test_hostile_words_are_no_markup() -> None:
    for words in NASTY:
        line = " ".join(words.split())
        letter = a_printed(words, headline=line, signature=line)
        data = render(a_sheet((line, [letter]), title=line, first_subhead_printed=True))
        check(data)
        assert epub_paragraphs(data) == [line, line, *printed_lines(letter)]
        assert epub_page(data).xpath("//x:body//@href", namespaces=NS) == []


def test_what_is_broken_is_found() -> None:
    """So that the check above means something."""
    parts = list(parts_of(render(the_edition())))
    breaks = [(b"#letter-2", b"#letter-99"), (b"dcterms:modified", b"dcterms:made"),
              (b"<h1>", b"<h1><script/>"), (b'href="column.css"', b'href="gone.css"')]  # fmt: skip
    for old, new in breaks:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in parts:
                archive.writestr(name, part.replace(old, new))
        with pytest.raises(AssertionError):
            check(out.getvalue())
