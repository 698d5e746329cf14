"""A transaction: all of it or nothing, and what a person is told when it fails."""

import logging
import threading
import traceback
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from feedback.accounts.models import Account
from feedback.domain.actor import Actor, ActorKind
from feedback.domain.errors import Refused, Stale, Unreachable
from feedback.domain.letter import Letter
from feedback.domain.presence import Pulse
from feedback.domain.state import State
from feedback.store import letters
from tests.factories import a_letter, an_account

ANN = Actor(ActorKind.EDITOR, "Ann Editor", 7)
only = pytest.mark.parametrize


def beats(store):
    with store.read() as work:
        return work.session.scalar(select(func.count()).select_from(Pulse))


def test_leaving_stores_everything(store, clock):
    with store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
        work.session.add(Pulse(name="two", at=work.now))
    with store.read() as work:
        assert [p.at for p in work.session.scalars(select(Pulse))] == [clock.now, clock.now]


def test_an_error_stores_nothing(store):
    with pytest.raises(ValueError, match="no"), store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
        work.session.flush()
        raise ValueError("no")
    assert beats(store) == 0


def test_what_is_owed_afterwards_happens_after_the_commit_alone(store):
    seen = []
    with store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
        work.afterwards(lambda: seen.append(beats(store)))
        assert seen == []
    assert seen == [1]
    with pytest.raises(ValueError), store.work() as work:
        work.afterwards(lambda: seen.append("never"))
        raise ValueError
    assert seen == [1]


def test_the_bell_rings_after_a_commit(store):
    store.bell.clear()
    with store.work():
        assert not store.bell.is_set()
    assert store.bell.is_set()


def test_a_time_without_a_zone_is_refused(store, clock):
    naive = clock.now.replace(tzinfo=None)
    with pytest.raises(Exception, match="without a zone"), store.work() as work:
        work.session.add(Pulse(name="one", at=naive))


def test_what_was_read_stays_readable(store):
    ref = a_letter(store).ref
    with store.read() as work:
        letter = letters.by_ref(work, ref)
    assert letter.original.remarks
    assert letter.column.name == "We Hear You"


def test_a_reader_sees_one_moment(store):
    a_letter(store)
    count = select(func.count()).select_from(Letter)
    with store.read() as work:
        assert work.session.scalar(count) == 1
        a_letter(store)
        assert work.session.scalar(count) == 1
    with store.read() as work:
        assert work.session.scalar(count) == 2


def test_reading_does_not_hold_up_writing(store):
    """A page that is read for long, in another thread, lets letters come in."""
    started, go_on = threading.Event(), threading.Event()

    def read_for_long():
        with store.read() as work:
            work.session.scalar(select(func.count()).select_from(Letter))
            started.set()
            go_on.wait(10)

    reader = threading.Thread(target=read_for_long)
    reader.start()
    started.wait(10)
    a_letter(store)
    go_on.set()
    reader.join()


@only("engine_name", ["postgresql"], indirect=True)
def test_a_reader_cannot_write(store):
    with pytest.raises(Unreachable), store.read() as work:
        work.session.execute(text("DELETE FROM pulse"))


@only("engine_name", ["sqlite"], indirect=True)
def test_a_transaction_inside_another_is_told_instead_of_waiting_for_ever(store):
    with store.work(), pytest.raises(RuntimeError, match="open in this thread"), store.work():
        pass
    with store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
    assert beats(store) == 1


# --- Two editors on one letter


def test_of_several_editors_one_wins_and_the_others_are_told(store):
    ref = a_letter(store).ref
    outcomes = []

    def decide(number):
        try:
            with store.work() as work:
                letter = letters.by_ref(work, ref, to_change=True)
                letter.expect(1)
                letter.move(
                    State.SHORTLISTED, Actor(ActorKind.EDITOR, f"E{number}", number), work.now
                )
            outcomes.append("done")
        except Stale as stale:
            outcomes.append(stale.version)

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [2, 2, 2, 2, 2, "done"]
    with store.read() as work:
        letter = letters.by_ref(work, ref)
        assert (letter.version, letter.event_count) == (2, 2)


@only("engine_name", ["postgresql"], indirect=True)
def test_a_letter_that_was_read_without_a_lock_is_not_overwritten(store):
    ref = a_letter(store).ref
    with pytest.raises(Stale) as told, store.work() as work:
        mine = letters.by_ref(work, ref)
        with store.work() as other:
            letters.by_ref(other, ref).move(State.HELD, ANN, other.now)
        mine.move(State.SHORTLISTED, ANN, work.now)
    assert told.value.version == 2
    with store.read() as work:
        assert letters.by_ref(work, ref).state is State.HELD


