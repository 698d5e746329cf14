"""The page, its body, and the plain HTML of clipboard and feed."""

from dataclasses import replace

import pytest

from feedback.domain.proofsheet import Link
from feedback.export.copy_column import copy_column
from feedback.export.formats import FORMATS
from feedback.export.formats.html import edition_body, render_body
from tests.export.read_back import html_page
from tests.export.sheets import a_printed, a_sheet

JANE = a_printed(
    "I read “Who Pays?” at noon.",
    "Meetings are cheap.",
    salutation="Dear Daily Signal: ",
    links=(Link("Who Pays?", 'https://x.example/?a="b"&c=<d>'),),
)
MAX = a_printed("No.", ref="WHY-00002", signature="Max Writer, Ohio")
SHEET = a_sheet((None, [JANE, MAX]), ("Student Debt", [MAX]), editors_note="Editor’s note: Eggs.")


def test_the_body_has_the_classes_that_pages_and_papers_style() -> None:
    page = html_page(render_body(SHEET))
    (edition,) = page.xpath("//article[@class='edition']")
    assert edition.xpath("string(.//h1[@class='title'])") == SHEET.title
    assert edition.xpath("string(.//p[@class='label']/time/@datetime)") == "2026-03-08"
    assert edition.xpath("string(.//p[@class='label'])") == "March 8, 2026"
    assert edition.xpath("string(.//div[@class='prose']/p[@class='edition-note'])") == (
        "Editor’s note: Eggs."
    )
    letters = edition.xpath(".//article[@class='edition-letter']")
    assert [letter.get("id") for letter in letters] == ["letter-1", "letter-2", "letter-3"]
    assert letters[0].xpath("string(./a[@class='edition-link']/@href)") == "#letter-1"
    assert letters[0].xpath("string(.//span[@class='salutation'])") == "Dear Daily Signal:"
    assert letters[0].xpath("string(.//span[@class='signature'])") == (
        "—Jane Q. Reader, Spokane, Wash."
    )
    assert letters[0].xpath("string(.//span[@class='signature']/span[@class='nowrap'])") == "—Jane"
    assert [h.text for h in edition.xpath(".//h2[@class='edition-subhead']")] == ["Student Debt"]
    assert len(edition.xpath(".//hr[@class='edition-break']")) == 1


def test_the_page_holds_the_body_that_the_public_page_shows() -> None:
    assert render_body(SHEET) == str(edition_body(SHEET)).encode()
    assert render_body(SHEET) in FORMATS["html"].render(SHEET)


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    page = html_page(FORMATS["html"].render(SHEET))
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@srcset") == []
    assert "url(" not in page.xpath("string(//style)")
    assert "@import" not in page.xpath("string(//style)")
    assert page.xpath("//a/@href") == [
        "#letter-1", 'https://x.example/?a="b"&c=<d>', "#letter-2", "#letter-3",
    ]  # fmt: skip


def test_run_in_parts_have_no_space_that_print_has_not() -> None:
    page = html_page(render_body(SHEET))
    first, second = page.xpath("//article[@id='letter-1']/p")
    assert first.text_content() == "Dear Daily Signal: I read “Who Pays?” at noon."
    assert second.text_content() == "Meetings are cheap.—Jane Q. Reader, Spokane, Wash."


def test_ids_stay_when_a_letter_is_taken_down() -> None:
    page = html_page(render_body(SHEET.without({"WHY-00002"})))
    assert page.xpath("//article/@id") == ["letter-1", "letter-2", "letter-3"]
    taken = page.xpath("//article[@id='letter-2']")[0]
    assert taken.get("class") == "edition-letter is-taken-down"
    assert taken.xpath("string(./p)") == (
        "[A letter that stood here was taken down after publication.]"
    )


def test_a_page_without_a_title_takes_the_columns_name() -> None:
    letters = replace(SHEET, title=None, slug=None, date=None, provisional=True)
    page = html_page(FORMATS["html"].render(letters))
    assert page.xpath("string(//title)") == "[Draft: not published] We Hear You – Daily Signal"
    assert page.xpath("//h1") == []


@pytest.mark.parametrize(("divider", "block"), [("***", "<p>***</p>"), ("rule", "<hr>")])
def test_the_plain_html_has_no_classes_and_no_anchors(divider: str, block: str) -> None:
    copied = copy_column(replace(SHEET, divider=divider)).html
    assert "class=" not in copied
    assert "id=" not in copied
    assert "#letter" not in copied
    assert f"\n{block}\n" in copied
    assert "<p>Meetings are cheap.<strong>—Jane Q. Reader, Spokane, Wash.</strong></p>" in copied
