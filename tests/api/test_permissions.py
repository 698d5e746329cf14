"""Every route of the API, asked by every role and by nobody: who may do what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from feedback.api.endpoint import declared
from feedback.domain.editor import Deed, Role, may
from feedback.store import columns
from feedback.store.work import Store
from tests.api.asking import LETTER, ONE_ENGINE, Program
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved

OPEN = {
    ("POST", "/api/v1/letters"),
    ("GET", "/api/v1/articles"),
    ("GET", "/api/v1/openapi.json"),
}
READERS = frozenset(Role)
EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
MAKERS = frozenset({Role.EDITOR, Role.PUBLISHER, Role.CHIEF})
CHIEFS = frozenset({Role.CHIEF})
AFTER_PRINT = frozenset({Role.PUBLISHER, Role.CHIEF})


@dataclass(frozen=True)
class Request:
    """One way to ask a route; `who` may is the table of roles of the contract."""

    method: str
    rule: str
    who: frozenset[Role]
    body: Any = None
    query: str = ""


LETTERS, EDITIONS = "/api/v1/desk/letters", "/api/v1/desk/editions"
LETTER_RULE, EDITION_RULE = f"{LETTERS}/<ref>", f"{EDITIONS}/<slug>"
REASON = "The writer rang."


def decision(word: str, who: frozenset[Role], **more: Any) -> Request:
    body = {"decision": word, "version": 1} | more
    return Request("POST", f"{LETTER_RULE}/decisions", who, body)


ASKED = [
    Request("GET", LETTERS, READERS),
    Request("GET", LETTERS, EDITORS, query="contacts=1"),
    Request("GET", LETTER_RULE, READERS),
    Request("GET", LETTER_RULE, EDITORS, query="contacts=1"),
    Request("PATCH", LETTER_RULE, READERS, {"version": 1, "headline": "Count"}),
    decision("shortlist", READERS),
    decision("approve", EDITORS),
    decision("approve", CHIEFS, override=REASON),
    decision("hold", EDITORS),
    decision("decline", EDITORS),
    decision("spike", EDITORS),
    decision("restore", EDITORS),
    decision("withdraw", EDITORS, reason=REASON),
    decision("kill", AFTER_PRINT, reason=REASON),
    decision("undo", READERS),  # of what they may do themselves
    Request(
        "POST", f"{LETTER_RULE}/verifications", EDITORS, {"method": "phone", "outcome": "denied"}
    ),
    Request("GET", f"{LETTERS}/export", MAKERS, query="format=text"),
    Request("GET", EDITIONS, READERS),
    Request("POST", EDITIONS, MAKERS, {"title": "We Hear You", "date": "2026-11-08"}),
    Request("GET", EDITION_RULE, READERS),
    Request("PATCH", EDITION_RULE, MAKERS, {"title": "We Hear You: Eggs"}),
    Request("PATCH", EDITION_RULE, MAKERS, {"state": "published"}),
    Request("PATCH", EDITION_RULE, CHIEFS, {"state": "published", "override": REASON}),
    Request("GET", f"{EDITION_RULE}/export", MAKERS, query="format=text"),
]


def rules(app: Flask) -> dict[tuple[str, str], str]:
    """Every route of the API: (method, rule) to endpoint."""
    return {
        (method, rule.rule): rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def paths(store: Store) -> dict[str, str]:
    """A fresh letter and a fresh edition to ask for."""
    return {
        "<ref>": a_letter(store).ref,
        "<slug>": an_edition(store, groups=[(None, [approved(store)])]).slug,
    }


def ask(program: Program, request: Request, paths: dict[str, str]) -> Any:
    path = request.rule.removeprefix("/api/v1")
    for name, value in paths.items():
        path = path.replace(name, value)
    return program.ask(request.method, f"{path}?{request.query}", request.body)


def named(request: Request) -> str:
    detail = request.query or " ".join(str(v) for v in (request.body or {}).values())
    return f"{request.method} {request.rule} {detail}".strip()


@ONE_ENGINE
def test_a_route_is_open_to_those_it_is_for(
    desk: Callable[[Role], Program], store: Store, subtests: pytest.Subtests
) -> None:
    programs = {role: desk(role) for role in Role}
    for request in ASKED:
        for role, program in programs.items():
            with subtests.test(request=named(request), role=role):
                answer = ask(program, request, paths(store))
                if role in request.who:
                    # Whether it works depends on the letter; that it is theirs to ask does not.
                    assert answer.status_code in (200, 201, 409), answer.text
                else:
                    assert answer.status_code == 403, answer.text
                    assert answer.content_type == "application/problem+json"


NO_TOKENS = [
    None, "Bearer", "Bearer why_wrong", "Bearer \x80\xff", "Basic d2h5OndoeQ==", "Token x",
    "Bearer " + "x" * 5000,
]  # fmt: skip


@ONE_ENGINE
def test_nobody_without_a_token_gets_further(
    client: Any, store: Store, subtests: pytest.Subtests
) -> None:
    program = Program(client, None)
    there = paths(store)
    for request in ASKED:
        for authorization in NO_TOKENS:
            with subtests.test(request=named(request), authorization=authorization):
                program.headers = {"Authorization": authorization} if authorization else {}
                answer = ask(program, request, there)
                assert answer.status_code == 401
                assert answer.content_type == "application/problem+json"
                assert answer.headers["WWW-Authenticate"] == "Bearer"


@ONE_ENGINE
def test_who_may_not_learns_nothing_of_what_is_there(
    client: Any, subtests: pytest.Subtests
) -> None:
    """A letter that is not there, a body that is wrong: without a token it is a 401 as well."""
    program = Program(client, None)
    for request in ASKED:
        path = request.rule.removeprefix("/api/v1")
        path = path.replace("<ref>", "WHY-00000").replace("<slug>", "x")
        with subtests.test(request=named(request)):
            assert program.ask(request.method, path, data=b"{").status_code == 401


@ONE_ENGINE
def test_every_route_is_in_the_matrix(app: Flask) -> None:
    asked = {(r.method, r.rule) for r in ASKED}
    assert set(rules(app)) == asked | OPEN


@ONE_ENGINE
def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    for (method, rule), endpoint in rules(app).items():
        if rule.endswith("openapi.json"):
            continue
        needs = declared(app.view_functions[endpoint]).needs
        assert (needs is None) == ((method, rule) in OPEN)
        if needs is not None:
            who = {role for role in Role if may(role, Deed(needs))}
            widest = set().union(*(r.who for r in ASKED if (r.method, r.rule) == (method, rule)))
            assert who >= widest


def test_a_revoked_token_is_dead(desk: Callable[[str], Program], store: Store, ref: str) -> None:
    from feedback.accounts import tokens

    program = desk("chief")
    assert program.get("/desk/letters").status_code == 200
    with store.work() as work:
        tokens.revoke(work.session, "program 1", work.now)
    assert program.get("/desk/letters").status_code == 401


@ONE_ENGINE
def test_a_log_in_is_no_token(log_in: Callable[[str], Any], ref: str) -> None:
    browser = log_in("chief")
    assert browser.get("/api/v1/desk/letters").status_code == 401


@ONE_ENGINE
def test_a_letter_needs_no_token_and_looks_at_none(client: Any, store: Store) -> None:
    program = Program(client, "why_wrong")
    assert program.post("/letters", LETTER).status_code == 201
    with store.read() as work:
        assert columns.first(work)
