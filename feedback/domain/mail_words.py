"""A column's own words for one of its mails: every version, with who wrote it and when."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime, words_of
from feedback.domain.owed_mail import MailKind


class MailWords(Entity):
    """One version; the newest stands. Without subject and text: the usual words again."""

    __tablename__ = "mail_words"
    __table_args__ = (UniqueConstraint("column_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    column_id: Mapped[int] = mapped_column(Id, ForeignKey("column.id", ondelete="CASCADE"))
    kind: Mapped[MailKind] = mapped_column(words_of(MailKind))
    number: Mapped[int]
    subject: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)
