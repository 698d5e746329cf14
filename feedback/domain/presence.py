"""Who has which letter open, and whether the worker lives."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime

STILL_READING = timedelta(minutes=5)


class Presence(Entity):
    """An editor opened a letter at a moment; after `STILL_READING` they are taken to be gone."""

    __tablename__ = "presence"

    letter_id: Mapped[int] = mapped_column(
        Id, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    editor_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    editor_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)


class Pulse(Entity):
    """A worker's sign of life."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
