"""The letter as it was sent: written once, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime


class Original(Entity):
    """The writer's words with the fields as typed; a database trigger refuses every update."""

    __tablename__ = "original"

    letter_id: Mapped[int] = mapped_column(
        Id, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    remarks: Mapped[str] = mapped_column(Text)
    # article, name, town, state, country, affiliation, … as typed; never e-mail or telephone.
    given: Mapped[dict[str, Any]] = mapped_column(Json)
    consent: Mapped[str] = mapped_column(String(40))  # version of the words agreed to
    received_at: Mapped[datetime] = mapped_column(UtcTime)


class Contact(Entity):
    """How to reach the writer; apart from the letter, so that it can go on its own."""

    __tablename__ = "contact"

    letter_id: Mapped[int] = mapped_column(
        Id, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    # Keyed digest of the address: tells "the same writer?" without showing who.
    email_key: Mapped[str | None] = mapped_column(String(64), index=True)
