"""The letterbox: letters that come in at the same time share one commit.

The one exception to "an edge is a transaction": a commit costs a disk flush whatever it holds,
so the thread that is first takes every letter that waits and stores them together (group
commit). Nobody is answered before the commit that holds their letter has returned.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from feedback.domain.errors import Refused, Unreachable
from feedback.domain.event import Event
from feedback.domain.finding import StoredFinding
from feedback.domain.letter import Letter
from feedback.domain.link import Link, Purpose
from feedback.domain.original import Contact, Original
from feedback.domain.owed_mail import OwedMail
from feedback.domain.state import State
from feedback.store.work import Store

BATCH = 64  # letters a commit at most, so that nobody waits long behind a flood
TABLES = (
    Letter.__table__,
    Original.__table__,
    Contact.__table__,
    Event.__table__,
    Link.__table__,
    OwedMail.__table__,
    StoredFinding.__table__,
)
INSERTS = {table.name: insert(table) for table in TABLES}
KNOWN_KEYS = select(
    Letter.__table__.c.submission_key,
    Letter.__table__.c.submission_digest,
    Letter.__table__.c.id,
    Letter.__table__.c.ref,
)
# What a repeat is answered with: the same as the first time, whatever happened since.
FIRST_ANSWER = (
    select(
        Event.__table__.c.letter_id,
        Event.__table__.c.to_state,
        Event.__table__.c.facts,
        Link.__table__.c.nonce,
    )
    .outerjoin(
        Link.__table__,
        and_(
            Link.__table__.c.letter_id == Event.__table__.c.letter_id,
            Link.__table__.c.purpose == Purpose.STATUS,
        ),
    )
    .where(Event.__table__.c.seq == 1)
    .order_by(Link.__table__.c.made_at.desc())  # the oldest comes last and stays
)
MISSING = "missing"  # key of the first event's facts
Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # table name -> rows, the letter's first


class Taken(NamedTuple):
    """What became of a letter when it came in; `was_known` for a repeat.

    `state` and `missing` are those of the first time. `nonce` is that of the link to the
    reader's own page, None where it has none; `links.status_token` makes the token of it.
    """

    letter_id: int
    ref: str
    was_known: bool
    state: State
    missing: tuple[str, ...]
    nonce: str | None


class ReferenceTaken(Exception):
    """The reference drawn is in use: draw another."""


@dataclass
class _Waiting:
    rows: Rows
    done: threading.Event = field(default_factory=threading.Event)
    taken: Taken | None = None
    problem: Exception | None = None

    @property
    def letter(self) -> Mapping[str, Any]:
        return self.rows["letter"][0]

    def taken_now(self) -> Taken:
        letter, event = self.letter, self.rows["event"][0]
        nonces = (row["nonce"] for row in self.rows.get("link", ()))
        return _taken(letter, event["to_state"], event["facts"], next(nonces, None))


class Letterbox:
    """Takes new letters, many at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._line: list[_Waiting] = []
        self._line_lock = threading.Lock()
        self._leader = threading.Lock()

    def post(self, rows: Rows) -> Taken:
        """Store one letter with all its rows; returns once it is on disk.

        A row set holds exactly one letter. The same `submission_key` with the same digest is
        the same letter. Raises Refused (kind `key_reused`) for another letter under a used key,
        ReferenceTaken where the reference is in use, Unreachable where the database is.
        """
        mine = _Waiting(rows)
        with self._line_lock:
            self._line.append(mine)
        while not mine.done.is_set():
            with self._leader:
                if mine.done.is_set():
                    break
                with self._line_lock:
                    batch, self._line = self._line[:BATCH], self._line[BATCH:]
                self._store_batch(batch)
        if mine.problem is not None:
            raise mine.problem
        if mine.taken is None:
            raise Unreachable("The letter could not be stored.")
        return mine.taken

    def post_all(self, many: Sequence[Rows]) -> list[Taken | Exception]:
        """Store many letters (an archive), a commit a batch; what became of each, in order.

        What `post` would raise stands in the letter's place.
        """
        waiting = [_Waiting(rows) for rows in many]
        for start in range(0, len(waiting), BATCH):
            with self._leader:
                self._store_batch(waiting[start : start + BATCH])
        lost = Unreachable("The letter could not be stored.")
        return [one.problem or one.taken or lost for one in waiting]

    def _store_batch(self, batch: list[_Waiting]) -> None:
        try:
            with self._store.turn, self._store.writing.connect() as connection:
                self._together(connection, batch)
        except OperationalError as error:
            self._fail(batch, Unreachable("The database does not answer."), error)
        except Exception as error:  # whoever waits must hear of it, whatever it was
            self._fail(batch, error, error)
        finally:
            for waiting in batch:
                waiting.done.set()
        self._store.bell.set()

    @staticmethod
    def _fail(batch: list[_Waiting], problem: Exception, cause: Exception) -> None:
        for waiting in batch:
            waiting.taken = None
            problem.__cause__ = cause if cause is not problem else None
            waiting.problem = problem

    def _together(self, connection: Connection, batch: list[_Waiting]) -> None:
        """All in one go; where one of them cannot be stored, each on its own savepoint."""
        fresh = self._without_repeats(connection, batch)
        try:
            if fresh:
                self._insert(connection, fresh)
            connection.commit()
        except IntegrityError:
            connection.rollback()
            for waiting in self._without_repeats(connection, batch):
                self._one(connection, waiting)
            connection.commit()

    def _one(self, connection: Connection, waiting: _Waiting) -> None:
        try:
            with connection.begin_nested():
                # An earlier letter of this very batch may have the same key.
                if self._without_repeats(connection, [waiting]):
                    self._insert(connection, [waiting])
        except IntegrityError as error:
            waiting.taken = None
            clash = "ref" in str(error.orig) and "original" not in str(error.orig)
            waiting.problem = ReferenceTaken(waiting.letter["ref"]) if clash else error
        except DBAPIError as error:  # a text that the database refuses hurts this letter alone
            waiting.taken, waiting.problem = None, error

    def _without_repeats(self, connection: Connection, batch: list[_Waiting]) -> list[_Waiting]:
        keys = [w.letter["submission_key"] for w in batch if w.letter["submission_key"]]
        known: dict[str, Any] = {}
        first: dict[int, Any] = {}
        if keys:
            c = Letter.__table__.c
            query = KNOWN_KEYS.where(c.submission_key.in_(keys))
            known = {row.submission_key: row for row in connection.execute(query)}
        if known:
            ids = [row.id for row in known.values()]
            query = FIRST_ANSWER.where(Event.__table__.c.letter_id.in_(ids))
            first = {row.letter_id: row for row in connection.execute(query)}
        fresh = []
        for waiting in batch:
            waiting.taken = waiting.problem = None
            row = known.get(waiting.letter["submission_key"] or "")
            if row is None:
                fresh.append(waiting)
                waiting.taken = waiting.taken_now()
            elif row.submission_digest != waiting.letter["submission_digest"]:
                waiting.problem = Refused(
                    "This key was used for another letter.", "key_reused", {"letter": row.id}
                )
            else:
                was = first[row.id]
                waiting.taken = _taken(row._mapping, was.to_state, was.facts, was.nonce, known=True)
        return fresh

    @staticmethod
    def _insert(connection: Connection, batch: list[_Waiting]) -> None:
        for name, statement in INSERTS.items():
            rows = [row for waiting in batch for row in waiting.rows.get(name, ())]
            if rows:
                connection.execute(statement, rows)


def _taken(
    letter: Mapping[str, Any],
    state: State,
    facts: Mapping[str, Any] | None,
    nonce: str | None,
    *,
    known: bool = False,
) -> Taken:
    missing = tuple((facts or {}).get(MISSING, ()))
    return Taken(letter["id"], letter["ref"], known, state, missing, nonce)
