"""Is the database fit to keep letters: what `feedback doctor` asks it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, text

from feedback.domain.event import Event
from feedback.store.work import Work

# What each setting must be so that a letter that was answered is on disk.
DURABLE_SQLITE = {"synchronous": "2", "journal_mode": "wal"}
DURABLE_POSTGRESQL = {"fsync": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Fitness:
    """What the database is, and what is wrong with it in words; empty lists are good."""

    version: str
    not_durable: list[str]
    cannot_search: str | None
    clock_ahead: float  # seconds by which its clock is ahead of ours


def fitness(engine: Engine, now: datetime) -> Fitness:
    """Ask the database. Raises what SQLAlchemy raises where it does not answer."""
    return _sqlite(engine) if engine.dialect.name == "sqlite" else _postgresql(engine, now)


def newest_event(work: Work) -> datetime | None:
    """When something was last noted about a letter."""
    return work.session.scalar(select(Event.at).order_by(Event.at.desc()).limit(1))


def _sqlite(engine: Engine) -> Fitness:
    with engine.connect() as connection:
        version = connection.scalar(text("SELECT sqlite_version()"))
        found = {
            name: str(connection.scalar(text(f"PRAGMA {name}"))).lower() for name in DURABLE_SQLITE
        }
        options = set(connection.scalars(text("PRAGMA compile_options")))
    missing = None if "ENABLE_FTS5" in options else "this SQLite has no FTS5"
    return Fitness(f"SQLite {version}", _differing(found, DURABLE_SQLITE), missing, 0.0)


def _postgresql(engine: Engine, now: datetime) -> Fitness:
    with engine.connect() as connection:
        version = connection.scalar(text("SHOW server_version"))
        found = {name: str(connection.scalar(text(f"SHOW {name}"))) for name in DURABLE_POSTGRESQL}
        commits = str(connection.scalar(text("SHOW synchronous_commit")))
        there = connection.scalar(text("SELECT clock_timestamp()"))
    not_durable = _differing(found, DURABLE_POSTGRESQL)
    if commits == "off":
        not_durable.append("synchronous_commit is off, it must not be")
    ahead = (there - now).total_seconds() if there else 0.0
    return Fitness(f"PostgreSQL {version}", not_durable, None, ahead)


def _differing(found: dict[str, str], wanted: dict[str, str]) -> list[str]:
    return [f"{n} is {found[n]}, it must be {w}" for n, w in wanted.items() if found[n] != w]
