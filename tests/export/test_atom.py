"""An edition as an Atom file, against RFC 4287."""

import re
from datetime import datetime

from hypothesis import given, settings

from feedback.domain.proofsheet import Proofsheet
from feedback.export.copy_column import copy_column
from feedback.export.formats import FORMATS
from feedback.export.formats.atom import APP, ATOM
from tests.export.read_back import html_blocks, html_page, xml_of
from tests.export.sheets import NASTY, a_printed, a_sheet, sheets
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

NS = {"a": ATOM, "app": APP}
# What must be there once, and what may.
FEED = {"id": 1, "title": 1, "updated": 1, "author": 1, "generator": 0, "entry": 1}
ENTRY = {"id": 1, "title": 1, "updated": 1, "content": 1, "summary": 0, "published": 0}


def render(sheet: Proofsheet) -> bytes:
    return FORMATS["atom"].render(sheet)


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives_in_a_valid_feed(sheet: Proofsheet) -> None:
    feed = xml_of(render(sheet))
    (entry,) = feed.findall(f"{{{ATOM}}}entry")
    for element, rules in ((feed, FEED), (entry, ENTRY)):
        for name, least in rules.items():
            assert least <= len(element.findall(f"{{{ATOM}}}{name}")) <= 1, name
        assert element.findtext(f"{{{ATOM}}}id").startswith("urn:uuid:")
        datetime.fromisoformat(element.findtext(f"{{{ATOM}}}updated"))
    assert entry.findtext(f"{{{ATOM}}}title") == (sheet.title or sheet.column_name)
    assert [b for b in html_blocks(entry.findtext(f"{{{ATOM}}}content")) if b != "***"] == [
        b for b in everything(sheet, with_title=False) if b != "***"
    ]
    terms = entry.xpath("a:category/@term", namespaces=NS)
    assert terms == list(copy_column(sheet).tags)
    drafts = entry.xpath("app:control/app:draft/text()", namespaces=NS)
    assert drafts == (["yes"] if sheet.provisional else [])


def test_the_edition_has_a_name_of_its_own_and_its_day() -> None:
    feed = xml_of(render(the_edition()))
    ids = feed.xpath("//a:id/text()", namespaces=NS)
    assert len(set(ids)) == 2
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", name) for name in ids)
    assert set(feed.xpath("//a:updated/text()", namespaces=NS)) == {"2026-03-08T00:00:00Z"}
    assert feed.xpath("string(a:author/a:name)", namespaces=NS) == "Daily Signal"
    apart = xml_of(render(a_sheet((None, [a_printed()]), slug=None, title=None, date=None)))
    assert set(apart.xpath("//a:updated/text()", namespaces=NS)) == {"2026-03-02T14:14:00Z"}
    none = xml_of(render(a_sheet(slug=None, title=None, date=None)))
    assert set(none.xpath("//a:updated/text()", namespaces=NS)) == {"1970-01-01T00:00:00Z"}


def test_hostile_words_are_no_markup() -> None:
    for words in NASTY:
        line = " ".join(words.split())
        feed = xml_of(render(a_sheet((line, [a_printed(words)]), title=line)))
        (content,) = feed.iter(f"{{{ATOM}}}content")
        assert (content.get("type"), len(content)) == ("html", 0)
        page = html_page(f"<div>{content.text}</div>")
        assert page.xpath("//div//*[not(self::p or self::strong or self::br)]") == []
