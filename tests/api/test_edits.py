"""Programs edit letters and say which article they answer."""

import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from feedback.domain.article import Article
from feedback.store import proposals
from feedback.store.work import Store
from tests.api.asking import LETTER, ONE_ENGINE, Program, kind, wrong_fields
from tests.factories.article import an_article
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved


def test_a_letter_is_edited(chief: Program, ref: str) -> None:
    answer = chief.change(ref, edited="Meetings are cheap.", headline="Count Seizures")
    assert answer.status_code == 200
    record = answer.json
    assert record == chief.letter(ref)
    assert record["version"] == 2
    assert record["remarks"]["edited"] == "Meetings are cheap."
    assert record["remarks"]["original"] == LETTER["remarks"]
    assert record["remarks"]["headline"] == "Count Seizures"
    assert record["remarks"]["cut_percent"] > 50
    assert record["remarks"]["added_percent"] == 0
    assert record["gates"]["proofed"] is False


def test_what_is_not_sent_or_null_stays(chief: Program, ref: str) -> None:
    chief.change(ref, standing="President", headline="Count Seizures")
    record = chief.change(ref, town=None, headline=None).json
    assert record["signature"]["standing"] == "President"
    assert record["signature"]["town"] == "Spokane"
    assert record["remarks"]["headline"] == "Count Seizures"


def test_an_empty_text_clears(chief: Program, ref: str) -> None:
    chief.change(ref, standing="President")
    for field in ("name", "standing", "town", "state", "country"):
        record = chief.change(ref, **{field: ""}).json
        assert record["signature"][field] is None


def test_an_empty_text_goes_back_to_the_original(chief: Program, ref: str) -> None:
    chief.change(ref, edited="Meetings are cheap.")
    record = chief.change(ref, edited="").json
    assert record["remarks"]["edited"] == LETTER["remarks"]
    assert record["remarks"]["cut_percent"] == 0


def test_two_editors_on_one_letter(chief: Program, ref: str) -> None:
    chief.patch(f"/desk/letters/{ref}", {"version": 1, "headline": "Mine"})
    answer = chief.patch(f"/desk/letters/{ref}", {"version": 1, "headline": "Yours"})
    assert answer.status_code == 409
    assert kind(answer) == "stale"
    assert answer.json["version"] == 2
    assert chief.letter(ref)["remarks"]["headline"] == "Mine"


def test_an_article_is_set_by_id_address_or_headline(chief: Program, store: Store) -> None:
    article = an_article(store, "The Bill Comes Due", url="https://news.example.com/the-bill")
    for given in (article.id, article.url, "the bill comes due"):
        letter = a_letter(store)
        record = chief.change(letter.ref, article=given).json
        assert record["article"]["id"] == article.id
        assert record["article"]["given"] == "Working Group With Beijing"
        assert record["article"]["matched_by"] == "editor"
        assert record["missing"] == []
        assert record["version"] == 2


def test_an_article_that_may_be_several(chief: Program, store: Store) -> None:
    one = an_article(store, "Student Debt Grows in Ohio")
    two = an_article(store, "Student Debt Grows in Iowa")
    letter = a_letter(store)
    answer = chief.change(letter.ref, article="student debt grows", headline="Debt")
    assert wrong_fields(answer) == {"article": "ambiguous"}
    assert {c["id"] for c in answer.json["candidates"]} == {one.id, two.id}
    says = answer.json["errors"][0]["message"]
    assert one.headline in says
    assert str(two.id) in says
    assert chief.letter(letter.ref)["remarks"]["headline"] is None


def test_a_letter_is_marked_general_and_back(chief: Program, ref: str) -> None:
    record = chief.change(ref, general=True).json
    assert (record["general"], record["article"], record["missing"]) == (True, None, [])
    record = chief.change(ref, general=False).json
    assert (record["general"], record["missing"]) == (False, ["article"])


def test_general_and_an_article_contradict_each_other(
    chief: Program, ref: str, an_answered_article: Article
) -> None:
    answer = chief.change(ref, general=True, article=an_answered_article.id)
    assert wrong_fields(answer) == {"general": "invalid"}
    assert chief.letter(ref)["version"] == 1


def test_an_article_and_an_edit_are_one_step(chief: Program, store: Store) -> None:
    article = an_article(store)
    letter = a_letter(store, name=None, town=None, state=None)
    record = chief.change(
        letter.ref, name="Max Writer", town="Tulsa", state="Okla.", article=article.id
    ).json
    assert record["version"] == 2
    assert record["missing"] == []
    assert record["signature"]["printed"] == "Max Writer, Tulsa, Okla."
    assert record["signature"]["state"] == "OK"


