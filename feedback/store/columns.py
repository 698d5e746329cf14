"""Columns: which there are, and the one that is asked for."""

from sqlalchemy import select

from feedback.domain.column import Column
from feedback.domain.errors import NotFound
from feedback.store.work import Work


def first(work: Work) -> Column:
    """The oldest column: the house's own where none is named."""
    column = work.session.scalars(select(Column).order_by(Column.id).limit(1)).first()
    if column is None:
        raise NotFound("There is no column yet: run `feedback migrate`.")
    return column


def by_slug(work: Work, slug: str) -> Column:
    """The column with that slug; raises NotFound."""
    column = work.session.scalars(select(Column).where(Column.slug == slug)).first()
    if column is None:
        raise NotFound(f"There is no column “{slug}”.")
    return column


def every(work: Work) -> list[Column]:
    """All columns, oldest first."""
    return list(work.session.scalars(select(Column).order_by(Column.id)))
