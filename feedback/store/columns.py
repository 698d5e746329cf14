"""Columns: which there are, and the one that is asked for."""

from sqlalchemy import select

from feedback.domain.column import Column
from feedback.domain.errors import NotFound
from feedback.store.work import Work


def first(work: Work, *, to_change: bool = False) -> Column:
    """The oldest column: the house's own where none is named.

    `to_change` locks it until the transaction ends (PostgreSQL): who makes something of which a
    column has one of a kind waits for whoever does the same.
    """
    query = select(Column).order_by(Column.id).limit(1)
    column = work.session.scalars(query.with_for_update() if to_change else query).first()
    if column is None:
        raise NotFound("There is no column yet: run `feedback migrate`.")
    return column


def by_slug(work: Work, slug: str, *, to_change: bool = False) -> Column:
    """The column with that slug, locked like `first` where told; raises NotFound."""
    query = select(Column).where(Column.slug == slug)
    query = query.with_for_update() if to_change else query
    column = work.session.scalars(query).first() if "\x00" not in slug else None
    if column is None:
        raise NotFound(f"There is no column “{slug}”.")
    return column


def every(work: Work) -> list[Column]:
    """All columns, oldest first."""
    return list(work.session.scalars(select(Column).order_by(Column.id)))
