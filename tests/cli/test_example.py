"""`feedback seed`: the example newsroom comes in by the doors of real letters."""

import json
from collections import Counter

import pytest

from feedback.domain.owed_mail import MailState
from feedback.domain.state import State
from feedback.store import editions, mails
from feedback.store.work import Store
from tests.factories.letter import a_letter


@pytest.fixture
def loaded(command):
    ran = command("seed")
    assert ran.code == 0, ran.err
    return ran


def test_there_are_letters_in_every_state(command, loaded) -> None:
    assert "Loaded 60 letters, 21 articles, 3 editions." in loaded.out
    rows = json.loads(command("letters", "list", "--json").out)
    states = Counter(row["state"] for row in rows)
    assert set(states) == {state.value for state in State}
    assert len(rows) == 60
    assert any(row["article"] is None for row in rows)
    assert any(row["signature"]["withheld"] for row in rows)
    assert max(row["word_count"] for row in rows) > 250
    people = json.loads(command("users", "list", "--json").out)
    assert {p["role"] for p in people} == {"chief", "editor", "publisher", "reader_editor"}
    assert loaded.out.count("Log in as chief@example.com") == 1


def test_the_history_of_the_example_holds(command, loaded) -> None:
    assert command("audit", "verify").code == 0


def test_nobody_is_mailed(store: Store, loaded) -> None:
    with store.read() as work:
        left = {mail.state for mail in mails.newest(work, limit=200)}
    assert left <= {MailState.SKIPPED, MailState.CANCELLED}


def test_two_editions_are_out_and_one_is_made(store: Store, loaded) -> None:
    with store.read() as work:
        assert len(editions.published(work)) == 2
        assert len(editions.drafts(work)) == 1


def test_twice_adds_nothing(command, loaded) -> None:
    again = command("seed")
    assert again.code == 0
    assert "already" in again.out
    assert len(json.loads(command("letters", "list", "--json").out)) == 60


def test_a_newsroom_with_letters_of_its_own_is_left_alone(command, store: Store) -> None:
    a_letter(store)
    ran = command("seed")
    assert ran.code == 1
    assert len(json.loads(command("letters", "list", "--json").out)) == 1
