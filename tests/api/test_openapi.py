"""The description of the API is valid, covers every endpoint, and every answer is as it says."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import TestResponse

from feedback.domain.article import Article
from feedback.export.formats import FORMATS
from feedback.intake.fields import LIMITS
from feedback.intake.recheck import recheck_new
from feedback.store.work import Store
from tests.api.asking import LETTER, Program
from tests.api.test_permissions import rules
from tests.factories.article import an_article
from tests.factories.letter import a_letter, approved

FILES = {"export_edition", "export_letters"}


@pytest.fixture
def document(sender: Program) -> dict[str, Any]:
    answer = sender.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    return answer.json


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def braces(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def test_it_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")


def test_every_endpoint_is_described_and_no_other(document: dict[str, Any], app: Flask) -> None:
    there = {(m, braces(r)) for m, r in rules(app) if not r.endswith("openapi.json")}
    assert {(m, p) for m, p, _o in operations(document)} == there


def test_the_manual_has_every_endpoint(document: dict[str, Any]) -> None:
    manual = (Path(__file__).parents[2] / "docs/api.md").read_text()
    for method, path, _operation in operations(document):
        assert f"{method} {path}" in manual


def test_operations_are_named_and_told_apart(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _m, _p, operation in operations(document)]
    assert len(names) == len(set(names))
    assert all(o["summary"].endswith(".") for _m, _p, o in operations(document))


def test_who_needs_a_token_is_told(document: dict[str, Any]) -> None:
    for _method, path, operation in operations(document):
        assert bool(operation["security"]) == ("/desk/" in path)
        assert ("401" in operation["responses"]) == ("/desk/" in path)


def test_proofs_are_not_there_yet(document: dict[str, Any], chief: Program, ref: str) -> None:
    assert not any("proofs" in path for path in document["paths"])
    assert chief.post(f"/desk/letters/{ref}/proofs", {}).status_code == 404


def test_lengths_are_those_of_the_rules(document: dict[str, Any]) -> None:
    letter = document["components"]["schemas"]["LetterSent"]["properties"]
    for name, most in LIMITS.items():
        if name != "standing":
            assert letter[name]["maxLength"] == most
    required = document["components"]["schemas"]["LetterSent"]["required"]
    assert set(required) == {"article", "remarks", "name", "email", "consent"}


def test_formats_are_those_that_there_are(document: dict[str, Any]) -> None:
    (parameter,) = (
        p
        for p in document["paths"]["/api/v1/desk/letters/export"]["get"]["parameters"]
        if p["name"] == "format"
    )
    assert parameter["schema"]["enum"] == list(FORMATS)
    assert parameter["required"] is True


def test_problems_that_a_program_can_act_upon_are_explained(
    document: dict[str, Any], chief: Program, ref: str
) -> None:
    kind = chief.decide(ref, "approve").json["type"]
    address, _hash, pointer = kind.partition("#")
    assert address.endswith("/api/v1/openapi.json")
    found: Any = document
    for part in pointer.strip("/").split("/"):
        found = found[part]
    assert found["title"]


# --- every answer


class Described:
    """Holds every answer against the description."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.seen: set[tuple[str, str]] = set()
        self.operations = {
            o["operationId"]: (re.compile(re.sub(r"\{\w+\}", "[^/]+", p) + r"\Z"), m, o)
            for m, p, o in operations(document)
        }

    def check(self, answer: TestResponse) -> TestResponse:
        """Raise where the answer is not as described."""
        asked = answer.request
        fitting = [
            (name, operation)
            for name, (path, method, operation) in self.operations.items()
            if method == asked.method and path.match(asked.path)
        ]
        name, operation = min(fitting, key=lambda one: one[0] not in FILES)
        self.seen.add((name, str(answer.status_code)))
        content = operation["responses"][str(answer.status_code)]["content"]
        media = content[answer.mimetype]["schema"]
        if "json" in answer.mimetype and name not in FILES:
            self._validate(media, answer.json)
        return answer

    def _validate(self, schema: dict[str, Any], told: Any) -> None:
        closed = self._closed(self._resolved(schema))
        Draft202012Validator(closed, format_checker=FormatChecker()).validate(told)

    def _resolved(self, schema: Any) -> Any:
        if isinstance(schema, list):
            return [self._resolved(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return self._resolved(self.document["components"]["schemas"][name])
        return {key: self._resolved(value) for key, value in schema.items()}

    def _closed(self, schema: Any) -> Any:
        """Nothing is told that is not described."""
        if isinstance(schema, list):
            return [self._closed(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        found = {key: self._closed(value) for key, value in schema.items()}
        if "properties" in schema and schema.get("type") == "object":
            found["additionalProperties"] = False
        return found


def test_every_answer_is_as_described(
    document: dict[str, Any],
    sender: Program,
    desk: Callable[[str], Program],
    store: Store,
    an_answered_article: Article,
) -> None:
    held = Described(document)
    check = held.check
    chief = desk("chief")
    nobody = Program(sender.client, None)
    reader = desk("reader_editor")
    an_article(store, "Working Group With Brussels")

    ref = check(sender.post("/letters", LETTER)).json["ref"]
    check(sender.post("/letters", {"name": 7}))
    check(sender.ask("POST", "/letters", data=b"{", content_type="application/json"))
    check(sender.ask("POST", "/letters", data=b"x", content_type="text/plain"))
    check(sender.post("/letters", LETTER | {"remarks": "a" * 300_000}))
    check(sender.get("/articles", q=LETTER["article"]))
    check(sender.get("/articles", q="working group with"))
    check(sender.get("/articles"))
    with store.work() as work:
        recheck_new(work)

    letter = f"/desk/letters/{ref}"
    for path in ("/desk/letters", letter, "/desk/editions"):
        check(chief.get(path))
        check(nobody.get(path))
    for path in ("/desk/letters", letter):
        check(chief.get(path, contacts="1"))
        check(reader.get(path, contacts="1"))
    check(chief.get("/desk/letters", limit="0"))
    check(chief.get("/desk/letters/WHY-00000"))
    check(chief.change(ref, headline="Count", edited="Meetings are cheap."))
    check(chief.change(ref, article="working group with"))
    check(chief.change(ref, name=7))
    check(chief.patch(letter, {"version": 1}))
    check(chief.patch("/desk/letters/WHY-00000", {"version": 1}))
    check(nobody.patch(letter, {"version": 1}))
    check(chief.ask("PATCH", letter, data=b"x"))
    check(chief.decide(ref, "approve"))
    check(chief.decide(ref, "hold", until="2026-12-01"))
    check(chief.decide(ref, "kill", reason="x"))
    check(chief.decide(ref, "nonsense"))
    check(reader.decide(ref, "approve"))
    check(chief.verify(ref))
    check(reader.verify(ref))
    check(chief.verify(ref, "maybe"))
    check(chief.decide(ref, "approve", override="Known."))

    check(chief.post("/desk/editions", {"title": "T", "date": "2026-11-08", "slug": "bar"}))
    check(chief.post("/desk/editions", {"title": "T", "date": "today"}))
    check(reader.post("/desk/editions", {"title": "T", "date": "2026-11-08"}))
    edition = "/desk/editions/bar"
    unready = a_letter(store).ref
    check(chief.patch(edition, {"sections": [{"letters": [unready]}]}))
    denied = approved(store).ref
    check(chief.patch(edition, {"sections": [{"subhead": "S", "letters": [ref, denied]}]}))
    check(chief.verify(denied, "denied"))
    check(chief.patch(edition, {"state": "published"}))
    check(chief.patch(edition, {"state": "published", "override": "Known."}))
    check(chief.get(edition))
    check(chief.get("/desk/editions"))
    check(chief.get("/desk/editions/none"))
    check(chief.get(letter))
    for name in FORMATS:
        check(chief.get(f"{edition}/export", format=name))
        check(chief.get("/desk/letters/export", format=name, state="received"))
    check(chief.get(f"{edition}/export", format="exe"))
    check(reader.get(f"{edition}/export", format="text"))

    done = {name for name, status in held.seen if status in ("200", "201")}
    assert done == set(held.operations)
