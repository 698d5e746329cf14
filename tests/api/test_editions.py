"""Programs make editions, fill them, publish them and take that back."""

from collections.abc import Callable

import pytest

from feedback.domain.owed_mail import MailKind, MailState
from feedback.store import letters, mails
from feedback.store.work import Store
from tests.api.asking import ONE_ENGINE, Program, kind, wrong_fields
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved

Desk = Callable[[str], Program]

EDITION = {"slug", "title", "editors_note", "date", "column", "state", "version", "sections"}
NEW = {"title": "We Hear You: Fentanyl", "date": "2026-11-08"}


def make(program: Program, **fields: object) -> dict:
    answer = program.post("/desk/editions", NEW | fields)
    assert answer.status_code == 201, answer.text
    return answer.json


def place(program: Program, slug: str, *refs: str, subhead: str | None = None) -> None:
    sections = [{"subhead": subhead, "letters": list(refs)}]
    answer = program.patch(f"/desk/editions/{slug}", {"sections": sections})
    assert answer.status_code == 200, answer.text


def test_an_edition_is_made(desk: Desk) -> None:
    publisher = desk("publisher")
    answer = publisher.post(
        "/desk/editions", NEW | {"slug": "bar", "editors_note": "Editor’s note: Hello."}
    )
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith("/api/v1/desk/editions/bar")
    assert set(answer.json) == EDITION
    assert answer.json == {
        "slug": "bar",
        "title": "We Hear You: Fentanyl",
        "editors_note": "Editor’s note: Hello.",
        "date": "2026-11-08",
        "column": answer.json["column"],
        "state": "draft",
        "version": 1,
        "sections": [],
    }
    assert publisher.get("/desk/editions/bar").json == answer.json


def test_its_slug_is_the_date_unless_told(chief: Program) -> None:
    assert make(chief)["slug"] == "2026-11-08"
    assert make(chief)["slug"] == "2026-11-08-2"
    assert make(chief, slug=None, editors_note=None)["slug"] == "2026-11-08-3"


def test_its_column_is_named_by_its_slug(chief: Program) -> None:
    column = make(chief)["column"]
    assert make(chief, column=column)["column"] == column
    answer = chief.post("/desk/editions", NEW | {"column": "other\x00"})
    assert wrong_fields(answer) == {"column": "unknown"}


WRONG_EDITIONS = [
    ({"title": ""}, {"title": "invalid"}),
    ({"title": None}, {"title": "required"}),
    ({"title": 7}, {"title": "type"}),
    ({"title": "T" * 301}, {"title": "invalid"}),
    ({"date": "2026-02-30"}, {"date": "invalid"}),
    ({"date": "8 Nov 2026"}, {"date": "invalid"}),
    ({"date": 20261108}, {"date": "type"}),
    ({"date": None}, {"date": "required"}),
    ({"slug": "Ü"}, {"slug": "invalid"}),
    ({"slug": "../etc"}, {"slug": "invalid"}),
    ({"slug": "a\n"}, {"slug": "invalid"}),
    ({"slug": "s" * 121}, {"slug": "invalid"}),
    ({"slug": 7}, {"slug": "type"}),
    ({"editors_note": "n" * 5001}, {"editors_note": "invalid"}),
    ({"editors_note": ["x"]}, {"editors_note": "type"}),
    ({"column": 7}, {"column": "type"}),
]


@ONE_ENGINE
def test_an_edition_that_is_wrong(chief: Program, subtests: pytest.Subtests) -> None:
    for fields, wrong in WRONG_EDITIONS:
        with subtests.test(fields=str(fields)[:60]):
            assert wrong_fields(chief.post("/desk/editions", NEW | fields)) == wrong
    assert chief.get("/desk/editions").json == {"editions": [], "next": None}


def test_a_used_slug_is_refused(chief: Program) -> None:
    make(chief, slug="bar")
    assert wrong_fields(chief.post("/desk/editions", NEW | {"slug": "bar"})) == {"slug": "invalid"}


