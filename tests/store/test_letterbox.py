"""The letterbox: no letter lost, none twice, nobody answered before the disk has it."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from feedback.domain.actor import WRITER
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.link import Link, Purpose
from feedback.domain.original import Contact, Original
from feedback.domain.owed_mail import OwedMail
from feedback.domain.state import State
from feedback.intake import receive as intake
from feedback.intake.article_match import ArticleMatch
from feedback.intake.receive import House, receive, rows_of
from feedback.store import columns, letterbox, letters, links
from feedback.store.letterbox import Letterbox, ReferenceTaken
from feedback.store.work import Store
from tests.factories import a_letter, a_submission

OF_A_LETTER = (Letter, Original, Contact, Event, Link, OwedMail)


@pytest.fixture
def box(store):
    return Letterbox(store)


@pytest.fixture
def house(store):
    with store.read() as work:
        return House.of(columns.first(work))


@pytest.fixture
def rows(store, house):
    """`rows(ref, key=…)`: all rows of one letter."""

    def make(ref="WHY-AAAA1", **fields):
        submission = a_submission(**fields)
        now = store.clock()
        return rows_of(
            store.keys, house, submission, ArticleMatch(), now, ref, by=WRITER, mails=True
        )

    return make


def counts(store):
    """How many rows each table of a letter has: letters are stored whole."""
    with store.read() as work:
        return {work.session.scalar(select(func.count()).select_from(t)) for t in OF_A_LETTER}


@contextmanager
def failing(store, when="commit"):
    """A database whose disk is full."""

    def full(*_args):
        raise OperationalError("COMMIT", {}, Exception("the disk is full"))

    event.listen(store.engine, when, full)
    try:
        yield
    finally:
        event.remove(store.engine, when, full)


def together(calls):
    """Run them at once, each in its own thread; their results or errors, in order."""
    results = [None] * len(calls)

    def run(number, call):
        try:
            results[number] = call()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


# --- One letter


def test_a_letter_is_stored_whole(store, box, rows):
    taken = box.post(rows("WHY-AAAA1", key="k1"))
    assert (taken.ref, taken.was_known, taken.state) == ("WHY-AAAA1", False, State.RECEIVED)
    assert counts(store) == {1}
    with store.read() as work:
        letter = letters.by_ref(work, "WHY-AAAA1")
        assert letter.id == taken.letter_id
        assert letter.original.remarks == a_submission().remarks
        assert letter.contact.email == "jane@example.com"
        assert letter.received_at == letter.original.received_at == store.clock()
        assert links.letter_behind(work, Purpose.STATUS, links.status_token(store.keys, taken))


def test_what_the_fast_way_stores_is_what_the_slow_way_would(store, box, rows):
    """Each value goes through its column's own type: enums, moments, JSON, days."""
    given = rows("WHY-AAAA1", key="k1", is_trapped=True)
    box.post(given)
    with store.read() as work:
        for table in letterbox.TABLES:
            stored = work.session.execute(select(table)).mappings().all()
            for row, kept in zip(given.get(table.name, []), stored, strict=True):
                assert {name: kept[name] for name in row} == dict(row)


# --- The same letter again


def test_the_same_key_again_is_the_same_letter(store, box, rows, clock):
    first = box.post(rows("WHY-AAAA1", key="k1"))
    clock.advance(timedelta(days=3))
    with store.work() as work:
        letters.by_ref(work, first.ref).move(State.SPIKED, WRITER, work.now)
    again = box.post(rows("WHY-AAAA2", key="k1"))
    assert again == first._replace(was_known=True)
    assert counts(store) >= {1}
    with store.read() as work:
        assert work.session.scalar(select(func.count()).select_from(Letter)) == 1


def test_another_letter_under_a_used_key_is_refused(store, box, rows):
    box.post(rows("WHY-AAAA1", key="k1"))
    with pytest.raises(Refused) as told:
        box.post(rows("WHY-AAAA2", key="k1", remarks="Something else."))
    assert told.value.kind == "key_reused"
    assert counts(store) == {1}


def test_letters_without_a_key_are_never_the_same(store, box, rows):
    box.post_all([rows(f"WHY-AAAA{n}") for n in range(5)])
    assert counts(store) == {5}


