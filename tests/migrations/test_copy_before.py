"""Before an SQLite file is changed, a checked copy of it lies beside it."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from feedback.domain.errors import Refused
from feedback.store.engine import make_engine
from feedback.store.revision import revision_of
from tests.migrations.test_schema import up

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def engine(empty_database):
    made = make_engine(empty_database())
    yield made
    made.dispose()


def copies(engine):
    from pathlib import Path

    file = Path(engine.url.database)
    return sorted(p.name.removeprefix(file.name) for p in file.parent.glob(file.name + ".*"))


def test_a_new_database_needs_no_copy(engine):
    up(engine)
    assert [c for c in copies(engine) if c.endswith((".bak", ".part"))] == []


def test_the_copy_holds_what_was_there(engine):
    up(engine, "0002")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO pulse (name, at) VALUES ('w', '2026-11-09')"))
    up(engine)
    copy = engine.url.database + ".at-0002.bak"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0002",)
        ]
        assert connection.execute("SELECT name FROM pulse").fetchall() == [("w",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_later_try_takes_the_newer_copy(engine):
    up(engine, "0002")
    up(engine)
    up(engine, "0002")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO pulse (name, at) VALUES ('late', '2026-11-09')"))
    up(engine)
    with closing(sqlite3.connect(engine.url.database + ".at-0002.bak")) as connection:
        assert connection.execute("SELECT name FROM pulse").fetchall() == [("late",)]


def test_the_newest_schema_is_not_copied(engine):
    up(engine)
    before = copies(engine)
    up(engine)
    assert copies(engine) == before


def test_nothing_is_changed_where_the_copy_cannot_be_made(engine, monkeypatch):
    from feedback.store import migrate

    up(engine, "0002")

    def full(*_args):
        raise Refused("The disk is full.")

    monkeypatch.setattr(migrate, "_keep_copy", full)
    with pytest.raises(Refused):
        up(engine)
    assert revision_of(engine) == "0002"


def test_foreign_keys_hold_again_afterwards(engine):
    up(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