def test_an_edition_that_is_not_there(chief: Program, subtests: pytest.Subtests) -> None:
    for slug in ("none", "%00", "%ff", "A" * 3000, "..%5c"):
        for method, path, body in [
            ("GET", "", None),
            ("PATCH", "", {"title": "x"}),
            ("GET", "/export?format=text", None),
        ]:
            with subtests.test(slug=slug[:20], method=method, path=path):
                answer = chief.ask(method, f"/desk/editions/{slug}{path}", body)
                assert answer.status_code == 404
                assert answer.content_type == "application/problem+json"


def test_editions_come_newest_first_page_by_page(chief: Program, store: Store) -> None:
    letter = approved(store)
    for day in ("2026-11-01", "2026-11-15", "2026-11-08", "2026-11-08"):
        make(chief, date=day)
    place(chief, "2026-11-08", letter.ref)

    first = chief.get("/desk/editions", limit="3").json
    rest = chief.get("/desk/editions", limit="3", cursor=first["next"]).json

    slugs = [e["slug"] for e in first["editions"] + rest["editions"]]
    assert slugs == ["2026-11-15", "2026-11-08-2", "2026-11-08", "2026-11-01"]
    assert rest["next"] is None
    assert first["editions"][2]["sections"] == [{"subhead": None, "letters": [letter.ref]}]
    assert first["editions"][2] == chief.get("/desk/editions/2026-11-08").json
    assert chief.get("/desk/editions", state="published").json["editions"] == []
    assert len(chief.get("/desk/editions", state="draft").json["editions"]) == 4


@ONE_ENGINE
def test_a_query_that_is_wrong(chief: Program, subtests: pytest.Subtests) -> None:
    forged = "MjAyNi0xMy0wMXw1"  # the 13th month
    for name, value in [
        ("limit", "0"), ("limit", "x"), ("state", "odd"), ("cursor", "x"), ("cursor", forged),
    ]:  # fmt: skip
        with subtests.test(name=name, value=value):
            assert set(wrong_fields(chief.get("/desk/editions", **{name: value}))) == {name}


# --- arranging


def test_letters_are_placed_ordered_and_taken_out(chief: Program, store: Store) -> None:
    one, two, three = (approved(store, f"Letter {n} of three.").ref for n in (1, 2, 3))
    slug = make(chief)["slug"]
    sections = [
        {"subhead": "Fentanyl", "letters": [two, one]},
        {"subhead": None, "letters": [three]},
    ]
    answer = chief.patch(f"/desk/editions/{slug}", {"version": 1, "sections": sections})
    assert answer.status_code == 200, answer.text
    assert answer.json["sections"] == sections
    assert answer.json["version"] == 2
    assert chief.get(f"/desk/editions/{slug}").json == answer.json
    assert chief.letter(one)["state"] == "placed"
    assert chief.letter(one)["edition"] == slug

    fewer = [{"letters": [one]}]
    answer = chief.patch(f"/desk/editions/{slug}", {"version": 2, "sections": fewer})
    assert answer.json["sections"] == [{"subhead": None, "letters": [one]}]
    assert chief.get(f"/desk/editions/{slug}").json == answer.json
    record = chief.letter(two)
    assert (record["state"], record["edition"]) == ("approved", None)


def test_a_letter_that_leaves_by_a_decision_leaves_the_edition(
    chief: Program, store: Store
) -> None:
    letter = approved(store)
    slug = make(chief)["slug"]
    place(chief, slug, letter.ref)
    record = chief.decide(letter.ref, "hold").json
    assert (record["state"], record["edition"]) == ("held", None)
    assert chief.get(f"/desk/editions/{slug}").json["sections"][0]["letters"] == []


def test_a_letter_that_is_not_approved_is_not_placed(chief: Program, store: Store) -> None:
    letter = a_letter(store)
    slug = make(chief)["slug"]
    body = {"sections": [{"letters": [letter.ref]}]}
    answer = chief.patch(f"/desk/editions/{slug}", body)
    assert (answer.status_code, kind(answer)) == (409, "move")
    assert "approved" in answer.json["allowed"]
    assert chief.get(f"/desk/editions/{slug}").json["version"] == 1


