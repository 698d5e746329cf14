"""Rows into tables the short way: the statement is written once, no ORM, no cache to ask.

Values still go through their column's own type, so that what is stored is the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

MOST_AT_ONCE = 32  # rows of a statement

Row = Mapping[str, Any]
Value = Callable[[Any], Any]


class _Shape(NamedTuple):
    """How rows with the same fields go in: the statement, how values are taken out and readied."""

    statement: str  # for one row
    marks: str  # what is added for each further row
    take: Callable[[Row], tuple[Any, ...]]
    ready: tuple[tuple[int, Value], ...]  # place of a value, what its column's type makes of it
    fixed: tuple[Any, ...]  # defaults of columns that the rows do not have

    def values(self, row: Row) -> list[Any]:
        values = [*self.take(row), *self.fixed]
        for place, ready in self.ready:
            values[place] = ready(values[place])
        return values


class Inserts:
    """Puts rows into some tables, parents first, as the dialect's driver likes it best."""

    def __init__(self, dialect: Dialect, tables: Sequence[Table]) -> None:
        self._dialect = dialect
        self._pipelined = dialect.name == "postgresql" and _can_pipeline()
        self._tables = tables
        self._shapes: dict[tuple[str, ...], _Shape] = {}

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
                for table in self._tables:
                    name = table.name
                    by_shape: dict[tuple[str, ...], list[Row]] = {}
                    for rows in many:
                        for row in rows.get(name, ()):
                            by_shape.setdefault((name, *row), []).append(row)
                    for fields, alike in by_shape.items():
                        shape = self._shapes.get(fields) or self._shape_of(table, fields)
                        for some in _in_powers_of_two(alike):
                            statement = shape.statement + shape.marks * (len(some) - 1)
                            values = [value for row in some for value in shape.values(row)]
                            cursor.execute(statement, values)
                cursor.close()
        except self._dialect.loaded_dbapi.Error as error:
            raise self._wrapped(connection, raw, statement, error) from error

    def _pipeline(self, raw: Any) -> AbstractContextManager[object]:
        """On PostgreSQL all statements go out before the first answer is waited for."""
        return raw.pipeline() if self._pipelined else nullcontext()

    def _shape_of(self, table: Table, fields: tuple[str, ...]) -> _Shape:
        given = [table.columns[name] for name in fields[1:]]
        named = {column.name for column in given}
        rest = {
            column: column.default.arg
            for column in table.columns
            if column.name not in named and isinstance(column.default, ScalarElementColumnDefault)
        }
        columns = [*given, *rest]
        kinds = [column.type.dialect_impl(self._dialect) for column in columns]
        processors = [kind.bind_processor(self._dialect) for kind in kinds]
        shape = _Shape(
            *_statement(table, columns, self._dialect),
            _taker(fields[1:]),
            tuple((place, ready) for place, ready in enumerate(processors) if ready),
            tuple(rest.values()),
        )
        self._shapes[fields] = shape
        return shape

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


def _in_powers_of_two(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Many rows go in by one statement, since a thread gives way at each.

    Only a few numbers of rows, so that the driver knows the statements again.
    """
    start = 0
    while start < len(rows):
        number = min(MOST_AT_ONCE, 1 << ((len(rows) - start).bit_length() - 1))
        yield rows[start : start + number]
        start += number


def _statement(
    table: Table, columns: Sequence[SqlColumn[Any]], dialect: Dialect
) -> tuple[str, str]:
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(columns))
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", f", ({marks})"


def _taker(fields: tuple[str, ...]) -> Callable[[Row], tuple[Any, ...]]:
    if len(fields) == 1:  # itemgetter gives no tuple for one
        return lambda row: (row[fields[0]],)
    return itemgetter(*fields)


def _can_pipeline() -> bool:
    from psycopg import Pipeline

    return Pipeline.is_supported()
