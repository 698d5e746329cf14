"""`feedback seed`: the example newsroom comes in by the doors of real letters."""

import json
from collections import Counter

from feedback.domain.owed_mail import MailState
from feedback.domain.state import State
from feedback.store import editions, mails
from feedback.store.work import Store
from tests.factories.letter import a_letter


def test_the_example_newsroom_has_everything_to_look_at(command, store: Store) -> None:
    loaded = command("seed")
    assert loaded.code == 0, loaded.err
    assert "Loaded 60 letters, 21 articles, 3 editions." in loaded.out
    assert loaded.out.count("Log in as chief@example.com") == 1

    rows = json.loads(command("letters", "list", "--json").out)
    assert len(rows) == 60
    assert set(Counter(row["state"] for row in rows)) == {state.value for state in State}
    assert any(row["article"] is None for row in rows)
    assert any(row["signature"]["withheld"] for row in rows)
    assert max(row["word_count"] for row in rows) > 250
    people = json.loads(command("users", "list", "--json").out)
    assert {p["role"] for p in people} == {"chief", "editor", "publisher", "reader_editor"}

    with store.read() as work:
        left = {mail.state for mail in mails.newest(work, limit=200)}
        assert left <= {MailState.SKIPPED, MailState.CANCELLED}, "nobody is mailed"
        assert len(editions.published(work)) == 2
        assert len(editions.drafts(work)) == 1
    assert command("audit", "verify").code == 0

    again = command("seed")
    assert (again.code, "already" in again.out) == (0, True)
    assert len(json.loads(command("letters", "list", "--json").out)) == 60


def test_a_newsroom_with_letters_of_its_own_is_left_alone(command, store: Store) -> None:
    a_letter(store)
    ran = command("seed")
    assert ran.code == 1
    assert len(json.loads(command("letters", "list", "--json").out)) == 1
