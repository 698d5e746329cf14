"""What an editor is typing, kept as they type; and edits that somebody proposes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime, index_where, words_of


class Draft(Entity):
    """An edit that is not saved yet; one an editor and letter, gone once it is saved.

    `fields` are the form's `values`, and `base`: what was saved when the edit was begun, at the
    letter's `version`.
    """

    __tablename__ = "draft"

    letter_id: Mapped[int] = mapped_column(
        Id, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    editor_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    editor_name: Mapped[str] = mapped_column(String(120))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcTime)


class Verdict(StrEnum):
    """What an editor made of a proposed edit."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Proposal(Entity):
    """An edit by somebody who may not edit themselves; open until an editor decides.

    `fields` are the `values` that would change, and for the same names what was saved, `base`.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_letter_id", "letter_id"),
        index_where("proposal", "verdict IS NULL", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)
    verdict: Mapped[Verdict | None] = mapped_column(words_of(Verdict))
    settled_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    why: Mapped[str | None] = mapped_column(String(500))  # it was refused
