"""Programs send readers' letters in: taken once, refused in words, never half stored."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.domain.article import Article
from feedback.domain.letter import Letter
from feedback.intake.fields import LIMITS
from feedback.newsroom import Newsroom
from feedback.store import letters
from feedback.store.letter_filter import LetterFilter
from feedback.store.work import Store
from tests.api.asking import LETTER, ONE_ENGINE, Program, wrong_fields
from tests.factories.article import an_article
from tests.fixtures_database import Clock


def stored(store: Store) -> list[Letter]:
    with store.read() as work:
        return list(letters.page(work, LetterFilter(), limit=500, whole=True).rows)


def test_a_letter_is_taken(sender: Program, chief: Program, an_answered_article: Article) -> None:
    answer = sender.post("/letters", LETTER | {"withhold_name": False, "phone": "+1 509 555 0100"})

    assert answer.status_code == 201
    assert set(answer.json) == {"ref", "state", "status_url", "missing"}
    assert answer.json["state"] == "received"
    assert answer.json["missing"] == []
    record = chief.letter(answer.json["ref"])
    assert record["channel"] == "api"
    assert record["version"] == 1
    assert record["article"]["id"] == an_answered_article.id
    assert record["article"]["matched_by"] == "url"
    assert record["article"]["given"] == LETTER["article"]
    assert record["remarks"]["original"] == LETTER["remarks"]
    assert record["signature"]["printed"] == "Jane Q. Reader, Spokane, Wash."


def test_the_writer_gets_a_page_of_their_own(sender: Program, newsroom: Newsroom) -> None:
    answer = sender.post("/letters", LETTER)
    url = answer.json["status_url"]
    assert url.startswith(f"{newsroom.base_url}/letters/")
    page = sender.client.get(url.removeprefix(newsroom.base_url))
    assert page.status_code == 200
    assert answer.json["ref"] in page.text


def test_an_article_that_is_not_found_never_refuses(sender: Program) -> None:
    answer = sender.post("/letters", LETTER | {"article": "Something about a bridge"})
    assert answer.status_code == 201
    assert answer.json["missing"] == ["article"]


def test_letters_come_in_waves_about_one_article(
    sender: Program, chief: Program, store: Store
) -> None:
    def found() -> int | None:
        article = chief.letter(sender.post("/letters", LETTER).json["ref"])["article"]
        return article and article["id"]

    assert found() is None
    article = an_article(store, "Working Group With Beijing", url=LETTER["article"])
    assert [found(), found(), found()] == [article.id] * 3


def test_a_headline_is_enough(
    sender: Program, chief: Program, an_answered_article: Article
) -> None:
    answer = sender.post("/letters", LETTER | {"article": "working group with beijing"})
    assert answer.json["missing"] == []
    assert chief.letter(answer.json["ref"])["article"]["matched_by"] == "headline"


def test_the_same_key_is_the_same_letter(sender: Program, store: Store) -> None:
    first = sender.post("/letters", LETTER, **{"Idempotency-Key": "drawn once"})
    again = sender.post("/letters", LETTER, **{"Idempotency-Key": "drawn once"})
    assert (again.status_code, again.json) == (201, first.json)
    assert len(stored(store)) == 1


def test_a_repeat_is_answered_as_the_first_time_whatever_happened_since(
    sender: Program, chief: Program, store: Store, clock: Clock
) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = sender.post("/letters", LETTER, **key)
    assert first.json["missing"] == ["article"]
    article = an_article(store, "Working Group With Beijing", url=LETTER["article"])
    assert chief.change(first.json["ref"], article=article.id).status_code == 200
    assert chief.decide(first.json["ref"], "shortlist").status_code == 200
    clock.advance(timedelta(days=3))

    again = sender.post("/letters", LETTER, **key)

    assert (again.status_code, again.json) == (201, first.json)


def test_a_used_key_with_another_letter_is_refused(sender: Program, store: Store) -> None:
    sender.post("/letters", LETTER, **{"Idempotency-Key": "k"})
    other = sender.post("/letters", LETTER | {"name": "Max Writer"}, **{"Idempotency-Key": "k"})
    assert wrong_fields(other) == {"Idempotency-Key": "key_reused"}
    assert len(stored(store)) == 1


def test_a_key_has_room_for_200_characters(sender: Program, store: Store) -> None:
    longest = {"Idempotency-Key": "k" * 200}
    assert sender.post("/letters", LETTER, **longest).status_code == 201
    assert sender.post("/letters", LETTER, **longest).status_code == 201
    too_long = sender.post("/letters", LETTER, **{"Idempotency-Key": "k" * 201})
    assert wrong_fields(too_long) == {"Idempotency-Key": "too_long"}
    assert len(stored(store)) == 1


def test_without_a_key_two_letters_are_two(sender: Program, store: Store) -> None:
    assert (
        sender.post("/letters", LETTER).json["ref"] != sender.post("/letters", LETTER).json["ref"]
    )
    sender.post("/letters", LETTER, **{"Idempotency-Key": " "})
    assert len(stored(store)) == 3


@ONE_ENGINE
def test_a_box_is_ticked_by(sender: Program, chief: Program, subtests: pytest.Subtests) -> None:
    for yes in (True, "true", "y", "on", "1", " Y "):
        with subtests.test(yes=yes):
            answer = sender.post("/letters", LETTER | {"consent": yes, "withhold_name": yes})
            assert answer.status_code == 201
            assert chief.letter(answer.json["ref"])["signature"]["withheld"] is True


@ONE_ENGINE
def test_anything_else_in_a_box_is_no(sender: Program, subtests: pytest.Subtests) -> None:
    for no in (False, "false", "no", "0", "", "yes please"):
        with subtests.test(no=no):
            refused = sender.post("/letters", LETTER | {"consent": no})
            assert wrong_fields(refused) == {"consent": "required"}
            assert sender.post("/letters", LETTER | {"withhold_name": no}).status_code == 201


@ONE_ENGINE
def test_what_is_required(sender: Program, store: Store, subtests: pytest.Subtests) -> None:
    for field in ("article", "remarks", "name", "email", "consent"):
        absent = {name: value for name, value in LETTER.items() if name != field}
        for how in (absent, *(LETTER | {field: empty} for empty in ("", None, " \t\u200b\n"))):
            with subtests.test(field=field, given=how.get(field, "absent")):
                assert wrong_fields(sender.post("/letters", how)) == {field: "required"}
    assert stored(store) == []


@ONE_ENGINE
def test_a_place_is_required(sender: Program) -> None:
    nowhere = LETTER | {"town": "", "state": None}
    assert wrong_fields(sender.post("/letters", nowhere)) == {"town": "required"}
    assert sender.post("/letters", nowhere | {"country": "Ukraine"}).status_code == 201
    assert sender.post("/letters", nowhere | {"state": "Ohio"}).status_code == 201


@ONE_ENGINE
def test_another_kind_of_value_is_an_error_of_that_field(
    sender: Program, subtests: pytest.Subtests
) -> None:
    for field in ("article", "remarks", "name", "town", "state", "country", "email", "phone"):
        for value in (7, 7.5, True, ["Jane"], {"first": "Jane"}, 10**30):
            with subtests.test(field=field, value=value):
                answer = sender.post("/letters", LETTER | {field: value})
                assert wrong_fields(answer) == {field: "type"}


@ONE_ENGINE
def test_a_box_is_true_or_false_or_text(sender: Program, subtests: pytest.Subtests) -> None:
    for box in ("consent", "withhold_name"):
        for value in (1, 0, 1.0, [True], {"yes": True}):
            with subtests.test(box=box, value=value):
                assert wrong_fields(sender.post("/letters", LETTER | {box: value})) == {box: "type"}


@ONE_ENGINE
def test_all_that_is_wrong_is_named_at_once(sender: Program) -> None:
    body = LETTER | {"name": 7, "email": "a@@b", "remarks": "", "consent": False, "state": "Xx"}
    assert wrong_fields(sender.post("/letters", body)) == {
        "name": "type",
        "email": "invalid",
        "remarks": "required",
        "consent": "required",
        "state": "unknown",
    }


@ONE_ENGINE
def test_no_field_takes_more_than_its_length(sender: Program, subtests: pytest.Subtests) -> None:
    for name in set(LIMITS) - {"standing"}:
        with subtests.test(name=name):
            abroad = LETTER | {"country": "GB"} if name == "state" else LETTER
            answer = sender.post("/letters", abroad | {name: "N" * (LIMITS[name] + 1)})
            assert wrong_fields(answer)[name] == "too_long"


def test_the_longest_letter_fits(sender: Program) -> None:
    assert sender.post("/letters", LETTER | {"remarks": "a" * 20_000}).status_code == 201
    longer = sender.post("/letters", LETTER | {"remarks": "a" * 20_001})
    assert wrong_fields(longer) == {"remarks": "too_long"}


@ONE_ENGINE
def test_a_letter_is_an_object(sender: Program, subtests: pytest.Subtests) -> None:
    for body in ([], "letter", 7, None, True, [LETTER]):
        with subtests.test(body=body):
            raw = json.dumps(body)
            answer = sender.ask("POST", "/letters", data=raw, content_type="application/json")
            assert wrong_fields(answer) == {"body": "type"}


def test_unknown_fields_change_nothing(sender: Program, chief: Program) -> None:
    forged = {
        "state_": "published",
        "version": 99,
        "letter_state": "approved",
        "role": "chief",
        "is_trapped": True,
        "is_general": True,
        "general": True,
        "standing": "President",
        "channel": "mail",
        "ref": "WHY-00000",
        "id": 1,
        "submission_key": "mine",
        "received_at": "2001-01-01T00:00:00Z",
        "overrides": {"verified": "so"},
    }
    answer = sender.post("/letters", LETTER | forged)
    assert answer.status_code == 201
    record = chief.letter(answer.json["ref"])
    assert (record["state"], record["version"], record["channel"]) == ("received", 1, "api")
    assert record["signature"]["standing"] is None
    assert record["general"] is False
    assert record["overrides"] == {}
    assert record["received_at"].startswith("2026-")
    assert record["ref"] != "WHY-00000"


def test_more_than_256_kib_is_too_much(sender: Program, store: Store) -> None:
    answer = sender.post("/letters", LETTER | {"remarks": "word " * 220_000})
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"
    assert stored(store) == []


UNREADABLE = [
    (b"{", "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"remarks": NaN}', "application/json", 400),
    (b'{"name": "\xe9"}', "application/json", 400),
    (b"hello", "text/plain", 415),
    (b"name=Jane", "application/x-www-form-urlencoded", 415),
    (json.dumps(LETTER).encode(), "text/plain", 415),
]


@ONE_ENGINE
def test_what_cannot_be_read(sender: Program, store: Store, subtests: pytest.Subtests) -> None:
    for raw, kind, status in UNREADABLE:
        with subtests.test(raw=raw[:20], kind=kind):
            answer = sender.ask("POST", "/letters", data=raw, content_type=kind)
            assert answer.status_code == status
            assert answer.content_type == "application/problem+json"
            assert answer.json["status"] == status
    assert stored(store) == []


HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",
    "Jane\u202eenaJ",
    "\u200b\u200d\ufeff",
    "e" + "\u0301" * 50,
    "\ufb2c" * 60,
    "' OR 1=1--",
    "{{7*7}} {0.__class__} %s",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "a\r\nBcc: x@example.org",
    "javascript:alert(1)",
    "http://169.254.169.254/latest",
    "\U0010ffff\ufffe",
]


def test_a_hostile_text_is_taken_clean_or_refused(
    sender: Program, chief: Program, subtests: pytest.Subtests
) -> None:
    for field in ("article", "remarks", "name", "town", "email", "affiliation"):
        for text in HOSTILE:
            with subtests.test(field=field, text=text.encode("utf-8", "backslashreplace")):
                answer = sender.post("/letters", LETTER | {field: text})
                assert answer.status_code in (201, 422)
                if answer.status_code == 201:
                    record = json.dumps(chief.letter(answer.json["ref"]), ensure_ascii=False)
                    assert "\x00" not in record
                    assert "\ud800" not in record
                    assert field == "remarks" or "\u202e" not in record


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=300),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
bodies = (
    st.fixed_dictionaries({}, optional=dict.fromkeys(LETTER, anything)).map(
        lambda some: LETTER | some
    )
    | anything
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=bodies)
def test_nothing_breaks_it(sender: Program, store: Store, body: object) -> None:
    before = len(stored(store))
    raw = json.dumps(body).encode()
    answer = sender.ask("POST", "/letters", data=raw, content_type="application/json")
    assert answer.status_code in (201, 422)
    taken = stored(store)
    assert len(taken) == before + (answer.status_code == 201)
    if answer.status_code == 201:
        assert taken[0].original.remarks.strip()
    else:
        assert answer.json["errors"]