def test_the_same_key_twice_in_one_batch(store, box, rows):
    results = box.post_all(
        [
            rows("WHY-AAAA1", key="k1"),
            rows("WHY-AAAA2", key="k2"),
            rows("WHY-AAAA3", key="k1"),
            rows("WHY-AAAA4", key="k1", remarks="Something else."),
        ]
    )
    assert [(r.ref, r.was_known) for r in results[:3]] == [
        ("WHY-AAAA1", False),
        ("WHY-AAAA2", False),
        ("WHY-AAAA1", True),
    ]
    assert isinstance(results[3], Refused)
    assert counts(store) == {2}


def test_a_batch_with_letters_that_are_known_already(store, box, rows):
    box.post(rows("WHY-AAAA1", key="k1"))
    results = box.post_all([rows(f"WHY-BBBB{n}", key=f"k{n}") for n in range(4)])
    assert [r.was_known for r in results] == [False, True, False, False]
    assert results[1].ref == "WHY-AAAA1"
    assert counts(store) == {4}


def test_a_double_click_from_many_windows_makes_one_letter(store, box, rows):
    sets = [rows(f"WHY-AAA{n:02}", key="k1") for n in range(16)]
    results = together([lambda s=s: box.post(s) for s in sets])
    assert len({r.ref for r in results}) == 1
    assert sorted(r.was_known for r in results) == [False] + [True] * 15
    assert counts(store) == {1}


# --- A reference that is taken


def test_a_taken_reference_is_told_and_hurts_nobody_else(store, box, rows):
    box.post(rows("WHY-AAAA1"))
    results = box.post_all([rows("WHY-BBBB1"), rows("WHY-AAAA1"), rows("WHY-BBBB2", key="k")])
    assert [type(r).__name__ for r in results] == ["Taken", "ReferenceTaken", "Taken"]
    assert counts(store) == {3}


def test_a_taken_number_is_told_as_well(store, box, rows):
    mine = rows("WHY-AAAA1")
    box.post(mine)
    with pytest.raises(ReferenceTaken):
        box.post({**mine, "letter": [{**mine["letter"][0], "ref": "WHY-AAAA2"}]})


def test_receiving_draws_another_reference(store, box, house, monkeypatch):
    ref = a_letter(store).ref
    drawn = iter([ref, ref, "WHY-ZZZZZ"])
    monkeypatch.setattr(intake, "new_reference", lambda *_args: next(drawn))
    now = store.clock()
    taken = receive(box, store.keys, house, a_submission(), ArticleMatch(), now)
    assert taken.ref == "WHY-ZZZZZ"


# --- A letter that the database does not take


BAD = [
    pytest.param({"name": "half a \ud800 pair"}, ("sqlite", "postgresql"), id="surrogate"),
    pytest.param({"remarks": "a NUL \x00"}, ("postgresql",), id="nul"),
    pytest.param({"town": "x" * 101}, ("postgresql",), id="too long"),
]


@pytest.mark.parametrize(("field", "engines"), BAD)
def test_a_bad_letter_hurts_itself_alone(store, box, rows, engine_name, field, engines):
    results = box.post_all([rows("WHY-AAAA1"), rows("WHY-AAAA2", **field), rows("WHY-AAAA3")])
    refused = engine_name in engines
    assert isinstance(results[1], Refused) == refused
    assert [r.ref for r in (results[0], results[2])] == ["WHY-AAAA1", "WHY-AAAA3"]
    assert counts(store) == {2 if refused else 3}


def test_a_letter_to_an_unknown_column_is_not_stored_half(store, box, rows):
    bad = rows("WHY-AAAA1")
    bad = {**bad, "letter": [{**bad["letter"][0], "column_id": 99}]}
    results = box.post_all([bad, rows("WHY-AAAA2")])
    assert isinstance(results[0], Exception)
    assert results[1].ref == "WHY-AAAA2"
    assert counts(store) == {1}


# --- The database fails


def test_nobody_is_answered_when_the_commit_fails(store, box, rows):
    with failing(store):
        results = together([lambda n=n: box.post(rows(f"WHY-AAAA{n}")) for n in range(6)])
    assert all(isinstance(r, Unreachable) for r in results)
    assert counts(store) == {0}
    assert box.post(rows("WHY-AAAA1")).ref == "WHY-AAAA1"


def test_a_repeat_after_a_failure_is_stored(store, box, rows):
    with failing(store), pytest.raises(Unreachable):
        box.post(rows("WHY-AAAA1", key="k1"))
    assert not box.post(rows("WHY-AAAA2", key="k1")).was_known
    assert counts(store) == {1}


