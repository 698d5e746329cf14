"""Who wrote an article, and where letters about it are sent on to."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime


class Byline(Entity):
    """An author's address at the newsroom.

    `author_key` is the author's name in small letters and without accents: articles write it in
    several ways. `sends_approved` sends on every letter that is approved, unasked.
    """

    __tablename__ = "byline"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    author_key: Mapped[str] = mapped_column(String(200), unique=True)
    author: Mapped[str] = mapped_column(String(200))  # as the article last gave it
    address: Mapped[str] = mapped_column(String(254))
    sends_approved: Mapped[bool] = mapped_column(default=False)
    set_by: Mapped[str] = mapped_column(String(120))
    set_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
