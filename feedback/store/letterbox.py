"""The letterbox: letters that come in at the same time share one commit.

The one exception to "an edge is a transaction": a commit costs a disk flush whatever it holds,
so whoever is first takes every letter that waits and stores them together (group commit), then
leaves the next batch to the first in line. Nobody is answered before the commit that holds
their letter has returned.
"""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Connection, Table
from sqlalchemy.exc import IntegrityError

from feedback.domain.errors import Refused, Stale, Unreachable
from feedback.domain.event import Event
from feedback.domain.finding import StoredFinding
from feedback.domain.letter import Letter
from feedback.domain.link import Link
from feedback.domain.original import Contact, Original
from feedback.domain.owed_mail import OwedMail
from feedback.store.inserts import Inserts
from feedback.store.taken import MISSING, Known, Taken, known, taken_now
from feedback.store.trouble import is_clash, is_out_of_reach, meaning_of
from feedback.store.work import Store

__all__ = ["MISSING", "TABLES", "Letterbox", "ReferenceTaken", "Rows", "Taken"]

LEADERS = 2  # batches that are on their way to PostgreSQL at once
BATCH = 64  # letters a commit at most, so that nobody waits long behind a flood
# Parents first: the rows of a letter point at it.
TABLES = tuple(
    cast("Table", entity.__table__)
    for entity in (Letter, Original, Contact, Event, Link, OwedMail, StoredFinding)
)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # table name -> rows; one letter


class ReferenceTaken(Exception):
    """The reference or number drawn is in use: draw another."""


def _shut() -> threading.Lock:
    gate = threading.Lock()
    gate.acquire()
    return gate


@dataclass(eq=False)
class _Waiting:
    """One letter in line; the gate opens once it is done, or is to lead the next batch."""

    rows: Rows
    gate: threading.Lock = field(default_factory=_shut)
    outcome: Taken | Exception | None = None

    @property
    def letter(self) -> Mapping[str, Any]:
        return self.rows["letter"][0]

    @property
    def key(self) -> str | None:
        key: str | None = self.letter["submission_key"]
        return key

    def repeats(self, before: Known) -> Taken | Refused:
        """The same key is known: the same letter again, or another one under a used key."""
        try:
            return before.answer_to(self.letter["submission_digest"])
        except Refused as refused:
            return refused


