"""Whose letters are: beside the letter's own history, so that no open page becomes stale by it."""

from collections.abc import Sequence

from sqlalchemy import select, update

from feedback.domain.letter import Letter
from feedback.domain.state import OPEN
from feedback.store.letters import FOR_LISTS
from feedback.store.work import Work


def give(
    work: Work, letter_id: int, editor_id: int | None, name: str | None, seen: int | None
) -> bool:
    """The letter is that editor's; None: nobody's. False where it is not `seen`'s any more."""
    done = work.session.execute(
        update(Letter)
        .where(Letter.id == letter_id, Letter.assigned_id.is_not_distinct_from(seen))
        .values(
            assigned_id=editor_id,
            assigned_name=name,
            assigned_at=work.now if editor_id is not None else None,
        )
        .returning(Letter.id),
        execution_options={"synchronize_session": False},
    )
    return done.first() is not None


def of_editor(work: Work, editor_id: int, limit: int = 100) -> Sequence[Letter]:
    """Letters that are an editor's and not yet through, in the order in which one reads."""
    query = (
        select(Letter)
        .where(Letter.assigned_id == editor_id, Letter.state.in_(OPEN))
        .order_by(Letter.reading_key)
        .limit(limit)
        .options(*FOR_LISTS)
    )
    return list(work.session.scalars(query).unique())


def answered(work: Work, limit: int = 50) -> Sequence[Letter]:
    """Open letters whose writers have answered since an editor looked, the longest ago first."""
    query = (
        select(Letter)
        .where(Letter.answered_at.is_not(None), Letter.state.in_(OPEN))
        .order_by(Letter.answered_at)
        .limit(limit)
    )
    return list(work.session.scalars(query).unique())
