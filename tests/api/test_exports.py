"""Programs take editions and letters along as files, without contact data."""

import csv
import io
import json
import re

import pytest

from feedback.domain.state import State
from feedback.export.formats import FORMATS
from feedback.store.work import Store
from tests.api.asking import ONE_ENGINE, Program, wrong_fields
from tests.export.read_back import words_of
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved

SECRETS = ("jane@example.com", "+1 509 555 0100", "only my employer")


def printed(store: Store) -> str:
    letter = approved(
        store, phone=SECRETS[1], is_withheld=True, withhold_reason=SECRETS[2], name="Mia Canary"
    )
    return an_edition(store, groups=[("Fentanyl", [letter])], published=True).slug


def test_an_edition_in_every_format(
    chief: Program, store: Store, subtests: pytest.Subtests
) -> None:
    slug = printed(store)
    for name, form in FORMATS.items():
        with subtests.test(format=name):
            answer = chief.get(f"/desk/editions/{slug}/export", format=name)
            assert answer.status_code == 200
            assert answer.content_type == form.media_type
            named = f'attachment; filename="{slug}.{form.extension}"'
            assert answer.headers["Content-Disposition"] == named
            words = words_of(answer.data)
            text = re.sub("<[^>]+>", "", words)
            assert "judge this working group" in text
            assert "Name withheld, Spokane, Wash." in text
            assert not any(secret in words for secret in (*SECRETS, "Mia Canary"))
            again = chief.get(f"/desk/editions/{slug}/export", format=name)
            assert again.data == answer.data


def test_letters_in_every_format(chief: Program, store: Store, subtests: pytest.Subtests) -> None:
    approved(store, "The bridge is old.", is_withheld=True, name="Mia Canary")
    a_letter(store, "Not approved yet.")
    for name in FORMATS:
        with subtests.test(format=name):
            answer = chief.get("/desk/letters/export", format=name)
            assert answer.status_code == 200
            assert 'attachment; filename="letters' in answer.headers["Content-Disposition"]
            words = words_of(answer.data)
            assert "The bridge is old." in words
            assert "Not approved yet." not in words
            assert not any(secret in words for secret in (*SECRETS, "Mia Canary"))


def test_letters_of_the_states_that_are_asked_for(chief: Program, store: Store) -> None:
    wanted = {a_letter(store).ref, a_letter(store, to=State.HELD).ref}
    approved(store)
    rows = chief.get("/desk/letters/export", format="jsonl", state="received,held").text
    assert {json.loads(line)["ref"] for line in rows.splitlines()} == wanted


def test_no_letters_are_a_file_too(chief: Program) -> None:
    for name in FORMATS:
        assert chief.get("/desk/letters/export", format=name).status_code == 200


def test_a_draft_is_marked_as_one(chief: Program, store: Store) -> None:
    slug = an_edition(store, groups=[(None, [approved(store)])]).slug
    answer = chief.get(f"/desk/editions/{slug}/export", format="text")
    assert "draft" in answer.text.lower()
    assert f"{slug}-draft.txt" in answer.headers["Content-Disposition"]


def test_the_body_alone(chief: Program, store: Store) -> None:
    slug = printed(store)
    whole = chief.get(f"/desk/editions/{slug}/export", format="html").text
    body = chief.get(f"/desk/editions/{slug}/export", format="html", part="body").text
    assert "<html" in whole
    assert "<html" not in body
    assert "judge this working group" in body


def test_csv_is_safe_to_open(chief: Program, store: Store) -> None:
    approved(store, '=HYPERLINK("http://x.example")')
    text = chief.get("/desk/letters/export", format="csv").text
    cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)


WRONG_EXPORTS = [
    ({}, {"format": "required"}),
    ({"format": ""}, {"format": "required"}),
    ({"format": "exe"}, {"format": "unknown"}),
    ({"format": "../html"}, {"format": "unknown"}),
    ({"format": "text", "part": "body"}, {"part": "invalid"}),
    ({"format": "html", "part": "head"}, {"part": "unknown"}),
]


@ONE_ENGINE
def test_an_export_that_is_wrong(chief: Program, store: Store, subtests: pytest.Subtests) -> None:
    slug = an_edition(store, groups=[(None, [approved(store)])]).slug
    for query, wrong in WRONG_EXPORTS:
        with subtests.test(query=query):
            assert wrong_fields(chief.get(f"/desk/editions/{slug}/export", **query)) == wrong
            assert wrong_fields(chief.get("/desk/letters/export", **query)) == wrong


def test_letters_of_an_odd_state(chief: Program) -> None:
    answer = chief.get("/desk/letters/export", format="text", state="odd")
    assert wrong_fields(answer) == {"state": "unknown"}


def test_more_letters_than_a_file_takes(
    chief: Program, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedback.api import exports

    monkeypatch.setattr(exports, "MOST_LETTERS", 2)
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    for n in range(3):
        approved(store, f"Letter {n}.")
    answer = chief.get("/desk/letters/export", format="text")
    assert wrong_fields(answer) == {"state": "too_many"}
    assert "feedback letters export" in answer.json["detail"]
