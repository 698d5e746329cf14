"""An article that letters answer, with every address it was known by."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.domain.mapped import Entity, Id, UtcTime, words_of


class ArticleKind(StrEnum):
    """How a letter speaks of it: “Regarding Jo Byline’s report, …”."""

    REPORT = "report"
    COMMENTARY = "commentary"
    STORY = "story"
    INTERVIEW = "interview"


class Article(Entity):
    """Headline, byline, address and day of something the newsroom published."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_published_on_id", "published_on", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    url: Mapped[str | None] = mapped_column(String(2000))  # as imported, not its canonical form
    headline: Mapped[str] = mapped_column(String(500))
    author: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[ArticleKind] = mapped_column(words_of(ArticleKind), default=ArticleKind.REPORT)
    published_on: Mapped[date | None]
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    # When an editor last corrected it: reading the site again leaves it as it is.
    mended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    addresses: Mapped[list["ArticleAddress"]] = relationship(
        back_populates="article", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}


class ArticleAddress(Entity):
    """One canonical address under which an article is or was known."""

    __tablename__ = "article_address"

    canonical: Mapped[str] = mapped_column(String(2000), primary_key=True)
    article_id: Mapped[int] = mapped_column(Id, ForeignKey("article.id", ondelete="CASCADE"))

    article: Mapped[Article] = relationship(back_populates="addresses")

    __table_args__ = (Index("ix_article_address_article_id", "article_id"),)
