"""How a program asks the API: paths under /api/v1, JSON bodies, a bearer token."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LETTER = {
    "article": "https://news.example.com/2026/11/06/working-group-with-beijing",
    "remarks": "Meetings are cheap. I would judge this working group by its seizures.",
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "state": "WA",
    "country": "US",
    "email": "jane@example.com",
    "consent": True,
}
# For tables of what is refused before any database is asked.
ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


class Program:
    """Somebody's program."""

    def __init__(self, client: FlaskClient, token: str | None) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        """Ask; `more` goes to Flask's test client."""
        headers = {**self.headers, **more.pop("headers", {})}
        if body is not None:
            more["json"] = body
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    def get(self, path: str, **query: Any) -> TestResponse:
        """Read; `query` becomes the query string."""
        return self.ask("GET", path, query_string=query)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        """Send."""
        return self.ask("POST", path, body, headers=headers)

    def patch(self, path: str, body: Any) -> TestResponse:
        """Change."""
        return self.ask("PATCH", path, body)

    def letter(self, ref: str) -> dict[str, Any]:
        """The record of a letter."""
        answer = self.get(f"/desk/letters/{ref}")
        assert answer.status_code == 200, answer.text
        return answer.json

    def change(self, ref: str, **fields: Any) -> TestResponse:
        """Change a letter from its present version."""
        return self.patch(f"/desk/letters/{ref}", {"version": self.letter(ref)["version"]} | fields)

    def decide(self, ref: str, decision: str, **more: Any) -> TestResponse:
        """Decide from the present version."""
        version = self.letter(ref)["version"]
        body = {"decision": decision, "version": version} | more
        return self.post(f"/desk/letters/{ref}/decisions", body)

    def verify(self, ref: str, outcome: str = "confirmed", **more: Any) -> TestResponse:
        """Record that the writer was rung up."""
        body = {"method": "phone", "outcome": outcome, "note": "rang back"} | more
        return self.post(f"/desk/letters/{ref}/verifications", body)

    def approve(self, ref: str) -> TestResponse:
        """Verify, then approve."""
        assert self.verify(ref).status_code == 201
        return self.decide(ref, "approve")


def kind(answer: TestResponse) -> str:
    """Last part of a problem's type."""
    assert answer.content_type == "application/problem+json", answer.text
    return answer.json["type"].rpartition("/")[2]


def wrong_fields(answer: TestResponse) -> dict[str, str]:
    """What is wrong: field to code."""
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    return {e["field"]: e["code"] for e in answer.json["errors"]}
