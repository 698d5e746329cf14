"""Marks by which letters that are like each other are found."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id


class Likeness(Entity):
    """One mark of one letter; the marks are those of `reading/likeness`."""

    __tablename__ = "likeness"
    __table_args__ = ({"sqlite_with_rowid": False},)

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    letter_id: Mapped[int] = mapped_column(
        Id, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
