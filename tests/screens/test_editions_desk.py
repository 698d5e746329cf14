"""Editions at the desk: listed, made, handed out as files."""

import json
import re
from datetime import date, timedelta

import pytest

from feedback.domain.edition import Edition, EditionState
from feedback.export.formats import FORMATS
from feedback.store import editions
from tests.export.read_back import html_page, words_of
from tests.factories import a_letter, an_edition, approved

NEW = {
    "title": "We Hear You: The Levee",
    "date": "2026-11-15",
    "slug": "levee",
    "editors_note": "Editor’s note: On the levee.",
}


def edition_of(store, slug: str) -> Edition:
    with store.read() as work:
        return editions.by_slug(work, slug)


def test_drafts_stand_before_what_is_published(log_in, store) -> None:
    an_edition(store, "Old and Printed", groups=[(None, [approved(store)])], published=True)
    an_edition(
        store,
        "In the Making",
        on=date(2026, 11, 15),
        slug="new",
        groups=[(None, [approved(store)])],
    )
    page = log_in("reader_editor").get("/desk/editions/").text
    assert page.index("In the Making") < page.index("Old and Printed")
    assert "Nov. 15, 2026, 1 letter" in page
    assert 'href="/desk/editions/new"' in page


def test_published_editions_come_page_by_page(log_in, store) -> None:
    with store.work() as work:
        for number in range(60):
            edition = an_edition(
                work, f"Edition {number:02}", on=date(2026, 1, 1) + timedelta(number)
            )
            edition.state, edition.published_at = EditionState.PUBLISHED, work.now
    desk = log_in()
    first = desk.get("/desk/editions/").text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1]
    shown = [re.findall(r"Edition \d\d", page) for page in (first, desk.get(following).text)]
    assert [len(some) for some in shown] == [50, 10]
    assert shown[0][0] == "Edition 59"
    assert shown[1][-1] == "Edition 00"
    assert desk.get("/desk/editions/?after=x").status_code == 422


def test_an_edition_is_made(log_in, store) -> None:
    answer = log_in("editor").post("/desk/editions/", data=NEW)
    assert (answer.status_code, answer.location) == (303, "/desk/editions/levee")
    edition = edition_of(store, "levee")
    assert (edition.title, edition.date) == (NEW["title"], date(2026, 11, 15))
    assert edition.editors_note == NEW["editors_note"]
    assert edition.state is EditionState.DRAFT


def test_the_form_offers_the_columns_name_and_today_and_the_slug_is_the_date(log_in, store) -> None:
    desk = log_in()
    page = desk.get("/desk/editions/").text
    assert 'name="title" type="text" value="We Hear You"' in page
    assert 'value="2026-11-09"' in page
    for slug in ("2026-11-15", "2026-11-15-2"):
        answer = desk.post("/desk/editions/", data={**NEW, "slug": ""})
        assert answer.location == f"/desk/editions/{slug}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 301),
        ("date", ""),
        ("date", "tomorrow"),
        ("date", "2026-02-30"),
        ("slug", "Über uns"),
        ("slug", "../etc"),
        ("slug", "x" * 121),
        ("slug", "taken"),
        ("editors_note", "x" * 5001),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(
    log_in, store, field, value
) -> None:
    an_edition(store, slug="taken")
    answer = log_in().post("/desk/editions/", data={**NEW, field: value})
    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)-error"', answer.text) == [field]
    assert "Editor’s note: On the levee." in answer.text or field == "editors_note"
    with store.read() as work:
        assert [edition.slug for edition in editions.every(work)] == ["taken"]


def test_who_builds_no_editions_makes_none(log_in, client, store) -> None:
    desk = log_in("reader_editor")
    page = desk.get("/desk/editions/").text
    assert "Make a new edition" not in page
    assert ">Export<" not in page
    assert desk.post("/desk/editions/", data=NEW).status_code == 403
    assert client.get("/desk/editions/").status_code == 303
    assert client.post("/desk/editions/", data=NEW).status_code == 401
    with store.read() as work:
        assert editions.every(work) == []


