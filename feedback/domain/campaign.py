"""Campaigns: form letters, near-duplicates that many people send."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class Membership(StrEnum):
    """How a letter belongs to a campaign."""

    SUGGESTED = "suggested"  # the machine thinks so
    CONFIRMED = "confirmed"  # an editor says so
    APART = "apart"  # an editor says it is a letter of its own


class Campaign(Entity):
    """A cluster of letters; the lead letter is the first that came.

    `letter_count` counts suggested and confirmed members. `burst_at` is when many came at once.
    """

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))  # its first words, until an editor names it
    lead_id: Mapped[int | None] = mapped_column(Id)  # a letter's number
    letter_count: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    last_at: Mapped[datetime] = mapped_column(UtcTime)  # the newest member came
    burst_at: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
