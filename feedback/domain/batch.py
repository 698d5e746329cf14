"""Decisions about many letters at once, with one Undo for all."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.actor import ActorKind
from feedback.domain.mapped import Entity, Id, UtcTime, words_of
from feedback.domain.state import Decision


class Batch(Entity):
    """What was decided about many letters in one go, by an editor or by a rule of the house."""

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_at", "at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    decision: Mapped[Decision] = mapped_column(words_of(Decision))
    why: Mapped[str] = mapped_column(String(300), default="")  # the rule, the campaign
    by_kind: Mapped[ActorKind] = mapped_column(words_of(ActorKind))
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)
    letter_count: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    undone_by: Mapped[str | None] = mapped_column(String(120))


class BatchLetter(Entity):
    """A letter of a batch, with the event (its `seq`) that the batch made."""

    __tablename__ = "batch_letter"
    __table_args__ = (Index("ix_batch_letter_letter_id", "letter_id"),)

    batch_id: Mapped[int] = mapped_column(
        Id, ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    letter_id: Mapped[int] = mapped_column(
        Id, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seq: Mapped[int]
