"""One dated issue of the column, with its sections."""

import datetime as dt
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from feedback.domain.column import Column
from feedback.domain.errors import Stale
from feedback.domain.letter import Letter
from feedback.domain.mapped import Entity, Id, UtcTime, words_of


class EditionState(StrEnum):
    """Whether readers see it."""

    DRAFT = "draft"  # being made
    PUBLISHED = "published"  # printed, its proofsheet frozen


class Section(Entity):
    """Letters of an edition that stand together, under a subhead or none."""

    __tablename__ = "section"
    __table_args__ = (Index("ix_section_edition_id_position", "edition_id", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    edition_id: Mapped[int] = mapped_column(Id, ForeignKey("edition.id", ondelete="CASCADE"))
    position: Mapped[int]
    subhead: Mapped[str | None] = mapped_column(String(200))

    edition: Mapped["Edition"] = relationship(back_populates="sections")
    letters: Mapped[list[Letter]] = relationship(
        order_by=Letter.place_order, backref="section", passive_deletes=True
    )


class Edition(Entity):
    """A dated column that is made, then published with its contents frozen."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("column_id", "slug"),
        Index("ix_edition_state_date", "state", "date"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    column_id: Mapped[int] = mapped_column(Id, ForeignKey("column.id"))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(300))
    date: Mapped[dt.date]
    editors_note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[EditionState] = mapped_column(words_of(EditionState), default=EditionState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    published_by: Mapped[str | None] = mapped_column(String(120))
    proofsheet: Mapped[str | None] = mapped_column(Text)  # frozen contents, JSON
    made_at: Mapped[datetime] = mapped_column(UtcTime)

    column: Mapped[Column] = relationship(lazy="joined")  # outer: see Letter.column
    sections: Mapped[list[Section]] = relationship(
        order_by=Section.position,
        back_populates="edition",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    __mapper_args__ = {"version_id_col": version}

    def letters(self) -> list[Letter]:
        """Every letter in it, in the order of print."""
        return [letter for section in self.sections for letter in section.letters]

    def expect(self, version: int | None) -> None:
        """Raise Stale unless `version` (where one is given) is the present one."""
        if version is not None and version != self.version:
            raise Stale("Somebody else has changed this edition meanwhile.", self.version)

    def touch(self) -> None:
        """Make the version go on, although only what hangs on the edition changed."""
        flag_modified(self, "title")
