"""Notes of the desk about a letter or a writer; nobody outside ever sees them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class Note(Entity):
    """What an editor wrote down, about a letter or (without one) about its writer."""

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_letter_id", "letter_id"),
        Index("ix_note_writer_id", "writer_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    writer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("writer.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)


class Mention(Entity):
    """Somebody who is named in a note (“@ana”), until they have seen it."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_editor_id_seen_at", "editor_id", "seen_at"),)

    note_id: Mapped[int] = mapped_column(
        Id, ForeignKey("note.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    editor_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)
