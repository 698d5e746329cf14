"""One transaction: what an action is given, what an edge commits."""

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from feedback.domain.errors import Stale, Unreachable
from feedback.domain.event import Event, chain, words_digest
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose as LinkPurpose
from feedback.domain.link import digest_of, token_for
from feedback.store.engine import IMMEDIATE


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
        self.turn = threading.Lock() if self.is_sqlite else nullcontext()
        self.writing = engine.execution_options(**{IMMEDIATE: True})
        self._session = sessionmaker(self.writing, expire_on_commit=False)
        event.listen(self._session, "before_flush", self._seal)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A transaction that may write: commits on leaving, rolls back on an error.

        Raises Stale where somebody else changed the same row, Unreachable where the database
        does not answer.
        """
        with self.turn, self._session() as session:
            work = Work(session, self.clock(), self.keys)
            try:
                yield work
                session.commit()
            except StaleDataError as error:
                session.rollback()
                raise Stale("Somebody else saved this in the meantime.", 0) from error
            except OperationalError as error:
                session.rollback()
                raise Unreachable("The database does not answer.") from error
        for call in work._after:
            call()
        self.bell.set()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A transaction that only reads; nothing in it is ever written.

        What was loaded can be read afterwards: closing ends the transaction and lets it go, a
        rollback would empty it.
        """
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            try:
                yield Work(session, self.clock(), self.keys)
            except OperationalError as error:
                raise Unreachable("The database does not answer.") from error

    def _seal(self, session: Session, _context: object, _instances: object) -> None:
        """Chain the new events of this flush, letter by letter in their order."""
        fresh = sorted(
            (e for e in session.new if isinstance(e, Event)), key=lambda e: (e.letter_id, e.seq)
        )
        for new in fresh:
            letter = session.get_one(Letter, new.letter_id)
            new.words_digest = words_digest(self.keys.digests, new.why, new.facts)
            row = {c: getattr(new, c) for c in CHAINED}
            new.hash = letter.chain_head = chain(letter.chain_head, row)


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
