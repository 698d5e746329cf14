"""Selections of the queue that editors keep under names."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from feedback.domain.errors import Refused
from feedback.domain.saved_view import SavedView
from feedback.store.work import Work

MOST = 30  # of one editor


def of_editor(work: Work, editor_id: int | None) -> Sequence[SavedView]:
    """One editor's views, by name."""
    query = select(SavedView).where(SavedView.editor_id == editor_id)
    return list(work.session.scalars(query.order_by(SavedView.name).limit(MOST)))


def keep(work: Work, editor_id: int, name: str, query: str) -> None:
    """Keep a view, in place of one of the same name.

    Raises Refused (kind `fields`) where there are too many.
    """
    known = work.session.scalar(
        select(SavedView).where(SavedView.editor_id == editor_id, SavedView.name == name)
    )
    if known is not None:
        known.query, known.made_at = query, work.now
        return
    mine = select(func.count()).where(SavedView.editor_id == editor_id)
    if (work.session.scalar(mine) or 0) >= MOST:
        raise Refused(f"There are {MOST} views already: forget one first.", "fields")
    work.session.add(SavedView(editor_id=editor_id, name=name, query=query, made_at=work.now))


def forget(work: Work, editor_id: int, view_id: int) -> None:
    """Forget one of the editor's own; another's stays."""
    mine = SavedView.id == view_id, SavedView.editor_id == editor_id
    work.session.execute(delete(SavedView).where(*mine))
