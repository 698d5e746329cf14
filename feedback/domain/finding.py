"""What a check found in a letter, with the words as evidence."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime, index_where, words_of


class Result(StrEnum):
    """What a check makes of a letter; it never decides."""

    PASS = "pass"  # nothing to say
    NOTE = "note"  # worth a look
    HOLD = "hold"  # an editor must look before print
    REFUSE = "refuse"  # a rule of the house speaks against it
    NOT_RUN = "not_run"  # the check failed or took too long


@dataclass(frozen=True)
class Finding:
    """One check's verdict: `says` is a sentence, `evidence` the very words it is about.

    `until`: the first day on which the check would say something else; it is run again then.
    """

    check: str
    version: int
    outcome: Result
    says: str = ""
    evidence: tuple[str, ...] = ()
    until: date | None = None


class StoredFinding(Entity):
    """A finding as it stands with a letter; the newest run replaces the one before."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_letter_id_check", "letter_id", "check", unique=True),
        index_where("finding", "until IS NOT NULL", "until"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    check: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    outcome: Mapped[Result] = mapped_column(words_of(Result))
    says: Mapped[str] = mapped_column(String(400), default="")
    evidence: Mapped[list[str]] = mapped_column(Json)
    revision: Mapped[int] = mapped_column(default=0)  # 0 is the original
    at: Mapped[datetime] = mapped_column(UtcTime)
    until: Mapped[date | None]
