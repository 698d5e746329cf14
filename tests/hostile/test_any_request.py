"""Whatever is asked, by whomever: a clear answer, never a 5xx, and nothing is stored half."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback.domain.editor import Role
from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.original import Contact, Original
from feedback.store import audit
from feedback.store.work import Store
from tests.channel.reader import LETTER
from tests.factories import a_letter, an_article, an_edition, approved

KEEPS_TRYING = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = st.sampled_from(
    ["", " ", "\x00", "\u202e", "\ud800", "' OR 1=1--", '"', "a AND", "NEAR(", "col:x", "-", "*",
     "id;drop", "%", "%%s", "{0}", "{{7*7}}", "<script>", "javascript:alert(1)", "//evil", "..",
     "../../etc/passwd", "\r\nX: y", "0", "-1", "1", "9" * 30, "1e400", "NaN", "true", "null",
     "[]", "{}", "approved", "received", "published", "html", "csv", "jsonl", "2026-02-30",
     "2026-11-09", "WHY-AAAAA", "eggs", "x" * 3000, "🙂", "\u0301" * 50]
)  # fmt: skip
TEXT = ODD | st.text(max_size=30)
NAMES = st.sampled_from(
    ["q", "state", "article", "campaign", "cursor", "after", "limit", "contacts", "format", "part",
     "do", "view", "channel", "next", "page", "before", "edition", "version", "decision", "reason",
     "until", "tell", "title", "date", "slug", "override", "edited", "name", "headline", "email",
     "remarks", "consent", "answer", "method", "outcome", "note", "url", "author", "kind", "raw"]
)  # fmt: skip
QUERY = st.lists(st.tuples(NAMES | st.text(max_size=8), TEXT), max_size=4)


def rules(app: Flask, method: str) -> list[str]:
    """Every address that takes the method, in one order."""
    found = {r.rule for r in app.url_map.iter_rules() if method in (r.methods or ())}
    return sorted(found - {"/desk/logout", "/readyz"})  # the latter tells that no worker runs


@pytest.fixture
def house(store: Store) -> dict[str, str]:
    """A newsroom with something to be found; values that fill addresses."""
    article = an_article(store)
    an_edition(store, slug="eggs", groups=[("Eggs", [approved(store)])], published=True)
    return {"ref": a_letter(store).ref, "slug": "eggs", "article_id": str(article.id)}


@pytest.fixture
def people(app: Flask, log_in: Callable[..., FlaskClient], token: Callable[..., str]) -> list[Any]:
    """Nobody, an editor, a chief, a chief's program: each with the headers they send."""
    bearer = {"Authorization": f"Bearer {token('chief')}"}
    return [
        (app.test_client(), {}),
        (log_in(Role.READER_EDITOR), {}),
        (log_in(Role.CHIEF), {}),
        (app.test_client(), bearer),
    ]


def filled(rule: str, house: dict[str, str], texts: Iterator[str]) -> str:
    """The address with a value that is there, or any text, for each of its parts."""

    def fill(part: re.Match[str]) -> str:
        text = next(texts)
        known = house.get(part[1].rpartition(":")[2])
        return known if known and len(text) % 2 else text

    return re.sub(r"<([^>]+)>", fill, rule)


def utf8(text: str) -> str:
    """As an address holds it, half characters and all."""
    from urllib.parse import quote_from_bytes

    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="/")


def query(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{utf8(name)}={utf8(value)}" for name, value in pairs)


def answers(answer: Any, asked: str) -> None:
    assert answer.status_code < 500, asked
    assert b"Traceback" not in answer.data


@KEEPS_TRYING
@given(
    at=st.integers(0, 200),
    who=st.integers(0, 3),
    texts=st.lists(TEXT, min_size=3, max_size=3),
    pairs=QUERY,
)
def test_any_page(app, house, people, at, who, texts, pairs) -> None:
    every = rules(app, "GET")
    path = utf8(filled(every[at % len(every)], house, iter(texts)))
    browser, headers = people[who]
    asked = f"{path}?{query(pairs)}"
    answers(browser.get(asked, headers=headers), asked)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_page(app, house, people) -> None:
    """None of them breaks on a plain look either, nor on a look with odd words."""
    for rule in rules(app, "GET"):
        for text in ("x", "\x00"):
            path = utf8(filled(rule, house, iter([text] * 3)))
            for browser, headers in people[1:]:
                answers(browser.get(path, headers=headers), path)
                answers(browser.get(f"{path}?q=%ff&state=%00&cursor=x", headers=headers), path)


@KEEPS_TRYING
@given(
    at=st.integers(0, 200),
    who=st.integers(0, 3),
    method=st.sampled_from(["POST", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"]),
    texts=st.lists(TEXT, min_size=3, max_size=3),
    pairs=QUERY,
    kind=st.sampled_from(["form", "form", "json", "parts", "text"]),
)
def test_any_form(app, house, people, store, at, who, method, texts, pairs, kind) -> None:
    every = rules(app, method if method in ("POST", "PATCH") else "POST")
    path = utf8(filled(every[at % len(every)], house, iter(texts)))
    browser, headers = people[who]
    body: dict[str, Any] = {
        "form": {"data": query(pairs), "content_type": "application/x-www-form-urlencoded"},
        "json": {"json": {n: v for n, v in pairs if v.isprintable()} | {"version": 1}},
        "parts": {"data": {n: v.encode("utf-8", "replace") for n, v in pairs if n.isascii() and n}},
        "text": {"data": query(pairs), "content_type": "text/plain"},
    }[kind]
    answers(browser.open(path, method=method, headers=headers, **body), f"{method} {path}")
    nothing_is_half(store)


@KEEPS_TRYING
@given(
    fields=st.dictionaries(st.sampled_from([*LETTER, "phone", "affiliation", "withhold_name"]),
                           TEXT, max_size=5),
    odd=st.dictionaries(st.sampled_from(["state", "role", "ref", "version", "id", "column_id"]),
                        st.none() | st.booleans() | st.integers() | TEXT, max_size=2),
)  # fmt: skip
def test_any_letter_by_a_program(app, store, fields, odd) -> None:
    printable = {n: v.encode("utf-8", "replace").decode() for n, v in fields.items()}
    sent = LETTER | {"consent": True, "state": "WA"} | odd | printable
    answer = app.test_client().post("/api/v1/letters", json=sent)
    assert answer.status_code in (201, 400, 422)
    if answer.status_code == 201:
        assert answer.json["state"] == "received"
    nothing_is_half(store)


def nothing_is_half(store: Store) -> None:
    """Each letter has its original, its contact, its history, which is whole."""
    with store.read() as work:
        count = {
            entity: work.session.scalar(select(func.count(func.distinct(column))))
            for entity, column in (
                (Letter, Letter.id), (Original, Original.letter_id),
                (Contact, Contact.letter_id), (Event, Event.letter_id),
            )
        }  # fmt: skip
        assert len(set(count.values())) == 1, count
        assert audit.verify(work).is_whole
