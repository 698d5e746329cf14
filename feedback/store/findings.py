"""Findings of a letter: the newest run of each check; which letters are to be checked again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from sqlalchemy import Dialect, Table, delete, select, update

from feedback.domain.column import Column
from feedback.domain.finding import Finding, StoredFinding
from feedback.domain.letter import Letter
from feedback.domain.state import OPEN
from feedback.domain.writer import Writer
from feedback.store.inserts import Inserts
from feedback.store.work import Work

MOST_SAID = 400  # characters of a finding's sentence that are kept
QUIETLY = {"synchronize_session": False}  # no decision: the letter's version stays


@dataclass(frozen=True)
class Ran:
    """What checks found in one letter, in which of its revisions.

    `is_fresh` where the letter has no finding of these checks yet: nothing is to be replaced.
    """

    found: Sequence[Finding]
    revision: int
    is_fresh: bool = False


def replace(work: Work, letter_id: int, found: Sequence[Finding], revision: int) -> None:
    """Put these findings in the place of earlier ones of the same checks."""
    if found:
        replace_all(work, {letter_id: Ran(found, revision)}, [one.check for one in found])


def replace_all(work: Work, ran: Mapping[int, Ran], names: Collection[str]) -> None:
    """The findings of many letters, in the place of all that the named checks had found in them."""
    old = [letter_id for letter_id, one in ran.items() if not one.is_fresh]
    if old:
        work.session.execute(
            delete(StoredFinding).where(
                StoredFinding.letter_id.in_(old), StoredFinding.check.in_(list(names))
            ),
            execution_options=QUIETLY,
        )
    rows = [
        {
            "letter_id": letter_id,
            "check": f.check,
            "version": f.version,
            "outcome": f.outcome,
            "says": f.says[:MOST_SAID],
            "evidence": list(f.evidence),
            "revision": one.revision,
            "at": work.now,
            "until": f.until,
        }
        for letter_id, one in ran.items()
        for f in one.found
    ]
    work.session.flush()
    connection = work.session.connection()
    _inserts(connection.dialect).put(connection, [{StoredFinding.__tablename__: rows}])


@cache
def _inserts(dialect: Dialect) -> Inserts:
    return Inserts(dialect, (cast("Table", StoredFinding.__table__),))


def check_again(work: Work, letter_ids: Iterable[int]) -> None:
    """These letters are to be checked again, soon, in the background."""
    ids = list(letter_ids)
    if ids:
        work.session.execute(
            update(Letter).where(Letter.id.in_(ids)).values(checked_at=None),
            execution_options=QUIETLY,
        )


def check_writers_again(work: Work, writer_ids: Iterable[int | None]) -> None:
    """The open letters of these writers, and of their households, are to be checked again.

    Called where one of theirs is printed, taken down, or placed in an edition.
    """
    wanted = sorted({number for number in writer_ids if number is not None})
    if not wanted:
        return
    homes = select(Writer.household_key).where(
        Writer.id.in_(wanted), Writer.household_key.is_not(None)
    )
    theirs = select(Writer.id).where(Writer.id.in_(wanted) | Writer.household_key.in_(homes))
    work.session.flush()
    work.session.execute(
        update(Letter)
        .where(Letter.writer_id.in_(theirs), Letter.state.in_(OPEN))
        .values(checked_at=None),
        execution_options=QUIETLY,
    )


@dataclass(frozen=True)
class Due:
    """A finding that would say something else from a day on."""

    finding_id: int
    letter_id: int
    column_id: int
    until: date


def due_again(work: Work, furthest: date, limit: int) -> list[Due]:
    """Findings whose day has come by `furthest`, the oldest first."""
    query = (
        select(StoredFinding.id, Letter.id, Letter.column_id, StoredFinding.until)
        .join(Letter, Letter.id == StoredFinding.letter_id)
        .where(StoredFinding.until <= furthest)
        .order_by(StoredFinding.until)
        .limit(limit)
    )
    return [Due(row[0], row[1], row[2], row[3] or furthest) for row in work.session.execute(query)]


def ask_again(work: Work, due: Sequence[Due]) -> None:
    """Their letters are to be checked again; a finding is due once, whatever comes of it."""
    if not due:
        return
    check_again(work, {one.letter_id for one in due})
    work.session.execute(
        update(StoredFinding)
        .where(StoredFinding.id.in_([one.finding_id for one in due]))
        .values(until=None),
        execution_options=QUIETLY,
    )


def begin_sweep(work: Work, column: Column, mark: str) -> None:
    """From here on the column's letters are to be checked by these rules: all open ones again."""
    _note(work, column, checks_mark=mark, checks_below=2**63 - 1)


def adopt(work: Work, column: Column, mark: str) -> None:
    """The column's letters were checked by these rules already."""
    _note(work, column, checks_mark=mark, checks_below=None)


def sweep(work: Work, column: Column, slice_: int) -> int:
    """The next letters of a sweep, the newest first, are owed their checks; how many were seen."""
    below = column.checks_below
    if below is None:
        return 0
    ids = list(
        work.session.scalars(
            select(Letter.id).where(Letter.id < below).order_by(Letter.id.desc()).limit(slice_)
        )
    )
    if ids:
        work.session.execute(
            update(Letter)
            .where(
                Letter.id.between(ids[-1], ids[0]),
                Letter.column_id == column.id,
                Letter.state.in_(OPEN),
                Letter.checked_at.is_not(None),
            )
            .values(checked_at=None),
            execution_options=QUIETLY,
        )
    _note(work, column, checks_below=ids[-1] if len(ids) == slice_ else None)
    return len(ids)


def _note(work: Work, column: Column, **values: str | int | None) -> None:
    work.session.execute(
        update(Column).where(Column.id == column.id).values(**values), execution_options=QUIETLY
    )
