"""What a database's complaint means for whoever asked; no reader's words reach a log by it."""

import logging
from typing import Any

from sqlalchemy import exc
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm.exc import StaleDataError

from feedback.domain.errors import FeedbackError, Refused, Stale, Unreachable

log = logging.getLogger(__name__)

# SQLSTATEs: the transaction lost against another one; the database only reads just now.
LOST = frozenset({"40001", "40P01"})
READS_ONLY = "25006"


def meaning_of(error: BaseException, version: int = 0) -> FeedbackError | None:
    """Stale, Unreachable or Refused for an error of the database; None for any other error.

    `version` is the present one of what was changed, where it is known.
    """
    if isinstance(error, StaleDataError) or _sqlstate(error) in LOST:
        return Stale("Somebody else saved this in the meantime.", version)
    if is_out_of_reach(error):
        log.error("the database does not answer: %s", getattr(error, "orig", None) or error)
        return Unreachable("The database does not answer.")
    if isinstance(error, exc.DataError | UnicodeEncodeError):
        return Refused("This text cannot be stored: it is too long, or holds no text.", "fields")
    return None


def is_out_of_reach(error: BaseException) -> bool:
    """Whether it is the database itself that fails, not what it was asked."""
    if isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError):
        return _sqlstate(error) not in LOST
    is_lost = isinstance(error, exc.DBAPIError) and error.connection_invalidated
    return is_lost or _sqlstate(error) == READS_ONLY


def is_clash(error: BaseException, table: str, column: str) -> bool:
    """Whether a row was refused since another one has the same value in a unique column."""
    orig = getattr(error, "orig", None)
    constraint = getattr(getattr(orig, "diag", None), "constraint_name", None)
    if constraint is not None:
        return bool(constraint == _constraint(table, column))
    return str(orig) == f"UNIQUE constraint failed: {table}.{column}"


def hush(context: ExceptionContext) -> None:
    """Take PostgreSQL's details, which quote the row, out of an error before anybody logs it."""
    orig: Any = context.original_exception
    wrapped = context.sqlalchemy_exception
    if wrapped is not None and getattr(orig, "diag", None) is not None:
        said = f"({type(orig).__name__}) {orig.diag.message_primary or str(orig).split(chr(10))[0]}"
        orig.args = wrapped.args = (said,)


def _sqlstate(error: BaseException) -> str | None:
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, exc.DBAPIError) else None
    return str(state) if state else None


def _constraint(table: str, column: str) -> str:
    """The name that the models' convention gives it; a primary key is named by its table."""
    return f"pk_{table}" if column == "id" else f"uq_{table}_{column}"
