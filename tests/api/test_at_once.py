"""Several programs at the same moment: one wins, the others are told the truth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from feedback.api.present_version import telling_present_version
from feedback.domain.errors import Stale
from feedback.store import letters
from feedback.store.work import Store
from tests.api.asking import LETTER, Program, kind

AT_ONCE = 8


def all_at_once(app: Flask, token: str | None, ask: Callable[[Program], Any]) -> list[Any]:
    """What several programs, each with its own connection, were answered."""
    programs = [Program(app.test_client(), token) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, programs))


def test_one_key_sent_many_times_is_one_letter(app: Flask, store: Store) -> None:
    def send(program: Program) -> TestResponse:
        return program.post("/letters", LETTER, **{"Idempotency-Key": "drawn once"})

    answers = all_at_once(app, None, send)

    assert [a.status_code for a in answers] == [201] * AT_ONCE
    assert all(a.json == answers[0].json for a in answers)
    with store.read() as work:
        assert len(letters.page(work, letters.LetterFilter()).rows) == 1


def test_one_of_many_decisions_counts(
    app: Flask, token: Callable[[str], str], chief: Program, ref: str
) -> None:
    body = {"decision": "shortlist", "version": 1}

    def decide(program: Program) -> TestResponse:
        return program.post(f"/desk/letters/{ref}/decisions", body)

    answers = all_at_once(app, token("editor"), decide)

    assert sorted(a.status_code for a in answers) == [200, *[409] * (AT_ONCE - 1)]
    for answer in answers:
        if answer.status_code == 409:
            assert (kind(answer), answer.json["version"]) == ("stale", 2)
    assert chief.letter(ref)["version"] == 2


def test_editions_made_at_once_are_told_apart(app: Flask, token: Callable[[str], str]) -> None:
    def make(program: Program) -> TestResponse:
        return program.post("/desk/editions", {"title": "We Hear You", "date": "2026-11-08"})

    answers = all_at_once(app, token("editor"), make)

    assert [a.status_code for a in answers] == [201] * AT_ONCE
    assert len({a.json["slug"] for a in answers}) == AT_ONCE


def test_looks_at_contacts_and_edits_do_not_get_in_each_others_way(
    app: Flask, token: Callable[[str], str], chief: Program, ref: str
) -> None:
    def look(program: Program) -> TestResponse:
        return program.get(f"/desk/letters/{ref}", contacts="1")

    answers = all_at_once(app, token("editor"), look)

    assert [a.status_code for a in answers] == [200] * AT_ONCE
    assert chief.change(ref, headline="Count").status_code == 200


def test_a_lost_race_is_told_the_version_that_won(app: Flask, chief: Program, ref: str) -> None:
    chief.decide(ref, "shortlist")

    def lose() -> None:
        with telling_present_version(lambda work: letters.by_ref(work, ref).version):
            raise Stale("Somebody else saved this in the meantime.", 0)

    with app.app_context(), pytest.raises(Stale) as lost:
        lose()
    assert lost.value.version == 2
