"""The reading of a newsroom's site: when it is due, how it went.

A column's version stays as editors know it: what the machine notes is no change of the rules.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, update

from feedback.domain.column import Column
from feedback.domain.mapped import Entity
from feedback.store.work import Work

MOST_PROBLEM = 300


@dataclass(frozen=True)
class Due:
    """A column whose site is to be read, as it stood when it was claimed."""

    column_id: int
    site_url: str
    articles_url: str
    articles_kind: str


def is_due(work: Work, read_before: datetime) -> bool:
    """Whether a column's site was last read before that moment, or never."""
    return work.session.scalar(_due(read_before).with_only_columns(Column.id)) is not None


def claim(work: Work, read_before: datetime) -> Due | None:
    """A column with a site that was last read before that moment, or never; None for none.

    It is claimed for the caller: no other worker gets it until it is due again.
    """
    query = _due(read_before).with_for_update(skip_locked=True)
    column = work.session.scalars(query).first()
    if column is None:
        return None
    _set(work, Column.id == column.id, articles_read_at=work.now)
    return Due(column.id, column.site_url, column.articles_url, column.articles_kind)


def _due(read_before: datetime) -> Select[Column]:
    never_or_then = or_(Column.articles_read_at.is_(None), Column.articles_read_at <= read_before)
    has_site = or_(Column.site_url != "", Column.articles_url != "")
    return select(Column).where(has_site, never_or_then).order_by(Column.id).limit(1)


def note(work: Work, due: Due, url: str, kind: str, problem: str) -> None:
    """Remember where the articles are listed and what went wrong (empty: nothing).

    An empty `url` or `kind` leaves what was known. Nothing is noted where the settings were
    changed meanwhile.
    """
    found = {"articles_url": url} if url else {}
    found |= {"articles_kind": kind} if kind else {}
    unchanged = and_(
        Column.id == due.column_id,
        Column.site_url == due.site_url,
        Column.articles_url == due.articles_url,
    )
    _set(work, unchanged, articles_problem=problem[:MOST_PROBLEM], **found)


def ask_again(work: Work, column_id: int) -> None:
    """The site is due now."""
    _set(work, Column.id == column_id, articles_read_at=None, articles_problem="")


def _set(work: Work, where: ColumnElement[bool], **values: object) -> None:
    """Past the ORM, which would count the version on."""
    work.session.execute(update(_COLUMN).where(where).values(**values))


_COLUMN = Entity.metadata.tables["column"]
