"""Somebody whose mails are refused: kept as a keyed digest, never as an address."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class BlockedSender(Entity):
    """One address; `about` says by what an editor knows it: a letter, a mail, or nothing."""

    __tablename__ = "blocked_sender"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sender_key: Mapped[str] = mapped_column(String(64), unique=True)
    about: Mapped[str] = mapped_column(String(40), default="")
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)
