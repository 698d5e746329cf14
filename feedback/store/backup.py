"""A backup: every row of the desk in one file, taken while letters come in, checked before use.

The file is a ZIP archive with a table a part (JSON lines) and a description, and it is the same
from SQLite and from PostgreSQL: what was backed up on one can be restored on the other. Its last
bytes are a digest of all before them. The secret key is not in it.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, MetaData, Table, func, select, text

from feedback.domain.errors import Refused, Unreachable
from feedback.store.engine import IMMEDIATE
from feedback.store.inserts import Inserts
from feedback.store.plain_rows import at_once, lines_of, plain, row_of
from feedback.store.revision import needed, revision_of
from feedback.store.trouble import is_out_of_reach

FORMAT = 1
DESCRIPTION = "backup.json"
SEAL = b"sha256:"  # the archive's comment, followed by the digest of all bytes before it
SEALED = len(SEAL) + hashlib.sha256().digest_size * 2
CHUNK = 1 << 20
ONLY_MINE = os.O_RDWR | os.O_CREAT | os.O_EXCL
UNTOUCHED = {"column": 1}  # rows that an empty desk has

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Contents:
    """What a backup holds: the schema's revision, the moment, how many rows of each table."""

    revision: str
    taken_at: datetime
    rows: dict[str, int]


def backup(
    engine: Engine,
    to: Path,
    metadata: Sequence[MetaData],
    at: datetime,
    tell: Tell | None = None,
) -> Contents:
    """Write all that the database holds at one moment into a file, in place of an older one.

    Letters come in meanwhile. The file (mode 600: it holds addresses) is under its name only
    once it is whole, on disk and was read back. `tell` is given each table with its rows.
    Raises Refused where the database is not at a revision, or the file cannot be written.
    """
    half = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(half, ONLY_MINE, 0o600), "w+b") as stream:
            contents = _write(engine, stream, metadata, at, tell)
            seal(stream)
            os.fsync(stream.fileno())
        if read_contents(half) != contents:
            raise Refused("The backup that was written cannot be read back.")
        half.replace(to)
        _keep_name(to.parent)
    except OSError as error:
        raise Refused(f"{to} cannot be written: {error.strerror}") from error
    finally:
        half.unlink(missing_ok=True)
    return contents


def read_contents(file: Path) -> Contents:
    """What a backup holds; raises Refused for a file that is damaged, cut short or none of ours."""
    try:
        _check_seal(file)
        with zipfile.ZipFile(file) as archive:
            raw = json.loads(archive.read(DESCRIPTION))
        if raw["format"] != FORMAT:
            raise Refused(f"{file.name} was written in a form that this version does not read.")
        return Contents(raw["revision"], datetime.fromisoformat(raw["taken_at"]), raw["rows"])
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}") from error
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(f"{file.name} is no backup of ours.") from error


def restore(
    engine: Engine,
    file: Path,
    folder: Path,
    metadata: Sequence[MetaData],
    *,
    force: bool = False,
    tell: Tell | None = None,
) -> Contents:
    """Put what a backup holds into a migrated database: all of it, or nothing is changed.

    `folder` is that of the migrations. Nobody else should use the database meanwhile. Log-ins
    are not restored. Raises Refused for a file that is damaged or of another revision than the
    database and this version, and for a database that holds anything, unless with `force`,
    which takes that out.
    """
    contents = read_contents(file)
    wanted, here = needed(folder), revision_of(engine)
    if contents.revision != wanted:
        raise Refused(
            f"The backup is of revision {contents.revision}, this version needs {wanted}: restore"
            " it with the version that wrote it, then update."
        )
    if here != wanted:
        raise Refused("The database is not at this version's revision: run `feedback migrate`.")
    tables = plain(metadata)
    try:
        with zipfile.ZipFile(file) as archive, _writing(engine) as connection:
            _make_room(connection, metadata, force=force)
            for table in tables:
                number = _fill(connection, archive, table)
                _require(table.name, number, contents)
                if tell:
                    tell(table.name, number)
            if engine.dialect.name == "postgresql":
                _count_on(connection, metadata)
            connection.commit()
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(f"{file.name} cannot be read: nothing was changed.") from error
    except Exception as error:
        if is_out_of_reach(error):
            raise Unreachable("The database does not answer: nothing was changed.") from error
        raise
    return contents


