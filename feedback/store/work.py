"""One transaction: what an action is given, what an edge commits."""

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Engine, event, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from feedback.domain.errors import Stale
from feedback.domain.event import Event, chain, words_digest
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose as LinkPurpose
from feedback.domain.link import digest_of, token_for
from feedback.store.engine import IMMEDIATE
from feedback.store.trouble import meaning_of

VERSIONS = "versions"  # key of a session's info
DATABASE_TROUBLE = (SQLAlchemyError, UnicodeEncodeError)
# PostgreSQL: every statement of a reading transaction sees the same moment, as on SQLite.
ONLY_READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@dataclass(frozen=True)
class Keys:
    """Keys derived from the secret, one a purpose."""

    links: bytes
    digests: bytes
    people: bytes

    @classmethod
    def of(cls, secret: str) -> Self:
        """The keys of an installation, each derived from its one secret (HMAC-SHA256)."""
        made = (
            hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
            for purpose in ("links", "digests", "people")
        )
        return cls(*made)

    def token(self, purpose: LinkPurpose, letter_id: int, nonce: str) -> str:
        """The token of a writer's link."""
        return token_for(self.links, purpose, letter_id, nonce)

    def token_digest(self, token: str) -> str:
        """Under which a token is looked up."""
        return digest_of(self.digests, token)

    def person(self, address: str) -> str:
        """Keyed digest of an e-mail address: the same writer gives the same digest."""
        return digest_of(self.people, address.casefold())


@dataclass
class Work:
    """A transaction with its moment. Actions take it; they never commit nor read a clock."""

    session: Session
    now: datetime
    keys: Keys
    _after: list[Callable[[], None]] = field(default_factory=list)

    def afterwards(self, call: Callable[[], None]) -> None:
        """Call it once the transaction is on disk."""
        self._after.append(call)


class Turn:
    """The one writer's turn; whoever has it and asks again is told, instead of waiting for ever."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._holder == me:
            raise RuntimeError("a transaction that writes is open in this thread already")
        self._lock.acquire()
        self._holder = me

    def __exit__(self, *_error: object) -> None:
        self._holder = None
        self._lock.release()


class Store:
    """The database with its clock: hands out transactions.

    `keys` seal links, digests and the history. `clock` gives aware UTC times.
    """

    def __init__(
        self, engine: Engine, keys: Keys, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.engine = engine
        self.keys = keys
        self.clock = clock or (lambda: datetime.now(UTC))
        self.bell = threading.Event()  # rung after each commit: there may be work
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer; waiting in line here is fair and costs nothing, unlike polling.
        self.turn = Turn() if self.is_sqlite else nullcontext()
        self.writing = engine.execution_options(**{IMMEDIATE: True})
        self.reading = engine if self.is_sqlite else engine.execution_options(**ONLY_READS)
        self._session = sessionmaker(self.writing, expire_on_commit=False)
        event.listen(self._session, "before_flush", self._seal)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A transaction that may write: commits on leaving, rolls back on an error.

        Raises Stale where somebody else changed the same row, Unreachable where the database
        does not answer, Refused for text that it cannot hold.
        """
        with self.turn, self._session() as session:
            work = Work(session, self.clock(), self.keys)
            try:
                yield work
                session.commit()
            except DATABASE_TROUBLE as error:
                session.rollback()
                meaning = meaning_of(error)
                if isinstance(meaning, Stale):
                    meaning.version = _present_version(session)
                if meaning is None:
                    raise
                raise meaning from error
        for call in work._after:
            call()
        self.bell.set()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A transaction that only reads, and sees the database as of one moment.

        What was loaded can be read afterwards: closing ends the transaction and lets it go, a
        rollback would empty it. Raises Unreachable where the database does not answer, Refused
        for text that it cannot hold.
        """
        with Session(self.reading, expire_on_commit=False, autoflush=False) as session:
            try:
                yield Work(session, self.clock(), self.keys)
            except DATABASE_TROUBLE as error:
                meaning = meaning_of(error)
                if meaning is None:
                    raise
                raise meaning from error

    def _seal(self, session: Session, _context: object, _instances: object) -> None:
        """Chain the new events of this flush, letter by letter in their order."""
        _note_versions(session)
        for letter in (e for e in (*session.new, *session.dirty) if isinstance(e, Letter)):
            letter.stand_in_line()
        fresh = sorted(
            (e for e in session.new if isinstance(e, Event)), key=lambda e: (e.letter_id, e.seq)
        )
        for new in fresh:
            letter = session.get_one(Letter, new.letter_id)
            new.words_digest = words_digest(self.keys.digests, new.why, new.facts)
            row = {c: getattr(new, c) for c in CHAINED}
            new.hash = letter.chain_head = chain(letter.chain_head, row)


def _note_versions(session: Session) -> None:
    """Keep which rows are about to change, at which version: a failed flush forgets them."""
    session.info[VERSIONS] = [
        (type(entity), entity.id, entity.version)
        for entity in session.dirty
        if inspect(type(entity)).version_id_col is not None
    ]


def _present_version(session: Session) -> int:
    """The version, as it is now, of the first of these rows that somebody else changed; else 0."""
    for model, number, loaded in session.info.get(VERSIONS, ()):
        present = session.scalar(select(model.version).where(model.id == number))
        if present is not None and present != loaded:
            return int(present)
    return 0


# What an event's hash covers, by column.
CHAINED = (
    "letter_id",
    "seq",
    "at",
    "kind",
    "by_kind",
    "by_id",
    "by_name",
    "from_state",
    "to_state",
    "words_digest",
)
