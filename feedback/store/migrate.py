"""The schema: bring a database to the newest revision, or say whether it is there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

from feedback.domain.errors import Refused
from feedback.store.engine import IMMEDIATE
from feedback.store.revision import revision_of

LOCK = 0x5745_4845_4152  # PostgreSQL's advisory lock of whoever migrates
EMPTY = "base"  # the name of the state before the first revision
# Made by migrations alone, since only one of the engines has them.
ONE_ENGINE = {("column", "words"), ("index", "ix_letter_search_words")}
ONE_ENGINE |= {("index", "ix_article_search_words")}


def migrate(engine: Engine, folder: Path, metadata: list[MetaData], to: str = "head") -> None:
    """Bring the schema up to `to` (or down, where it lies below), each revision in one transaction.

    Safe to interrupt and to run again, and in several processes at once: they take turns, and
    whoever comes later finds the work done. Before anything changes in an SQLite file that
    holds a schema, a checked copy of it is put beside it (`….at-REVISION.bak`). Raises Refused
    where the database was made by a newer version of the program.
    """
    config = _config(folder)
    config.attributes["metadata"] = metadata
    scripts = ScriptDirectory.from_config(config)
    copies = revision_of(engine) is not None
    while _step(engine, config, scripts, to, copies=copies):
        copies = False


def newest_revision(folder: Path) -> str | None:
    """The revision that this version of the program needs."""
    return ScriptDirectory.from_config(_config(folder)).get_current_head()


def differences(engine: Engine, metadata: list[MetaData]) -> list[str]:
    """What models and database disagree about, in words; empty where they agree."""
    own = {name for m in metadata for name in m.tables}

    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return name in own if kind == "table" else (kind, name) not in ONE_ENGINE

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_ours}
        )
        drawn = cast("MetaData", metadata)  # it takes several, its types do not say so
        return [str(d) for d in compare_metadata(context, drawn)]


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _step(
    engine: Engine, config: Config, scripts: ScriptDirectory, to: str, *, copies: bool
) -> bool:
    """One revision towards `to`, in a transaction of its own; False once there."""
    with _locked(engine) as connection:
        here = MigrationContext.configure(connection).get_current_revision()
        after = _next_revision(scripts, here, to)
        if after is None:
            return False
        up = after != EMPTY and (here is None or scripts.get_revision(here).down_revision != after)
        if copies and here is not None:
            _keep_copy(engine, here)
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, after)
        if engine.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise Refused(f"The change to {after} orphans rows of “{broken[0]}”.")
        connection.commit()
    return True


def _next_revision(scripts: ScriptDirectory, here: str | None, to: str) -> str | None:
    """The revision beside `here` on the way to `to`; None where they are the same."""
    line = [EMPTY, *(s.revision for s in reversed(list(scripts.walk_revisions())))]
    goal = line[-1] if to == "head" else to
    if (here or EMPTY) not in line:
        raise Refused(f"This database was made by a newer version (its revision is {here}).")
    if goal not in line:
        raise Refused(f"There is no revision {to}.")
    now, then = line.index(here or EMPTY), line.index(goal)
    return None if now == then else line[now + (1 if then > now else -1)]


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that no other migration runs beside.

    On SQLite foreign keys are off in it: a table that is built anew is dropped for a moment.
    """
    on_sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(**{IMMEDIATE: True}).connect() as connection:
        raw: Any = connection.connection.driver_connection
        if on_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            if on_sqlite:
                connection.execute(text("SELECT 1"))  # begins, which takes the write lock
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            yield connection
        finally:
            connection.rollback()
            if on_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def _keep_copy(engine: Engine, revision: str) -> None:
    """A checked copy of an SQLite file beside it; whole under its name, or not there at all."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or not Path(file).is_file():
        return
    copy = Path(f"{file}.at-{revision}.bak")
    half = copy.with_suffix(f".{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(half)) as target:
            source.backup(target)
            verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise Refused(f"The database is damaged, nothing was changed: {verdict}")
        with half.open("rb") as written:
            os.fsync(written.fileno())
        half.replace(copy)
    finally:
        half.unlink(missing_ok=True)