def test_a_database_that_is_away_is_told(store, box, rows):
    def gone(*_args):
        raise OperationalError("CONNECT", {}, Exception("connection refused"))

    event.listen(store.engine, "engine_connect", gone)
    with pytest.raises(Unreachable):
        box.post(rows("WHY-AAAA1"))
    event.remove(store.engine, "engine_connect", gone)
    assert box.post(rows("WHY-AAAA1")).ref == "WHY-AAAA1"


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_in_the_middle(store, box, rows):
    """The server goes away between two tables: nothing is stored, the next letter is."""

    def cut(connection):
        connection.exec_driver_sql(
            "SELECT set_config('idle_in_transaction_session_timeout','1',false)"
        )
        threading.Event().wait(0.1)

    event.listen(store.writing, "begin", cut)
    with pytest.raises(Unreachable):
        box.post(rows("WHY-AAAA1"))
    event.remove(store.writing, "begin", cut)
    assert counts(store) == {0}
    assert box.post(rows("WHY-AAAA1")).ref == "WHY-AAAA1"


# --- Many at once


def held_up(store):
    """Makes the first commit wait until told, so that a line forms behind it."""
    first, go_on = threading.Event(), threading.Event()

    def wait(_connection):
        if not first.is_set():
            first.set()
            go_on.wait(30)

    event.listen(store.engine, "commit", wait)
    return first, go_on, lambda: event.remove(store.engine, "commit", wait)


def test_those_who_wait_share_a_commit(store, box, rows):
    box._free_leaders = 1  # PostgreSQL has more; here one is held up, all others wait
    first, go_on, done = held_up(store)
    commits = []

    def count(connection):
        commits.append(connection)

    event.listen(store.engine, "commit", count)
    sets = [rows(f"WHY-AAA{n:02}") for n in range(31)]
    results = []
    threads = [threading.Thread(target=lambda s=s: results.append(box.post(s).ref)) for s in sets]
    threads[0].start()
    assert first.wait(30)
    for thread in threads[1:]:
        thread.start()
    for _ in range(2000):
        if len(box._line) == 30:
            break
        threading.Event().wait(0.005)
    assert results == []  # nobody was answered
    go_on.set()
    for thread in threads:
        thread.join(30)
    event.remove(store.engine, "commit", count)
    done()
    assert len(results) == 31
    assert len(commits) == 2
    assert counts(store) == {31}


def test_a_long_line_is_taken_in_batches(store, box, rows, monkeypatch):
    monkeypatch.setattr(letterbox, "BATCH", 3)
    sets = [rows(f"WHY-AAA{n:02}") for n in range(40)]
    results = together([lambda s=s: box.post(s).ref for s in sets])
    assert sorted(results) == [s["letter"][0]["ref"] for s in sets]
    assert counts(store) == {40}
    assert box._free_leaders > 0


def test_after_a_failure_the_line_goes_on(store, box, rows, monkeypatch):
    monkeypatch.setattr(letterbox, "BATCH", 2)
    with failing(store):
        results = together([lambda n=n: box.post(rows(f"WHY-AAA{n:02}")) for n in range(20)])
    assert {type(r) for r in results} == {Unreachable}
    assert box._free_leaders > 0
    assert box.post(rows("WHY-AAA99")).ref == "WHY-AAA99"


def test_two_processes_with_the_same_letters(store, rows):
    """Each key is one letter, whoever of the two is first; nobody is told of a deadlock."""
    sets = [[rows(f"WHY-{who}{n:04}", key=f"k{n}") for n in range(24)] for who in "AB"]
    boxes = [Letterbox(Store(store.engine, store.keys, store.clock)) for _ in sets]
    sets[1].reverse()
    calls = [lambda b=b, s=s: b.post(s) for b, some in zip(boxes, sets, strict=True) for s in some]
    results = together(calls)
    assert [r for r in results if isinstance(r, Exception)] == []
    assert sum(not r.was_known for r in results) == 24
    assert counts(store) == {24}


def test_desk_and_letterbox_take_turns(store, box, rows):
    ref = a_letter(store).ref

    def decide():
        with store.work() as work:
            letter = letters.by_ref(work, ref, to_change=True)
            letter.move(State.RECEIVED, WRITER, work.now)

    posts = [lambda n=n: box.post(rows(f"WHY-AAA{n:02}")).ref for n in range(20)]
    results = together([call for n in range(20) for call in (posts[n], decide)])
    assert [r for r in results if isinstance(r, Exception)] == []
    with store.read() as work:
        assert letters.by_ref(work, ref).event_count == 21