def test_a_letter_stands_in_one_edition(chief: Program, store: Store) -> None:
    letter = approved(store)
    place(chief, make(chief)["slug"], letter.ref)
    other = make(chief)["slug"]
    answer = chief.patch(f"/desk/editions/{other}", {"sections": [{"letters": [letter.ref]}]})
    assert (answer.status_code, kind(answer)) == (409, "move")


WRONG_SECTIONS = [
    ("WHY-1", {"sections": "type"}),
    ({}, {"sections": "type"}),
    (["WHY-1"], {"sections.0": "type"}),
    ([{}], {"sections.0.letters": "required"}),
    ([{"letters": "WHY-1"}], {"sections.0.letters": "type"}),
    ([{"letters": [7]}], {"sections.0.letters.0": "type"}),
    ([{"letters": [], "subhead": 7}], {"sections.0.subhead": "type"}),
    ([{"letters": ["WHY-00000"]}], {"sections": "unknown"}),
    ([{"letters": ["\x00"]}], {"sections": "unknown"}),
    ([{"letters": [], "subhead": "s" * 201}], {"sections": "invalid"}),
    ([{"letters": []}] * 101, {"sections": "too_long"}),
    ([{"letters": ["x"] * 1001}], {"sections.0.letters": "too_long"}),
]


def test_sections_that_are_wrong(chief: Program, subtests: pytest.Subtests) -> None:
    slug = make(chief)["slug"]
    for sections, wrong in WRONG_SECTIONS:
        with subtests.test(wrong=wrong):
            answer = chief.patch(f"/desk/editions/{slug}", {"sections": sections})
            assert wrong_fields(answer) == wrong
    assert chief.get(f"/desk/editions/{slug}").json["version"] == 1


def test_a_letter_stands_once(chief: Program, store: Store) -> None:
    ref = approved(store).ref
    slug = make(chief)["slug"]
    body = {"sections": [{"letters": [ref]}, {"letters": [ref]}]}
    assert wrong_fields(chief.patch(f"/desk/editions/{slug}", body)) == {"sections": "invalid"}


def test_title_and_note_change(chief: Program) -> None:
    slug = make(chief, editors_note="Editor’s note: One.")["slug"]
    answer = chief.patch(f"/desk/editions/{slug}", {"title": "We Hear You: Eggs"})
    assert answer.json["title"] == "We Hear You: Eggs"
    assert answer.json["editors_note"] == "Editor’s note: One."
    answer = chief.patch(f"/desk/editions/{slug}", {"editors_note": ""})
    assert answer.json["editors_note"] == ""
    assert wrong_fields(chief.patch(f"/desk/editions/{slug}", {"title": " "})) == {
        "title": "invalid"
    }


def test_what_was_read_can_be_sent_back(chief: Program, store: Store) -> None:
    slug = make(chief)["slug"]
    place(chief, slug, approved(store).ref, subhead="Fentanyl")
    read = chief.get(f"/desk/editions/{slug}").json
    answer = chief.patch(f"/desk/editions/{slug}", read)
    assert answer.status_code == 200
    assert {k: v for k, v in answer.json.items() if k != "version"} == {
        k: v for k, v in read.items() if k != "version"
    }


def test_two_editors_on_one_edition(chief: Program) -> None:
    slug = make(chief)["slug"]
    assert chief.patch(f"/desk/editions/{slug}", {"version": 1, "title": "A"}).status_code == 200
    answer = chief.patch(f"/desk/editions/{slug}", {"version": 1, "title": "B"})
    assert (answer.status_code, kind(answer), answer.json["version"]) == (409, "stale", 2)


# --- publishing


def test_an_edition_is_published(desk: Desk, store: Store) -> None:
    publisher = desk("publisher")
    letter = approved(store)
    slug = make(publisher)["slug"]
    place(publisher, slug, letter.ref)
    answer = publisher.patch(f"/desk/editions/{slug}", {"state": "published"})
    assert (answer.status_code, answer.json["state"]) == (200, "published")
    record = publisher.letter(letter.ref)
    assert (record["state"], record["edition"]) == ("published", slug)


