"""`audit verify` finds every way in which a history is not as it was written."""

from contextlib import contextmanager

import pytest
from sqlalchemy import text

from feedback.domain.actor import Actor, ActorKind
from feedback.domain.event import EventKind
from feedback.domain.state import State
from feedback.store import audit, letters
from feedback.store.work import Keys, Store
from tests.factories import a_letter

ANN = Actor(ActorKind.EDITOR, "Ann Editor", 7)


@pytest.fixture
def letter(store, clock):
    """A letter with five lines of history."""
    made = a_letter(store, to=State.SHORTLISTED, why="Good point.")
    with store.work() as work:
        one = letters.by_ref(work, made.ref)
        one.record(EventKind.EDITED, ANN, work.now, None, {"cut": 3, "words": ["é", "“x”"]})
        one.move(State.HELD, ANN, work.now, "Later.")
        one.move(State.DECLINED, ANN, work.now, "not_chosen")
    return made


@contextmanager
def unguarded(store: Store):
    """The tables as somebody has them who goes around the program."""
    tables = ("event", "original")
    with store.engine.begin() as connection:
        if store.is_sqlite:
            found = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'")
            )
            for name in [row[0] for row in found]:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in tables:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield connection
        if not store.is_sqlite:
            for table in tables:
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def found(store):
    with store.read() as work:
        return audit.verify(work)


def test_whole_histories_are_whole(store, letter):
    others = [a_letter(store) for _ in range(3)]
    result = found(store)
    assert result.is_whole
    assert (result.letters, result.events) == (1 + len(others), 5 + len(others))


def test_an_empty_desk_is_whole(store):
    assert found(store).is_whole


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE event SET why = 'Bad point.' WHERE seq = 2", 2),
        ("UPDATE event SET why = NULL WHERE seq = 2", 2),
        ("""UPDATE event SET facts = '{"cut":4,"words":["é","“x”"]}' WHERE seq = 3""", 3),
        ("UPDATE event SET to_state = 'approved' WHERE seq = 2", 2),
        ("UPDATE event SET by_name = 'Bo Editor' WHERE seq = 4", 4),
        ("UPDATE event SET by_id = 8 WHERE seq = 4", 4),
        ("UPDATE event SET kind = 'noted' WHERE seq = 1", 1),
        ("UPDATE event SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1", 1),
        ("DELETE FROM event WHERE seq = 1", 1),
        ("DELETE FROM event WHERE seq = 3", 3),
        ("DELETE FROM event WHERE seq = 5", 4),
        ("DELETE FROM event", 0),
        ("DELETE FROM event WHERE seq = 3; UPDATE event SET seq = seq - 1 WHERE seq > 3", 3),
        (
            (
                "UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3;"
                " UPDATE event SET seq = 3 WHERE seq = 99"
            ),
            2,
        ),
        ("UPDATE letter SET chain_head = ''", 5),
        ("UPDATE letter SET event_count = 6", 5),
        ("UPDATE letter SET state = 'approved'", 5),
    ],
)
def test_what_was_changed_behind_the_desk_is_found(store, letter, change, seq):
    with unguarded(store) as connection:
        for one in change.split("; "):
            connection.exec_driver_sql(one)
    sound = a_letter(store)
    result = found(store)
    assert [(b.ref, b.seq) for b in result.broken] == [(letter.ref, seq)]
    assert result.letters == 2
    assert sound.ref not in {b.ref for b in result.broken}


def test_a_line_that_was_put_in_is_found(store, letter):
    with unguarded(store) as connection:
        connection.exec_driver_sql("UPDATE event SET seq = 6 WHERE seq = 5")
        columns = "letter_id, at, kind, by_kind, by_name, from_state, to_state, words_digest, hash"
        connection.exec_driver_sql(
            f"INSERT INTO event (seq, {columns}) SELECT 5, {columns} FROM event WHERE seq = 4"
        )
        connection.exec_driver_sql("UPDATE letter SET event_count = 6")
    assert [b.seq for b in found(store).broken] == [5]


def test_many_letters_are_walked_in_batches(store, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 2)
    made = [a_letter(store, to=State.HELD) for _ in range(5)]
    with unguarded(store) as connection:
        connection.exec_driver_sql("UPDATE letter SET chain_head = 'x'")
    told = []
    with store.read() as work:
        result = audit.verify(work, told.append)
    assert told == [2, 4, 5]
    assert sorted(b.ref for b in result.broken) == sorted(one.ref for one in made)


def test_another_secret_cannot_vouch_for_the_words(store, letter):
    stranger = Store(store.engine, Keys.of("another secret altogether"), store.clock)
    assert not found(stranger).is_whole


def test_the_history_goes_on_after_an_undo(store):
    made = a_letter(store, to=State.HELD, why="Later.")
    with store.work() as work:
        one = letters.by_ref(work, made.ref)
        last = letters.history(work, one.id)[-1]
        one.take_back(last, ANN, work.now)
    assert found(store).is_whole
