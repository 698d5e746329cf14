"""An edition that goes somewhere: one record a time, with what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime, words_of


class TargetKind(StrEnum):
    """Where to."""

    WORDPRESS = "wordpress"  # a draft post of a WordPress site


class DeliveryState(StrEnum):
    """How far it got."""

    WAITING = "waiting"  # due now, or to be tried again
    DONE = "done"  # it is there
    FAILED = "failed"  # refused for good, or given up


class Delivery(Entity):
    """One delivery; `remote_id` is what the other side calls it, found again by later ones."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_state_due_at", "state", "due_at"),
        Index("ix_delivery_edition_id", "edition_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    edition_id: Mapped[int] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"))
    target: Mapped[TargetKind] = mapped_column(words_of(TargetKind))
    state: Mapped[DeliveryState] = mapped_column(
        words_of(DeliveryState), default=DeliveryState.WAITING
    )
    remote_id: Mapped[str | None] = mapped_column(String(100))
    remote_url: Mapped[str] = mapped_column(String(2000), default="")
    by_name: Mapped[str] = mapped_column(String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