def test_printed_letters_are_not_edited(chief: Program, store: Store) -> None:
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])], published=True)
    answer = chief.change(letter.ref, edited="Other words.")
    assert answer.status_code == 409
    assert kind(answer) == "move"
    assert answer.json["allowed"] == []


@ONE_ENGINE
def test_a_version_is_a_whole_number(chief: Program, ref: str, subtests: pytest.Subtests) -> None:
    for version in ("1", 1.0, True, None, [1]):
        with subtests.test(version=version):
            answer = chief.patch(f"/desk/letters/{ref}", {"version": version})
            assert set(wrong_fields(answer)) == {"version"}
    assert set(wrong_fields(chief.patch(f"/desk/letters/{ref}", {}))) == {"version"}


@ONE_ENGINE
def test_a_version_that_is_not_there_is_stale(chief: Program, ref: str) -> None:
    for version in (0, -1, 2, 10**30):
        answer = chief.patch(f"/desk/letters/{ref}", {"version": version, "headline": "X"})
        assert (kind(answer), answer.json["version"]) == ("stale", 1)


WRONG_EDITS = [
    ("edited", 7, "type"), ("name", ["x"], "type"), ("headline", {}, "type"),
    ("general", "true", "type"), ("general", 1, "type"), ("article", True, "type"),
    ("article", 1.5, "type"), ("article", [1], "type"),
    ("name", "N" * 121, "invalid"), ("headline", "H" * 301, "invalid"),
    ("edited", "a" * 20_001, "invalid"), ("state", "Xx", "invalid"),
    ("country", "Narnia", "invalid"), ("name", "\ufb2c" * 100, "invalid"),
    ("article", 0, "unknown"), ("article", -1, "unknown"), ("article", 10**30, "unknown"),
    ("article", 999_999, "unknown"), ("article", "Of Mice and Zeppelins", "unknown"),
    ("article", "", "unknown"), ("article", "https://elsewhere.example/x", "unknown"),
]  # fmt: skip


def test_an_edit_that_is_wrong(chief: Program, ref: str, subtests: pytest.Subtests) -> None:
    before = chief.letter(ref)
    for field, value, code in WRONG_EDITS:
        with subtests.test(field=field, value=str(value)[:20]):
            assert wrong_fields(chief.change(ref, **{field: value})) == {field: code}
    assert chief.letter(ref) == before


def test_hostile_edits_are_taken_clean_or_refused(
    chief: Program, ref: str, subtests: pytest.Subtests
) -> None:
    for field in ("edited", "headline", "name", "standing", "town", "article"):
        for text in ("a\x00b", "\ud800x", "x\u202ey", "e" + "\u0301" * 90, "'--"):
            with subtests.test(field=field, text=text.encode("utf-8", "backslashreplace")):
                assert chief.change(ref, **{field: text}).status_code in (200, 422)
                record = json.dumps(chief.letter(ref), ensure_ascii=False)
                assert "\x00" not in record
                assert "\ud800" not in record


def test_no_field_of_ours_can_be_set_by_its_name(chief: Program, ref: str) -> None:
    forged = {
        "ref_": "WHY-00000", "channel": "mail", "received_at": "x", "word_count": 1,
        "gates": {"verified": True}, "overrides": {}, "is_withheld": True, "edition": "x",
        "signature": {"name": "X"}, "remarks": {"original": "X"}, "original": "X",
        "wanted": "approved", "submission_key": "x", "is_abridged": True,
    }  # fmt: skip
    before = chief.letter(ref)
    assert chief.change(ref, **forged).json == before


def test_a_name_that_names_nothing_of_ours(chief: Program, ref: str) -> None:
    answer = chief.ask("GET", f"/desk/letters/{quote(ref)}/nothing")
    assert answer.status_code == 404


@ONE_ENGINE
def test_an_edit_by_a_role_that_drafts_is_a_proposal(
    desk: Callable[[str], Program], store: Store
) -> None:
    letter = a_letter(store, "First words.", town="Spokane")
    answer = desk("reader_editor").change(letter.ref, edited="Short.", town="Cheney")
    assert answer.json["proposed"] == ["edited", "town"]
    assert (answer.json["remarks"]["edited"], answer.json["version"]) == (None, 1)
    assert "proposed" not in desk("editor").change(letter.ref, headline="Count").json
    with store.read() as work:
        (proposal,) = proposals.open_for(work, letter.id)
        assert proposal.fields["values"] == {"edited": "Short.", "town": "Cheney"}
