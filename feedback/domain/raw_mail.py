"""A mail as it came: kept before anything is read, with what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime, index_where, words_of


class Door(StrEnum):
    """By which way a mail came in."""

    PIPE = "pipe"  # the mail server's pipe: `feedback mail receive`
    LMTP = "lmtp"  # `feedback mail serve`
    IMAP = "imap"  # a mailbox that is watched: `feedback mail fetch`, the worker


class Fate(StrEnum):
    """What became of a mail."""

    WAITING = "waiting"  # kept, not read yet
    LETTER = "letter"  # a letter was made of it
    REPLY = "reply"  # its writer's answer to a letter that was there already
    REFUSED = "refused"  # it is no letter, for a reason that has a name
    UNREAD = "unread"  # reading it failed; it can be tried again


class Refusal(StrEnum):
    """Why a mail is no letter."""

    LOOP = "loop"  # we wrote it ourselves
    BOUNCE = "bounce"  # a mail server tells of a mail of ours
    AUTO_REPLY = "auto_reply"  # a robot answers: out of office
    LIST = "list"  # a mailing list, a newsletter
    SPAM = "spam"  # our mail server says so
    TOO_MANY = "too_many"  # more from one sender in an hour than a person writes
    TOO_LARGE = "too_large"  # larger than a letter can be; its beginning is kept
    ONLY_ATTACHMENT = "only_attachment"  # nothing in words, something attached that has none either
    EMPTY = "empty"  # nothing in it
    BLOCKED = "blocked"  # an editor has blocked the sender


class RawMail(Entity):
    """One mail with its bytes; the same bytes are the same mail, however often they come.

    `sender_key` is the keyed digest of the address that From gives; `subject` is cleaned, for
    lists. `problem` says what went wrong when it, or a file on it, could not be read, never with
    words of the mail.
    """

    __tablename__ = "raw_mail"
    __table_args__ = (
        UniqueConstraint("digest"),
        Index("ix_raw_mail_fate_id", "fate", "id"),
        Index("ix_raw_mail_refusal_received_at_id", "refusal", "received_at", "id"),
        Index("ix_raw_mail_sender_key_received_at", "sender_key", "received_at"),
        index_where("raw_mail", "letter_id IS NOT NULL", "letter_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the bytes, hex
    door: Mapped[Door] = mapped_column(words_of(Door))
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    size: Mapped[int]  # bytes, as it came
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    fate: Mapped[Fate] = mapped_column(words_of(Fate), default=Fate.WAITING)
    refusal: Mapped[Refusal | None] = mapped_column(words_of(Refusal))
    problem: Mapped[str] = mapped_column(String(300), default="")
    is_accepted: Mapped[bool] = mapped_column(default=False)  # an editor says: it is a letter
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None] = mapped_column(String(250))
    subject: Mapped[str] = mapped_column(String(300), default="")
    sender_key: Mapped[str | None] = mapped_column(String(64))
    letter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("letter.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    mailbox_id: Mapped[int | None] = mapped_column(Id)  # the watched mailbox it lay in
    auth: Mapped[dict[str, Any] | None] = mapped_column(Json)  # see domain/sender_auth
    read_from: Mapped[int | None]  # number of the attached file that the letter was read from
