"""Whatever goes wrong below /api/ is told as a problem document, and never as a page."""

from collections.abc import Callable

import pytest
from flask import Flask

from feedback.config import Settings
from feedback.newsroom import Newsroom
from tests.api.asking import LETTER, ONE_ENGINE, Program

pytestmark = ONE_ENGINE


def check(answer, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["type"] == "about:blank"
    assert answer.json["title"]
    assert "<" not in answer.text


def test_addresses_that_are_not_there(sender: Program, subtests: pytest.Subtests) -> None:
    for path in ("/", "/nothing", "/letters/x", "/desk", "/desk/nothing", "/%00", "/%ff", "/../x"):
        for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            with subtests.test(path=path, method=method):
                check(sender.ask(method, path), 404)
    check(sender.client.get("/api/v2/letters"), 404)


def test_methods_that_do_not_work_there(
    sender: Program, chief: Program, ref: str, subtests: pytest.Subtests
) -> None:
    for program, method, path, allowed in [
        (sender, "GET", "/letters", {"POST", "OPTIONS"}),
        (sender, "PUT", "/letters", {"POST", "OPTIONS"}),
        (sender, "POST", "/articles", {"GET", "HEAD", "OPTIONS"}),
        (chief, "DELETE", f"/desk/letters/{ref}", {"GET", "HEAD", "PATCH", "OPTIONS"}),
        (chief, "GET", f"/desk/letters/{ref}/decisions", {"POST", "OPTIONS"}),
        (chief, "DELETE", "/desk/editions", {"GET", "HEAD", "POST", "OPTIONS"}),
    ]:
        with subtests.test(method=method, path=path):
            answer = program.ask(method, path)
            check(answer, 405)
            assert set(answer.headers["Allow"].split(", ")) == allowed


def test_a_host_that_is_not_ours(sender: Program) -> None:
    check(sender.ask("GET", "/articles?q=x", headers={"Host": "evil.test"}), 400)


def test_links_are_made_of_the_configured_address_alone(sender: Program) -> None:
    forged = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https"}
    answer = sender.post("/letters", LETTER, **forged)
    assert answer.json["status_url"].startswith("http://localhost/letters/")


def test_too_many_letters(newsroom: Newsroom, settings: Settings) -> None:
    from dataclasses import replace

    from feedback.app import create_app

    limited = Newsroom(replace(settings, limits="strict"), newsroom.store, newsroom.letterbox)
    app = create_app(limited)
    program = Program(app.test_client(), None)
    statuses = [program.post("/letters", LETTER).status_code for _ in range(31)]
    assert statuses == [201] * 30 + [429]
    answer = program.post("/letters", LETTER)
    check(answer, 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_what_breaks_is_told_without_a_trace(app: Flask, client) -> None:
    def broken() -> str:
        raise RuntimeError("secret detail")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/api/v1/broken", "broken", broken)
    answer = client.get("/api/v1/broken")
    check(answer, 500)
    assert "secret" not in answer.text


def test_answers_with_letters_are_kept_in_no_cache(
    chief: Program, ref: str, desk: Callable[[str], Program]
) -> None:
    for path in ("/desk/letters", f"/desk/letters/{ref}", f"/desk/letters/{ref}?contacts=1"):
        assert "no-store" in chief.ask("GET", path).headers["Cache-Control"]
    assert "no-store" in chief.ask("GET", "/desk/letters?limit=0").headers["Cache-Control"]