class Letterbox:
    """Takes new letters, many at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._inserts = Inserts(store.engine.dialect, TABLES)
        self._line: list[_Waiting] = []
        self._line_lock = threading.Lock()
        # SQLite has one writer; PostgreSQL flushes several commits at once.
        self._free_leaders = 1 if store.is_sqlite else LEADERS
        self.touched_at = 0.0  # time.monotonic() of the last letter: whoever can wait lets it pass

    def post(self, rows: Rows) -> Taken:
        """Store one letter with all its rows; returns once it is on disk.

        A row set holds exactly one letter. The same `submission_key` with the same digest is
        the same letter. Raises Refused (kind `key_reused` for another letter under a used key,
        `fields` for text that the database does not take), ReferenceTaken where the reference
        is in use, Unreachable where the database is.
        """
        mine = _Waiting(rows)
        self.touched_at = time.monotonic()
        with self._line_lock:
            leads = self._free_leaders > 0
            if leads:
                self._free_leaders -= 1
            else:
                self._line.append(mine)
        if not leads:
            mine.gate.acquire()
        if mine.outcome is None:
            self._lead(mine)
        outcome = mine.outcome or _lost()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def post_all(self, many: Sequence[Rows]) -> list[Taken | Exception]:
        """Store many letters (an archive), a commit a batch; what became of each, in order.

        What `post` would raise stands in the letter's place.
        """
        waiting = [_Waiting(rows) for rows in many]
        for start in range(0, len(waiting), BATCH):
            self._store_batch(waiting[start : start + BATCH])
        return [one.outcome or _lost() for one in waiting]

    def _lead(self, mine: _Waiting) -> None:
        """Store mine with those in line, open their gates, let the next in line lead."""
        with self._line_lock:
            batch = [mine, *self._line[: BATCH - 1]]
            del self._line[: BATCH - 1]
        try:
            self._store_batch(batch)
        finally:
            for waiting in batch:
                waiting.outcome = waiting.outcome or _lost()
                if waiting is not mine:
                    waiting.gate.release()
            self._hand_over()

    def _hand_over(self) -> None:
        with self._line_lock:
            following = self._line.pop(0) if self._line else None
            if following is None:
                self._free_leaders += 1
        if following is not None:
            following.gate.release()

    def _store_batch(self, batch: Sequence[_Waiting]) -> None:
        """Give each of the batch its outcome."""
        try:
            with self._store.turn, self._store.writing.connect() as connection:
                try:
                    self._together(connection, batch)
                except Exception:
                    connection.rollback()  # closing alone would leave a failed commit's locks
                    raise
        except Exception as error:  # noqa: BLE001  # whoever waits must hear of it
            meaning = _said(error)
            for waiting in batch:
                waiting.outcome = waiting.outcome or meaning
        self._store.bell.set()

    def _together(self, connection: Connection, batch: Sequence[_Waiting]) -> None:
        """All in one go; where one of them cannot be stored, each on its own savepoint."""
        first: dict[str | int, _Waiting] = {}
        for waiting in batch:
            first.setdefault(waiting.key or id(waiting), waiting)
        fresh = _in_order(first.values())
        try:
            self._inserts.put(connection, [waiting.rows for waiting in fresh])
            connection.commit()
        except Exception as error:
            if is_out_of_reach(error):
                raise
            connection.rollback()
            self._one_by_one(connection, batch)
            return
        for waiting in fresh:
            waiting.outcome = taken_now(waiting.rows)
        if len(fresh) < len(batch):  # the same letter twice, as a double click sends it
            self._one_by_one(connection, [w for w in batch if w.outcome is None])

    def _one_by_one(self, connection: Connection, batch: Sequence[_Waiting]) -> None:
        before = known(connection, {waiting.key for waiting in batch if waiting.key})
        outcomes: list[Taken | Exception] = []
        batch = _in_order(batch)
        for waiting in batch:
            if waiting.key in before:
                outcomes.append(waiting.repeats(before[waiting.key]))
                continue
            outcome = self._alone(connection, waiting)
            if waiting.key and isinstance(outcome, Taken):
                before[waiting.key] = Known(waiting.letter["submission_digest"], outcome)
            outcomes.append(outcome)
        connection.commit()
        for waiting, outcome in zip(batch, outcomes, strict=True):
            waiting.outcome = outcome

    def _alone(self, connection: Connection, waiting: _Waiting) -> Taken | Exception:
        """One letter on a savepoint: what is wrong with it hurts no other."""
        try:
            with connection.begin_nested():
                self._inserts.put(connection, [waiting.rows])
            return taken_now(waiting.rows)
        except IntegrityError as error:
            return self._clash(connection, waiting, error)
        except Exception as error:
            if is_out_of_reach(error):
                raise
            return _said(error)

    @staticmethod
    def _clash(
        connection: Connection, waiting: _Waiting, error: IntegrityError
    ) -> Taken | Exception:
        if is_clash(error, "letter", "ref") or is_clash(error, "letter", "id"):
            return ReferenceTaken(waiting.letter["ref"])
        if waiting.key and is_clash(error, "letter", "submission_key"):
            # Another process has stored it since we looked.
            before = known(connection, [waiting.key])
            if waiting.key in before:
                return waiting.repeats(before[waiting.key])
        return error


def _in_order(batch: Iterable[_Waiting]) -> list[_Waiting]:
    """By their keys, so that two processes with the same letters never wait for each other."""
    return sorted(batch, key=lambda waiting: waiting.key or "")


def _said(error: Exception) -> Exception:
    """What the writer is told; a letter has nobody to be stale against: it can be sent again."""
    meaning = meaning_of(error) or error
    return _lost() if isinstance(meaning, Stale) else meaning


def _lost() -> Unreachable:
    return Unreachable("The letter could not be stored.")
