"""What happened to a letter: an append-only history, chained by hashes."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.actor import Actor, ActorKind
from feedback.domain.mapped import Entity, Id, Json, UtcTime, words_of
from feedback.domain.state import State

# Keys of facts.
UNDOES = "undoes"  # of an undo: the seq of what never happened
COUNTS_AGAIN = "counts_again"  # gates that a chief had passed over, before this was known


class EventKind(StrEnum):
    """What sort of thing happened."""

    RECEIVED = "received"  # the letter came in
    MOVED = "moved"  # its state changed
    UNDONE = "undone"  # the last move was taken back
    EDITED = "edited"  # its text or signature was edited
    COMPLETED = "completed"  # the writer gave what was missing
    REPLIED = "replied"  # the writer answered by mail
    ARTICLE_SET = "article_set"  # an editor said which article it answers
    VERIFIED = "verified"  # somebody checked who wrote it
    ASKED = "asked"  # the writer was asked
    WANTED = "wanted"  # an editor approved it for when the writer answers
    OVERRIDDEN = "overridden"  # a chief passed over a gate
    CONTACT_SEEN = "contact_seen"  # somebody looked at the contact data
    SENT_ON = "sent_on"  # the reporter of its article was sent a copy
    CLAIM_OPENED = "claim_opened"  # an editor asks for a source (cq)
    CLAIM_SETTLED = "claim_settled"  # that question is answered
    ANSWER_MARKED = "answer_marked"  # it answers criticism: quotas spare it
    ADDRESS_LIFTED = "address_lifted"  # mails may go again to an address that did not exist
    SENT_AGAIN = "sent_again"  # an editor sent a mail about it once more
    NOTED = "noted"  # a remark of the machine


class Event(Entity):
    """One line of a letter's history; never changed."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("letter_id", "seq"),
        Index("ix_event_at", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcTime)
    kind: Mapped[EventKind] = mapped_column(words_of(EventKind))
    by_kind: Mapped[ActorKind] = mapped_column(words_of(ActorKind))
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    from_state: Mapped[State | None] = mapped_column(words_of(State))
    to_state: Mapped[State | None] = mapped_column(words_of(State))
    why: Mapped[str | None] = mapped_column(String(2000))
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    # Keyed digests stand in the chain for the words, so that erasing those leaves it whole.
    words_digest: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64), default="")

    @property
    def by(self) -> Actor:
        """Who did it."""
        return Actor(self.by_kind, self.by_name, self.by_id)


def words_digest(key: bytes, why: str | None, facts: dict[str, Any] | None) -> str:
    """Keyed digest (hex) of an event's free words."""
    text = json.dumps([why, facts], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def chain(previous: str, row: dict[str, Any]) -> str:
    """Hash (hex) of an event that follows the event with hash `previous` ("" for the first).

    `row` has the event's columns by name; what a writer wrote takes part by `words_digest` alone.
    """
    parts = [
        previous,
        str(row["letter_id"]),
        str(row["seq"]),
        row["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        str(row["kind"]),
        str(row["by_kind"]),
        str(row["by_id"] or ""),
        str(row["by_name"]),
        str(row["from_state"] or ""),
        str(row["to_state"] or ""),
        row["words_digest"],
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
