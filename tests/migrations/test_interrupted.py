"""A migration that is cut short leaves the old schema or the new one, never half of it."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event, text

from feedback.store.engine import make_engine
from feedback.store.migrate import differences, migrate
from feedback.store.revision import revision_of
from tests.fixtures_database import all_tables
from tests.migrations.test_schema import FOLDER, REVISIONS, drawn, up

HERE = Path(__file__).parents[2]


class PowerCut(Exception):
    """The machine stops here."""


def cut_at(engine, number):
    """Stop before the statement with that number; returns how many were begun."""
    begun = 0

    def count(*_args):
        nonlocal begun
        begun += 1
        if begun == number:
            raise PowerCut

    event.listen(engine, "before_cursor_execute", count)
    with suppress(PowerCut):
        up(engine)
    event.remove(engine, "before_cursor_execute", count)
    return begun


def test_cut_at_every_statement(empty_database, engine_name):
    whole = make_engine(empty_database())
    up(whole)
    finished = drawn(whole)
    whole.dispose()
    number, step = 1, 9 if engine_name == "sqlite" else 47
    while True:
        engine = make_engine(empty_database())
        begun = cut_at(engine, number)
        here = revision_of(engine)
        assert here in (None, *REVISIONS)
        with engine.connect() as connection:  # nothing of the revision that was cut is there
            at = [REVISIONS.index(here)] if here else []
            assert at == [] or connection.scalar(text('SELECT count(*) FROM "column"')) == 1
        up(engine)
        assert drawn(engine) == finished
        engine.dispose()
        if begun < number:
            break
        number += step
    assert number > 60, "the cuts did not reach into the revisions"


KILLED = """
import os, signal, sys
from sqlalchemy import event
from feedback.store.engine import make_engine
from tests.migrations.test_schema import up
engine = make_engine(sys.argv[1])
begun = 0
def count(*_args):
    global begun
    begun += 1
    if begun == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(engine, "before_cursor_execute", count)
up(engine)
"""


@pytest.mark.parametrize("number", [30, 70])
def test_killed_in_the_middle(empty_database, number):
    url = empty_database()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(number)],
        cwd=HERE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )
    assert done.returncode == -signal.SIGKILL
    engine = make_engine(url)
    up(engine)
    assert differences(engine, all_tables()) == []
    engine.dispose()


def test_several_at_once_take_turns(empty_database):
    url = empty_database()
    problems = []

    def one():
        engine = make_engine(url)
        try:
            migrate(engine, FOLDER, all_tables())
        except Exception as problem:
            problems.append(problem)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    engine = make_engine(url)
    assert differences(engine, all_tables()) == []
    with engine.connect() as connection:
        assert connection.scalar(text('SELECT count(*) FROM "column"')) == 1
    engine.dispose()
