"""The engine: SQLite beside the program, or PostgreSQL."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from feedback.store.trouble import hush

IMMEDIATE = "begin_immediate"  # execution option: this connection is going to write


def make_engine(url: str) -> Engine:
    """An engine for a database URL, set so that a commit is on disk when it returns.

    SQLite: write-ahead log with `synchronous=FULL`, foreign keys on, `BEGIN IMMEDIATE` for
    writers (a read transaction that turns into a write one could fail half way). PostgreSQL:
    `synchronous_commit` on, whatever the server's own default is. No error quotes a row.
    """
    if url.startswith("sqlite"):
        engine = create_engine(
            url, pool_size=40, max_overflow=40, pool_timeout=10, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url,
        pool_size=10,
        max_overflow=30,
        pool_pre_ping=True,
        pool_timeout=10,
        hide_parameters=True,
        connect_args={"options": "-c synchronous_commit=on", "connect_timeout": 5},
    )
    event.listen(engine, "handle_error", hush)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=10000",  # first: what follows may have to wait for another process
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-4000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
