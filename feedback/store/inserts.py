"""Rows into tables the short way: the statement is written once, no ORM, no cache to ask.

Values still go through their column's own type, so that what is stored is the same.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

Row = Mapping[str, Any]
Value = Callable[[Any], Any]


class Inserts:
    """Puts rows into some tables, parents first, as the dialect's driver likes it best."""

    def __init__(self, dialect: Dialect, tables: Sequence[Table]) -> None:
        self._dialect = dialect
        self._pipelined = dialect.name == "postgresql" and _can_pipeline()
        self._into = [(table.name, *_prepared(table, dialect)) for table in tables]

    def put(self, connection: Connection, many: Sequence[Mapping[str, Sequence[Row]]]) -> None:
        """Insert the rows of several row sets (table name -> rows), table by table.

        Raises what SQLAlchemy's own execution would raise.
        """
        if not connection.in_transaction():
            connection.begin()
        raw: Any = connection.connection.driver_connection
        statement = ""
        try:
            with self._pipeline(raw):
                cursor = raw.cursor()
                for name, statement, columns in self._into:
                    values = [_values(row, columns) for rows in many for row in rows.get(name, ())]
                    if values:
                        cursor.executemany(statement, values)
                cursor.close()
        except self._dialect.loaded_dbapi.Error as error:
            raise self._wrapped(connection, raw, statement, error) from error

    def _pipeline(self, raw: Any) -> AbstractContextManager[object]:
        """On PostgreSQL all statements go out before the first answer is waited for."""
        return raw.pipeline() if self._pipelined else nullcontext()

    def _wrapped(
        self, connection: Connection, raw: Any, statement: str, error: Any
    ) -> BaseException:
        dialect = self._dialect
        lost = dialect.is_disconnect(error, raw, None)
        if lost:
            connection.invalidate(error)
        elif getattr(error, "diag", None) is not None and error.diag.message_primary:
            error.args = (error.diag.message_primary,)  # its details quote the row
        wrapped: BaseException = DBAPIError.instance(
            statement,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=lost,
            dialect=dialect,
        )
        return wrapped


def _prepared(table: Table, dialect: Dialect) -> tuple[str, list[tuple[str, Any, Value | None]]]:
    """The statement, and of each of its columns name, default and what readies a value."""
    columns = [c for c in table.columns if c is not table.autoincrement_column]
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(c.name) for c in columns)
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    statement = (
        f"INSERT INTO {quote(table.name)} ({names}) VALUES ({', '.join([mark] * len(columns))})"
    )
    readied: list[tuple[str, Any, Value | None]] = []
    for column in columns:
        default: Any = column.default
        value = default.arg if default is not None and default.is_scalar else None
        kind = column.type.dialect_impl(dialect)
        readied.append((column.name, value, kind.bind_processor(dialect)))
    return statement, readied


def _values(row: Row, columns: Sequence[tuple[str, Any, Value | None]]) -> tuple[Any, ...]:
    return tuple(
        ready(row.get(name, default)) if ready else row.get(name, default)
        for name, default, ready in columns
    )


def _can_pipeline() -> bool:
    from psycopg import Pipeline

    return Pipeline.is_supported()
