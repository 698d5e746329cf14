"""The record of a letter has the fields of the contract, and a withheld name is in no export."""

import json

import pytest

from feedback.domain.article import Article
from feedback.domain.finding import Result, StoredFinding
from feedback.domain.letter_record import letter_record, with_contacts
from feedback.domain.state import State
from tests.domain.bare import ANN, NOON, a_bare_letter, an_edit

CONTRACT = {
    "ref", "channel", "state", "version", "received_at", "language", "word_count", "article",
    "general", "signature", "remarks", "gates", "checks", "campaign", "edition", "wanted",
    "missing",
}  # fmt: skip


def test_it_has_all_that_the_contract_names() -> None:
    article = Article(id=4, url="https://news.example.com/a", headline="A", author="Jo Byline")
    letter = a_bare_letter(
        article=article,
        article_id=4,
        matched_by="headline",
        match_score=98.5,
        revisions=[an_edit(cut_percent=40, added_percent=5)],
        headline="Count the seizures",
        findings=[
            StoredFinding(check="place", version=1, outcome=Result.NOTE, says="So.", evidence=["x"])
        ],
    )
    letter.want_approved(ANN, NOON)
    record = letter_record(letter, "eggs")
    assert set(record) >= CONTRACT
    assert set(record["article"]) == {
        "id", "url", "headline", "author", "published_on", "given", "matched_by", "score",
    }  # fmt: skip
    assert set(record["signature"]) == {
        "name", "standing", "town", "state", "country", "printed", "withheld",
    }  # fmt: skip
    assert set(record["remarks"]) == {
        "original", "edited", "headline", "cut_percent", "added_percent", "abridged",
    }  # fmt: skip
    assert record["received_at"] == "2026-11-09T12:00:00Z"
    assert record["remarks"]["original"] == "Meetings are cheap."
    assert record["gates"]["proofed"] is False
    assert record["checks"] == [
        {"name": "place", "version": 1, "outcome": "note", "says": "So.", "evidence": ["x"]}
    ]
    assert (record["edition"], record["wanted"], record["campaign"]) == ("eggs", "approved", None)
    json.dumps(record)


def test_what_the_writer_did_not_write_stays_null() -> None:
    letter = a_bare_letter(name=None, town=None, place_state=None, country=None)
    record = letter_record(letter)
    for name in ("name", "standing", "town", "state", "country"):
        assert record["signature"][name] is None
    assert record["article"] is None
    assert record["remarks"]["edited"] is None
    assert record["remarks"]["cut_percent"] == 0


@pytest.mark.parametrize("withheld", [True, False])
def test_an_export_has_no_withheld_name_and_no_office_that_tells_it(withheld: bool) -> None:
    letter = a_bare_letter(is_withheld=withheld, standing="Mayor of Spokane")
    exported = letter_record(letter, with_name=False)["signature"]
    hidden = {"name": None, "standing": None}
    shown = {"name": "Jane Q. Reader", "standing": "Mayor of Spokane"}
    assert {name: exported[name] for name in hidden} == (hidden if withheld else shown)
    at_the_desk = letter_record(letter)["signature"]
    assert {name: at_the_desk[name] for name in shown} == shown


def test_contact_data_comes_on_request_alone() -> None:
    letter = a_bare_letter(State.HELD)
    record = letter_record(letter)
    assert "jane@example.com" not in json.dumps(record)
    asked = with_contacts(record, letter)
    assert asked["contacts"] == {"email": "jane@example.com", "phone": "509 555 0100"}
    assert "contacts" not in record
    letter.contact = None
    assert with_contacts(record, letter)["contacts"] == {"email": None, "phone": None}
