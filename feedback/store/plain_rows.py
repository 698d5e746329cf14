"""Rows as plain JSON, the same from either engine: what a backup is made of."""

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    select,
)
from sqlalchemy import Column as SqlColumn

from feedback.domain.mapped import UtcTime

AT_ONCE = 500  # rows that are in memory together
LARGE_AT_ONCE = 2  # of a table whose rows are as large as mails

# What is not worth keeping: log-ins end, and nobody is reading a letter any more.
PASSING = frozenset({"account_session", "presence", "pulse"})


def plain(metadata: Sequence[MetaData]) -> list[Table]:
    """The tables that are kept, parents first, with columns of storage types alone."""
    pictures = MetaData()
    return [
        Table(
            table.name,
            pictures,
            *(SqlColumn(column.name, _storage_type(column.type)) for column in table.columns),
        )
        for one in metadata
        for table in one.sorted_tables
        if table.name not in PASSING
    ]


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """Every row as a JSON array, in the order of the columns; rows come as they are read."""
    query = select(table).execution_options(yield_per=at_once(table))
    for row in connection.execute(query):
        yield json.dumps(list(row), ensure_ascii=False, separators=(",", ":"), default=_iso)


def at_once(table: Table) -> int:
    """How many rows of a table may be in memory together."""
    is_large = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return LARGE_AT_ONCE if is_large else AT_ONCE


def row_of(line: bytes, table: Table) -> dict[str, Any]:
    """A row from its line; raises ValueError for anything else."""
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(table.columns):
        raise ValueError("this line is no row of the table")
    return {
        column.name: _read(value, column)
        for value, column in zip(values, table.columns, strict=True)
    }


def _storage_type(kind: Any) -> Any:
    """Enums and JSON are kept as the text that they are stored as."""
    kept = isinstance(kind, UtcTime | Date | Boolean | Integer | Float | LargeBinary)
    return kind if kept else Text()


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is one as well
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _read(value: Any, column: SqlColumn[Any]) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value
