"""WXR: what WordPress's importer asks for; words that stay words."""

from html import unescape

from hypothesis import given, settings
from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.copy_column import copy_column
from feedback.export.formats import FORMATS
from feedback.export.formats.wxr import CONTENT, DC, EXCERPT, WP
from tests.export.read_back import html_blocks, html_page, xml_of
from tests.export.sheets import NASTY, a_printed, a_sheet, sheets
from tests.export.test_formats_agree import everything
from tests.export.test_golden import the_edition

NS = {"wp": WP, "content": CONTENT, "excerpt": EXCERPT, "dc": DC}


def render(sheet: Proofsheet) -> bytes:
    return FORMATS["wxr"].render(sheet)


def read(sheet: Proofsheet, path: str) -> str:
    return xml_of(render(sheet)).xpath(f"string({path})", namespaces=NS)


@given(sheet=sheets())
@settings(max_examples=40, deadline=None)
def test_any_text_survives(sheet: Proofsheet) -> None:
    item = xml_of(render(sheet)).find("channel/item")
    markup = item.findtext(f"{{{CONTENT}}}encoded") or ""
    assert html_blocks(markup) == everything(sheet, with_title=False)
    assert unescape(item.findtext("title")) == (sheet.title or sheet.column_name)
    tags = [unescape(tag.text) for tag in item.iter("category")]
    assert tags == list(copy_column(sheet).tags)
    assert unescape(item.findtext(f"{{{EXCERPT}}}encoded") or "") == copy_column(sheet).excerpt


def test_it_is_one_draft_post_with_what_the_importer_asks_for() -> None:
    sheet = the_edition()
    document = xml_of(render(sheet))
    assert document.get("version") == "2.0"
    assert read(sheet, "/rss/channel/wp:wxr_version") == "1.2"
    (item,) = document.findall("channel/item")
    wanted = {
        "wp:status": "draft", "wp:post_type": "post", "wp:post_name": "2026-03-08",
        "wp:post_date": "2026-03-08 00:00:00", "wp:post_date_gmt": "0000-00-00 00:00:00",
        "wp:post_id": "1", "wp:is_sticky": "0",
        "pubDate": "Sun, 08 Mar 2026 00:00:00 +0000", "dc:creator": "letters",
        "content:encoded": copy_column(sheet).wordpress,
    }  # fmt: skip
    found = {name: item.xpath(f"string({name})", namespaces=NS) for name in wanted}
    assert found == wanted
    authors = document.xpath("//wp:author/wp:author_login/text()", namespaces=NS)
    assert authors == [item.xpath("string(dc:creator)", namespaces=NS)]
    assert item.find("guid").get("isPermaLink") == "false"
    slugs = document.xpath("//wp:tag/wp:tag_slug/text()", namespaces=NS)
    assert slugs == item.xpath("category/@nicename") == ["fentanyl", "student-debt"]


def test_text_stands_in_character_data() -> None:
    text = render(the_edition()).decode()
    assert "<content:encoded><![CDATA[<!-- wp:paragraph -->" in text
    assert "<title><![CDATA[We Hear You: Fentanyl and Student Debt]]></title>" in text
    odd = a_sheet((None, [a_printed("x]]>y")]), title="a]]>b")
    assert etree.fromstring(render(odd)).findtext("channel/item/title") == "a]]&gt;b"


def test_hostile_words_are_no_markup() -> None:
    for words in NASTY:
        line = " ".join(words.split())
        sheet = a_sheet((line, [a_printed(words)]), title=line, editors_note=line)
        markup = html_page(f"<div>{read(sheet, '//content:encoded')}</div>")
        assert markup.xpath("//div//*[not(self::p or self::strong or self::br)]") == []
        for path in ("//item/title", "//excerpt:encoded", "//item/category"):
            assert "<" not in read(sheet, path)
        assert "[" not in read(sheet, "//content:encoded"), "short codes"


def test_a_tag_in_another_script_has_a_slug() -> None:
    sheet = a_sheet(("Опиоиды", [a_printed()]), ("Café", [a_printed()]))
    tags = xml_of(render(sheet)).xpath("//category/@nicename")
    assert tags == ["letters-1", "cafe"]


def test_letters_by_themselves_have_no_day() -> None:
    sheet = a_sheet((None, [a_printed()]), title=None, slug=None, date=None, provisional=True)
    assert read(sheet, "//item/title") == "We Hear You"
    assert read(sheet, "//wp:post_date") == read(sheet, "//item/pubDate") == ""