def test_all_at_once(chief: Program, store: Store) -> None:
    letter = approved(store)
    slug = make(chief)["slug"]
    body = {
        "version": 1,
        "title": "We Hear You: Eggs",
        "sections": [{"subhead": "Eggs", "letters": [letter.ref]}],
        "state": "published",
    }
    answer = chief.patch(f"/desk/editions/{slug}", body)
    assert (answer.status_code, answer.json["state"]) == (200, "published"), answer.text
    printed = chief.get(f"/desk/editions/{slug}/export", format="text").text
    assert "We Hear You: Eggs" in printed
    assert chief.letter(letter.ref)["edition"] == slug


def test_what_is_not_ready_is_named(desk: Desk, store: Store) -> None:
    editor, chief = desk("editor"), desk("chief")
    ready, denied = approved(store), approved(store)
    slug = make(editor)["slug"]
    place(editor, slug, ready.ref, denied.ref)
    chief.verify(denied.ref, "denied")

    answer = editor.patch(f"/desk/editions/{slug}", {"state": "published"})

    assert (answer.status_code, kind(answer)) == (409, "gates")
    assert answer.json["missing"] == [{"ref": denied.ref, "gates": ["verified"]}]
    assert chief.letter(ready.ref)["state"] == "placed"
    override = {"state": "published", "override": "Known to the house."}
    assert editor.patch(f"/desk/editions/{slug}", override).status_code == 403
    assert chief.patch(f"/desk/editions/{slug}", override).status_code == 200
    assert chief.letter(denied.ref)["overrides"] == {"verified": "Known to the house."}


def test_an_empty_edition_is_not_published(chief: Program) -> None:
    slug = make(chief)["slug"]
    answer = chief.patch(f"/desk/editions/{slug}", {"state": "published"})
    assert wrong_fields(answer) == {"sections": "invalid"}


def test_publishing_is_taken_back_until_a_mail_has_left(chief: Program, store: Store) -> None:
    letter = approved(store)
    edition = an_edition(store, groups=[("Fentanyl", [letter])], published=True)
    path = f"/desk/editions/{edition.slug}"
    assert chief.patch(path, {"title": "X"}).status_code == 409

    answer = chief.patch(path, {"state": "draft", "title": "We Hear You: Eggs"})

    assert (answer.status_code, answer.json["state"]) == (200, "draft")
    assert answer.json["title"] == "We Hear You: Eggs"
    assert chief.letter(letter.ref)["state"] == "placed"
    with store.read() as work:
        owed = mails.of_letter(work, letters.by_ref(work, letter.ref).id)
    assert [m.state for m in owed if m.kind is MailKind.PRINTED] == [MailState.CANCELLED]


def test_once_a_writer_was_told_it_stays(chief: Program, store: Store) -> None:
    letter = approved(store)
    edition = an_edition(store, groups=[(None, [letter])], published=True)
    with store.work() as work:
        for mail in mails.of_letter(work, letters.by_ref(work, letter.ref).id):
            mail.state = MailState.SENT
    answer = chief.patch(f"/desk/editions/{edition.slug}", {"state": "draft"})
    assert (answer.status_code, kind(answer)) == (409, "move")


def test_asking_for_the_state_that_is_does_nothing(chief: Program, store: Store) -> None:
    letter = approved(store)
    edition = an_edition(store, groups=[(None, [letter])], published=True)
    path = f"/desk/editions/{edition.slug}"
    before = chief.get(path).json
    answer = chief.patch(path, {"state": "published"})
    assert (answer.status_code, answer.json) == (200, before)


WRONG_CHANGES = [
    ({"state": "printed"}, {"state": "unknown"}),
    ({"state": True}, {"state": "unknown"}),
    ({"version": "1"}, {"version": "type"}),
    ({"override": "why"}, {"override": "invalid"}),
    ({"state": "published", "override": 7}, {"override": "type"}),
]


@ONE_ENGINE
def test_a_change_that_is_wrong(chief: Program, subtests: pytest.Subtests) -> None:
    slug = make(chief)["slug"]
    for body, wrong in WRONG_CHANGES:
        with subtests.test(body=body):
            assert wrong_fields(chief.patch(f"/desk/editions/{slug}", body)) == wrong
