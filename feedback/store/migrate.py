"""The schema: bring a database to the newest revision, or say whether it is there."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine, folder: Path, metadata: list[MetaData], to: str = "head") -> None:
    """Upgrade (or, with a lower `to`, downgrade) in one transaction a revision."""
    config = _config(folder)
    config.attributes["metadata"] = metadata
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        here = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
        down = to != "head" and (to == "base" or (here is not None and to < here))
        if not down and here == newest and to == "head":
            return
        (command.downgrade if down else command.upgrade)(config, to)


def revision_of(engine: Engine) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision(folder: Path) -> str | None:
    """The revision that this version of the program needs."""
    return ScriptDirectory.from_config(_config(folder)).get_current_head()


def differences(engine: Engine, metadata: list[MetaData]) -> list[str]:
    """What models and database disagree about, in words; empty where they agree."""
    own = {name for m in metadata for name in m.tables}

    def is_ours(name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or name in own

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_ours}
        )
        return [str(d) for d in compare_metadata(context, metadata)]
