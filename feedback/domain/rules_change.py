"""Changes of a column's rules, each with who, when, before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime


class RulesChange(Entity):
    """One change; `number` is 1 for a column's first. `before` and `after` hold what differs."""

    __tablename__ = "rules_change"
    __table_args__ = (UniqueConstraint("column_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    column_id: Mapped[int] = mapped_column(Id, ForeignKey("column.id", ondelete="CASCADE"))
    number: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
    touched: Mapped[int] = mapped_column(default=0)  # open letters whose findings it may change
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)
