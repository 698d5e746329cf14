"""Who writes to us: one person, known by keyed digests, never by address in clear."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class Writer(Entity):
    """One person with all their letters.

    `person_key` is the keyed digest of the email address; of somebody without one, of name and
    place. `household_key` is that of surname and place: people who share it may live together.
    The counts are of letters at the desk, `published_count` of those in print.
    """

    __tablename__ = "writer"
    __table_args__ = (Index("ix_writer_household_key", "household_key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_key: Mapped[str] = mapped_column(String(64), unique=True)
    household_key: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(String(120))  # as the newest letter gives it
    place: Mapped[str | None] = mapped_column(String(200))  # in AP form, the same
    first_seen_at: Mapped[datetime] = mapped_column(UtcTime)
    letter_count: Mapped[int] = mapped_column(default=0)
    published_count: Mapped[int] = mapped_column(default=0)
    last_published_on: Mapped[date | None]