# --- Writing


def _write(
    engine: Engine,
    stream: BinaryIO,
    metadata: Sequence[MetaData],
    at: datetime,
    tell: Tell | None,
) -> Contents:
    revision = revision_of(engine)
    if revision is None:
        raise Refused("The database is empty: there is nothing to back up.")
    rows: dict[str, int] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with _one_moment(engine) as connection:
            for table in plain(metadata):
                with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as part:
                    rows[table.name] = 0
                    for line in lines_of(connection, table):
                        part.write(line.encode() + b"\n")
                        rows[table.name] += 1
                if tell:
                    tell(table.name, rows[table.name])
        contents = Contents(revision, at, rows)
        described = {"format": FORMAT, **asdict(contents), "taken_at": at.isoformat()}
        archive.writestr(DESCRIPTION, json.dumps(described, indent=2))
        archive.comment = SEAL + b"0" * (SEALED - len(SEAL))
    return contents


def _one_moment(engine: Engine) -> Any:
    """A connection whose statements all see the database as it was at the first of them."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return engine.connect()


def seal(stream: BinaryIO) -> None:
    """Write the digest of everything before it over the archive's comment."""
    end = stream.seek(0, os.SEEK_END) - SEALED
    stream.seek(0)
    digest = _digest(stream, end)
    stream.seek(end)
    stream.write(SEAL + digest)
    stream.flush()


def _check_seal(file: Path) -> None:
    with file.open("rb") as stream:
        end = stream.seek(0, os.SEEK_END) - SEALED
        if end <= 0:
            raise Refused(f"{file.name} is no backup of ours, or was cut short.")
        stream.seek(end)
        seal = stream.read()
        stream.seek(0)
        if not seal.startswith(SEAL):
            raise Refused(f"{file.name} is no backup of ours, or was cut short.")
        if seal != SEAL + _digest(stream, end):
            raise Refused(f"{file.name} is damaged: its digest does not fit.")


def _digest(stream: BinaryIO, length: int) -> bytes:
    digest = hashlib.sha256()
    while length > 0:
        chunk = stream.read(min(CHUNK, length))
        if not chunk:
            break
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest().encode()


def _keep_name(folder: Path) -> None:
    """The new name is on disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- Restoring


def _writing(engine: Engine) -> Connection:
    return engine.execution_options(**{IMMEDIATE: True}).connect()


def _make_room(connection: Connection, metadata: Sequence[MetaData], *, force: bool) -> None:
    """Take out what the database holds; raises Refused where that is more than a fresh one has."""
    own = [table for one in metadata for table in one.sorted_tables]
    kept = {table.name for table in plain(metadata)}
    if not force:
        for table in own:
            count = connection.scalar(select(func.count()).select_from(table)) or 0
            if table.name in kept and count > UNTOUCHED.get(table.name, 0):
                raise Refused(
                    f"The database holds {table.name} rows already: restore into an empty one."
                )
    # A letter's rows go with it; the guards of the history let nothing else take them out.
    for name in ("letter", *(table.name for table in reversed(own))):
        connection.execute(text(f'DELETE FROM "{name}"'))


def _fill(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    inserts = Inserts(connection.dialect, [table])
    number = 0
    with archive.open(f"{table.name}.jsonl") as part:
        for lines in _some(part, at_once(table)):
            inserts.put(connection, [{table.name: [row_of(line, table) for line in lines]}])
            number += len(lines)
    return number


def _require(name: str, number: int, contents: Contents) -> None:
    if number != contents.rows.get(name):
        raise Refused(f"The backup lacks rows of “{name}”: nothing was changed.")


def _some(part: Any, most: int) -> Iterator[list[bytes]]:
    while lines := list(islice(part, most)):
        yield lines


def _count_on(connection: Connection, metadata: Sequence[MetaData]) -> None:
    """PostgreSQL numbers the rows that come after the restored ones."""
    for one in metadata:
        for table in one.sorted_tables:
            column = table.autoincrement_column
            if column is not None:
                name, number = table.name, column.name
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('\"{name}\"', '{number}'),"
                        f' coalesce(max("{number}"), 0) + 1, false) FROM "{name}"'
                    )
                )
