"""Whether the database is at the revision that this version of the program needs.

Without Alembic, which takes most of a second to import: every command and every start asks.
"""

from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError

from feedback.domain.errors import Refused, Unreachable


def revision_of(engine: Engine) -> str | None:
    """The revision that the database is at; None for an empty one.

    Raises Unreachable where the database does not answer.
    """
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except OperationalError as error:
        raise Unreachable("The database does not answer.") from error
    return str(found) if found else None


def needed(folder: Path) -> str:
    """The revision that this version needs, as the folder of migrations names it."""
    return (folder / "HEAD").read_text(encoding="ascii").strip()


def require_current(engine: Engine, folder: Path) -> None:
    """Raise Refused unless the database is at that revision; the sentence says what to do."""
    here, wanted = revision_of(engine), needed(folder)
    if here == wanted:
        return
    if here is None:
        raise Refused("The database is empty: run `feedback migrate` first.", "schema")
    if here > wanted:
        raise Refused(
            f"The database was made by a newer version (it is at {here}, this one knows {wanted}):"
            " install that version, or restore a backup of before.",
            "schema",
        )
    raise Refused(
        f"The database is at {here}, this version needs {wanted}: run `feedback migrate` first.",
        "schema",
    )