@only("engine_name", ["postgresql"], indirect=True)
def test_two_that_wait_for_each_other_are_told_to_look_again(store):
    first, second = a_letter(store).ref, a_letter(store).ref
    meet = threading.Barrier(2, timeout=10)
    outcomes = []

    def lock(*refs):
        try:
            with store.work() as work:
                letters.by_ref(work, refs[0], to_change=True)
                meet.wait()
                letters.by_ref(work, refs[1], to_change=True)
            outcomes.append("done")
        except Stale:
            outcomes.append("stale")

    threads = [
        threading.Thread(target=lock, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "stale"]


# --- The database fails


@only("engine_name", ["postgresql"], indirect=True)
def test_a_lost_connection_is_said_and_the_next_one_works(store):
    with pytest.raises(Unreachable), store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
        work.session.flush()
        work.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with pytest.raises(Unreachable), store.read() as work:
        work.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert beats(store) == 0


def test_a_broken_database_is_unreachable_not_a_crash(store):
    with pytest.raises(Exception) as told, store.read() as work:
        work.session.execute(text("SELECT * FROM nothing_of_the_kind"))
    assert isinstance(told.value, Unreachable) == store.is_sqlite  # PostgreSQL knows the difference


def test_text_that_is_no_text_is_refused(store):
    with pytest.raises(Refused), store.work() as work:
        work.session.add(Pulse(name="half a \ud800 pair", at=work.now))
    with pytest.raises(Refused), store.read() as work:
        work.session.scalar(select(Pulse).where(Pulse.name == "half a \ud800 pair"))


@only("engine_name", ["postgresql"], indirect=True)
@only("name", ["a NUL \x00 within", "x" * 200])
def test_text_that_postgresql_does_not_take_is_refused(store, name):
    with pytest.raises(Refused), store.work() as work:
        work.session.add(Pulse(name=name, at=work.now))


def test_no_error_quotes_what_was_to_be_stored(store, caplog):
    """Errors end up in logs; nobody's address does."""
    secret = "somebody.private@example.com"
    an_account(store, email=secret)
    with pytest.raises(IntegrityError) as told:
        an_account(store, email=secret)
    logging.getLogger("test").error("it failed", exc_info=told.value)
    assert "account" in str(told.value)
    assert secret not in str(told.value)
    assert secret not in "".join(traceback.format_exception(told.value))
    assert secret not in caplog.text
    with pytest.raises(IntegrityError) as told, store.work() as work:
        work.session.execute(
            Account.__table__.insert(), {"email": secret + "m", "name": "A", "role": "chief"}
        )
    assert secret not in "".join(traceback.format_exception(told.value))


def test_waiting_for_a_connection_ends(store, monkeypatch):
    from sqlalchemy.exc import TimeoutError as PoolIsEmpty

    def none_left(*_args, **_kwargs):
        raise PoolIsEmpty

    with monkeypatch.context() as patch, pytest.raises(Unreachable), store.read() as work:
        patch.setattr(store.engine.pool, "connect", none_left)
        work.session.scalar(select(1))


# --- What a commit promises


def test_sqlite_is_set_for_power_cuts(tmp_path):
    from feedback.store.engine import make_engine

    engine = make_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 10000,
    }


@only("engine_name", ["postgresql"], indirect=True)
def test_postgresql_waits_for_the_disk_whatever_the_server_says(store):
    with store.read() as work:
        assert work.session.scalar(text("SHOW synchronous_commit")) == "on"
        setting = text("SELECT setting FROM pg_settings WHERE name = 'synchronous_commit'")
        assert work.session.scalar(setting) == "on"


def test_the_clock_of_a_transaction_stands_still(store, clock):
    with store.work() as work:
        before = work.now
        clock.advance(timedelta(hours=1))
        assert work.now == before


def test_a_commit_that_fails_leaves_no_lock_behind(store):
    def full(_connection):
        raise OperationalError("COMMIT", {}, Exception("the disk is full"))

    event.listen(store.engine, "commit", full)
    with pytest.raises(Unreachable), store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
    event.remove(store.engine, "commit", full)
    with store.work() as work:
        work.session.add(Pulse(name="one", at=work.now))
    assert beats(store) == 1
