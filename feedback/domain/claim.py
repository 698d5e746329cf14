"""Facts to be checked: what an editor opened (a “cq”) keeps a letter out of print."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime, words_of


class ClaimOutcome(StrEnum):
    """What became of a question."""

    STANDS = "stands"  # a source was found
    MENDED = "mended"  # the text was edited
    DROPPED = "dropped"  # the question was not worth asking


class Claim(Entity):
    """One cq: words of the letter that want a source; open until it is settled."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_letter_id", "letter_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    quote: Mapped[str] = mapped_column(String(500))  # the letter’s own words
    question: Mapped[str] = mapped_column(String(500), default="")
    opened_by_id: Mapped[int | None] = mapped_column(Id)
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    outcome: Mapped[ClaimOutcome | None] = mapped_column(words_of(ClaimOutcome))
    source: Mapped[str] = mapped_column(String(1000), default="")  # what settled it
    settled_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
