"""Programs read letters: one, pages of them, contact data for those who may."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from feedback.domain.event import EventKind
from feedback.domain.state import State
from feedback.intake.recheck import recheck_new
from feedback.store import letters
from feedback.store.work import Store
from tests.api.asking import LETTER, ONE_ENGINE, Program, wrong_fields
from tests.factories.article import an_article
from tests.factories.letter import a_letter, some_letters

Desk = Callable[[str], Program]

# The contract, section 5, word by word.
RECORD = {
    "ref", "channel", "state", "version", "received_at", "language", "word_count", "article",
    "general", "signature", "remarks", "gates", "checks", "campaign", "edition", "wanted",
    "missing",
}  # fmt: skip
ARTICLE = {
    "id", "url", "headline", "author", "published_on", "given", "matched_by", "score"
}  # fmt: skip
SIGNATURE = {"name", "standing", "town", "state", "country", "printed", "withheld"}
REMARKS = {"original", "edited", "headline", "cut_percent", "abridged", "added_percent"}
GATES = {
    "complete", "verified", "proofed", "claims_checked", "within_quota", "not_in_blackout"
}  # fmt: skip


# --- one letter


def test_a_record_has_all_that_the_contract_names(chief: Program, ref: str, store: Store) -> None:
    with store.work() as work:
        recheck_new(work)
    record = chief.letter(ref)
    assert set(record) >= RECORD
    assert set(record["article"]) == ARTICLE
    assert set(record["signature"]) == SIGNATURE
    assert set(record["remarks"]) == REMARKS
    assert set(record["gates"]) == GATES
    assert record["checks"]
    assert all({"name", "version", "outcome", "evidence"} <= set(c) for c in record["checks"])
    assert record["campaign"] is record["edition"] is record["wanted"] is None
    assert record["received_at"] == "2026-11-09T14:30:00Z"
    assert "contacts" not in record


def test_what_the_writer_did_not_write_stays_null(chief: Program, store: Store) -> None:
    letter = a_letter(store, name=None, town=None, state=None)
    record = chief.letter(letter.ref)
    assert record["article"] is None
    signature = record["signature"]
    assert [signature[n] for n in ("name", "standing", "town", "state")] == [None] * 4
    assert record["remarks"]["edited"] is record["remarks"]["headline"] is None
    assert record["missing"] == ["article", "name", "town"]


def test_places_abroad_have_their_english_name(sender: Program, chief: Program) -> None:
    body = LETTER | {"town": "Kyiv", "state": "", "country": "UA"}
    ref = sender.post("/letters", body).json["ref"]
    assert chief.letter(ref)["signature"]["country"] == "Ukraine"


def test_a_reference_is_found_however_it_is_typed(chief: Program, ref: str) -> None:
    assert chief.get(f"/desk/letters/{ref.lower()}").json["ref"] == ref


NO_REFERENCES = [
    "WHY-00000", "x", "%00", "..%2f..%2fetc", "A" * 3000, "%ff", "export2", "'--"
]  # fmt: skip


def test_a_reference_that_is_none(chief: Program, subtests: pytest.Subtests) -> None:
    for ref in NO_REFERENCES:
        for method, path, body in [
            ("GET", "", None),
            ("GET", "?contacts=1", None),
            ("PATCH", "", {"version": 1}),
            ("POST", "/decisions", {"decision": "shortlist", "version": 1}),
            ("POST", "/verifications", {"method": "phone", "outcome": "confirmed"}),
        ]:
            with subtests.test(ref=ref[:20], method=method, path=path):
                answer = chief.ask(method, f"/desk/letters/{ref}{path}", body)
                assert answer.status_code == 404
                assert answer.content_type == "application/problem+json"


# --- contacts


def test_contacts_are_shown_to_those_who_may_see_them_and_the_look_is_logged(
    desk: Desk, ref: str, store: Store
) -> None:
    for role in ("editor", "chief"):
        record = desk(role).get(f"/desk/letters/{ref}", contacts="1").json
        assert record["contacts"] == {"email": "jane@example.com", "phone": None}
        assert record["version"] == desk(role).letter(ref)["version"]
    with store.read() as work:
        history = letters.history(work, letters.by_ref(work, ref).id)
    looks = [e for e in history if e.kind is EventKind.CONTACT_SEEN]
    assert [e.by_name for e in looks] == ["program 1", "program 3"]


def test_contacts_of_a_page_are_logged_letter_by_letter(chief: Program, store: Store) -> None:
    some_letters(store, 3)
    page = chief.get("/desk/letters", contacts="1", limit="2").json
    assert [r["contacts"]["email"] for r in page["letters"]] == ["jane@example.com"] * 2
    with store.read() as work:
        kinds = [
            [e.kind for e in letters.history(work, letter.id)]
            for letter in letters.page(work, letters.LetterFilter()).rows
        ]
    assert [EventKind.CONTACT_SEEN in one for one in kinds] == [True, True, False]


@pytest.mark.parametrize("role", ["reader_editor", "publisher"])
def test_contacts_are_not_open_to_every_role(desk: Desk, ref: str, role: str) -> None:
    program = desk(role)
    assert program.get(f"/desk/letters/{ref}", contacts="1").status_code == 403
    assert program.get("/desk/letters", contacts="1").status_code == 403
    assert program.get("/desk/letters").status_code == 200


def test_reading_writes_nothing(chief: Program, ref: str) -> None:
    before = chief.letter(ref)
    for path in (f"/desk/letters/{ref}", "/desk/letters", "/desk/letters?q=seizures"):
        assert chief.ask("GET", path).status_code == 200
    assert chief.letter(ref) == before


# --- pages


def test_letters_come_newest_first_page_by_page(chief: Program, store: Store) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    made = [a_letter(store, at=at + timedelta(minutes=n // 2)).ref for n in range(7)]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = chief.get("/desk/letters", limit="3", **cursor).json
        assert len(page["letters"]) <= 3
        seen += [record["ref"] for record in page["letters"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert sorted(seen) == sorted(made)
    assert seen[0] == made[6]
    assert seen[-1] in made[:2]


def test_a_page_has_50_letters_unless_told(chief: Program, store: Store) -> None:
    with store.work() as work:
        for _ in range(51):
            a_letter(work)
    page = chief.get("/desk/letters").json
    assert len(page["letters"]) == 50
    assert len(chief.get("/desk/letters", limit="500").json["letters"]) == 51


def test_every_state_unless_told(chief: Program, store: Store) -> None:
    for state in (State.RECEIVED, State.SHORTLISTED, State.DECLINED, State.SPIKED):
        a_letter(store, to=state)

    def states(query: str) -> list[str]:
        found = chief.ask("GET", f"/desk/letters?{query}").json["letters"]
        return sorted(record["state"] for record in found)

    assert states("") == ["declined", "received", "shortlisted", "spiked"]
    assert states("state=&q=&article=&campaign=&cursor=&limit=") == states("")
    assert states("state=declined") == ["declined"]
    assert states("state=declined,spiked") == ["declined", "spiked"]
    assert states("state=declined&state=received") == ["declined", "received"]
    assert states("state=published") == []


def test_letters_are_found_by_their_words_and_reference(chief: Program, store: Store) -> None:
    one = a_letter(store, "The bridge on Elm Street is older than I am.")
    a_letter(store)
    with store.work() as work:
        recheck_new(work)

    def found(q: str) -> list[str]:
        return [r["ref"] for r in chief.get("/desk/letters", q=q).json["letters"]]

    assert found("elm bridge") == [one.ref]
    assert found('"older than I am"') == [one.ref]
    assert found(one.ref.lower()) == [one.ref]
    assert found("zeppelin") == []


def test_letters_are_found_by_their_article(chief: Program, store: Store) -> None:
    article = an_article(store, "The Bill Comes Due")
    one = a_letter(store, article=article)
    a_letter(store)

    def found(given: object) -> list[str]:
        return [r["ref"] for r in chief.get("/desk/letters", article=given).json["letters"]]

    assert found(article.id) == [one.ref]
    assert found(article.url) == [one.ref]
    assert found("the bill comes due") == [one.ref]
    assert found(article.id + 1) == []
    assert found("9" * 40) == []
    assert found("https://elsewhere.example/x") == []


def test_no_letter_is_in_a_campaign_that_is_not_known(chief: Program, ref: str) -> None:
    assert chief.get("/desk/letters", campaign="1").json == {"letters": [], "next": None}


WRONG_QUERIES = [
    ("limit", "0"), ("limit", "501"), ("limit", "-1"), ("limit", "many"), ("limit", "1.5"),
    ("limit", "9" * 30), ("limit", "9" * 5000), ("state", "odd"), ("state", "received,odd"),
    ("cursor", "x"), ("cursor", "x" * 5000), ("cursor", "\x00"), ("contacts", "perhaps"),
    ("cursor", "MjAyNi0wMS0wMlQwMDowMDowMHw1"),  # a time without its zone
    ("cursor", "OTk5OTk5OTk5OS0wMS0wMXw1"),
    ("cursor", "MjAyNi0wMS0wMlQwMDowMDowMCswMDowMHw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk="),
]  # fmt: skip


def test_a_query_that_is_wrong(chief: Program, subtests: pytest.Subtests) -> None:
    for name, value in WRONG_QUERIES:
        with subtests.test(name=name, value=value[:20]):
            assert set(wrong_fields(chief.get("/desk/letters", **{name: value}))) == {name}


SEARCHES = [
    "' OR 1=1--", '"', "a AND", "NEAR(", "col:x", "*", "\x00", "a" * 5000, "((((", "from:",
    "before:yesterday", "-", "\ud7ff", "%", "\\", "a:*b & !c | (d",
]  # fmt: skip


def test_whatever_is_searched_for_is_words(
    chief: Program, ref: str, subtests: pytest.Subtests
) -> None:
    for q in SEARCHES:
        with subtests.test(q=q[:20]):
            assert chief.get("/desk/letters", q=q).status_code == 200
            assert chief.get("/desk/letters", article=q).status_code == 200


@ONE_ENGINE
def test_odd_query_strings(chief: Program) -> None:
    for query in ("q=%ff%fe", "limit=%31%30", "q=a&q=b&limit=1&limit=x", "&&=&", "state=,,"):
        assert chief.ask("GET", f"/desk/letters?{query}").status_code == 200
    assert chief.ask("GET", "/desk/letters?state=%00").status_code == 422
