"""A selection of the queue that an editor keeps under a name."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class SavedView(Entity):
    """One editor's view: `query` is the queue's query string."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("editor_id", "name"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    editor_id: Mapped[int] = mapped_column(Id)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(2000))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
