"""An edited text of a letter; each edit is a new one."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime


class Revision(Entity):
    """What the desk made of the original, with what that did to it."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("letter_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    number: Mapped[int]  # 1 for the first edit
    remarks: Mapped[str] = mapped_column(Text)
    cut_percent: Mapped[int]  # words of the original that were cut, of its words
    added_percent: Mapped[int]
    added_words: Mapped[int]
    touched: Mapped[list[str]] = mapped_column(Json)  # of figure, name, quotation, negation
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)
