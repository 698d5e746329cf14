"""What a writer answered by mail: kept with the letter, gone with it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime, words_of


class FoundBy(StrEnum):
    """How it was told which letter a mail answers; the sender is that letter's writer always."""

    ADDRESS = "address"  # it went to the secret address that our mails ask answers to
    MAIL = "mail"  # it answers a mail of ours, which only its receiver knows
    NUMBER = "number"  # its subject has the letter's reference, which is no secret


# What only the mailbox of the writer can know; a reference alone proves nothing.
PROVES_MAILBOX = frozenset({FoundBy.ADDRESS, FoundBy.MAIL})


class Did(StrEnum):
    """What an answer did by itself; nothing of it: an editor reads it."""

    COMPLETED = "completed"  # it gave what was missing
    CONFIRMED = "confirmed"  # yes, I wrote it
    DENIED = "denied"  # no, I did not
    WITHDREW = "withdrew"  # the letter is taken back


class Reply(Entity):
    """One answer in the writer's own words, without what it quotes."""

    __tablename__ = "reply"
    __table_args__ = (Index("ix_reply_letter_id", "letter_id"), UniqueConstraint("raw_mail_id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    raw_mail_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("raw_mail.id", ondelete="SET NULL")
    )
    at: Mapped[datetime] = mapped_column(UtcTime)
    text: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[str]] = mapped_column(Json)  # names
    found_by: Mapped[FoundBy] = mapped_column(words_of(FoundBy))
    did: Mapped[list[Any]] = mapped_column(Json)  # words of Did