@pytest.mark.parametrize("name", FORMATS)
def test_an_edition_is_handed_out_in_every_format(log_in, store, name) -> None:
    letter = approved(store, "Judge it by the seizures it brings about.")
    an_edition(store, slug="bar", groups=[("Fentanyl", [letter])], published=True)
    answer = log_in("publisher").get(f"/desk/editions/bar/export?format={name}")
    assert answer.status_code == 200
    words = words_of(answer.data)
    assert "Judge it by the seizures" in words
    extension = FORMATS[name].extension
    assert answer.headers["Content-Disposition"] == f'attachment; filename="bar.{extension}"'
    assert answer.headers["Content-Type"] == FORMATS[name].media_type
    assert "jane@example.com" not in words


def test_a_draft_is_handed_out_marked_and_the_body_alone_where_it_is_wanted(log_in, store) -> None:
    an_edition(store, slug="bar", groups=[(None, [approved(store)])])
    desk = log_in("editor")
    for query in ("format=html:body", "format=html&part=body"):
        answer = desk.get(f"/desk/editions/bar/export?{query}")
        assert 'filename="bar-draft.html"' in answer.headers["Content-Disposition"]
        assert "<html" not in answer.text
        assert "Draft" in answer.text


@pytest.mark.parametrize("query", ["", "format=pdf", "format=text:body", "format=html&part=head"])
def test_a_format_that_there_is_not_is_told(log_in, store, query) -> None:
    an_edition(store, slug="bar", groups=[(None, [approved(store)])])
    assert log_in("editor").get(f"/desk/editions/bar/export?{query}").status_code == 422


def test_approved_letters_are_handed_out_without_an_edition(log_in, store) -> None:
    approved(store, "One that is approved.")
    a_letter(store, "One that waits.")
    desk = log_in("editor")
    assert "Approved letters as a file" in desk.get("/desk/editions/").text
    answer = desk.get("/desk/letters/export?state=approved&format=jsonl")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [row["remarks"]["original"] for row in rows] == ["One that is approved."]
    assert "jane@example.com" not in answer.text
    assert desk.get("/desk/letters/export?state=received&format=jsonl").status_code == 422


def test_files_are_for_those_who_export(log_in, client, store) -> None:
    an_edition(store, slug="bar", groups=[(None, [approved(store)])])
    for path in (
        "/desk/editions/bar/export?format=text",
        "/desk/letters/export?state=approved&format=text",
    ):
        assert log_in("reader_editor").get(path).status_code == 403
        assert client.get(path).status_code == 303
    assert log_in("editor").get("/desk/editions/nowhere/export?format=text").status_code == 404


def test_a_withheld_name_is_in_no_file(log_in, store) -> None:
    letter = approved(
        store, name="Canary Withheld", is_withheld=True, withhold_reason="My employer."
    )
    an_edition(store, slug="bar", groups=[(None, [letter])])
    desk = log_in("chief")
    for name in FORMATS:
        file = desk.get(f"/desk/editions/bar/export?format={name}").data
        assert "Canary Withheld" not in words_of(file), name
    page = desk.get("/desk/editions/bar").text
    assert "Name withheld" in page
    assert "Canary Withheld" not in page


def test_common_formats_stand_first_and_the_rest_behind_more(log_in, store) -> None:
    an_edition(store, slug="bar", groups=[(None, [approved(store)])])
    approved(store)
    desk = log_in("editor")
    for path, body in (("/desk/editions/bar", ["html:body"]), ("/desk/editions/", [])):
        (menu,) = html_page(desk.get(path).data).xpath("//select[@name='format']")
        first = menu.xpath("option/@value")
        assert first == ["html", *body, "docx", "text", "markdown", "csv"]
        (more,) = menu.xpath("optgroup")
        assert more.get("label") == "More"
        assert {*first, *more.xpath("option/@value")} == {*FORMATS, *body}
        words = menu.xpath(".//option/text()")
        assert len(set(words)) == len(words), "each told apart by its words"
