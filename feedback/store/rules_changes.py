"""The record of a column's rules: every change, the newest first."""

from collections.abc import Sequence

from sqlalchemy import select

from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.rules_change import RulesChange
from feedback.domain.state import State
from feedback.store.letters import FOR_CHECKS
from feedback.store.work import Work

WAITING = (State.RECEIVED, State.SHORTLISTED, State.APPROVED, State.HELD, State.PLACED)


def keep(work: Work, change: RulesChange) -> RulesChange:
    """Keep a change."""
    work.session.add(change)
    work.session.flush()
    return change


def newest(work: Work, column_id: int, limit: int = 100) -> Sequence[RulesChange]:
    """The newest changes of a column's rules."""
    query = select(RulesChange).where(RulesChange.column_id == column_id)
    return list(work.session.scalars(query.order_by(RulesChange.number.desc()).limit(limit)))


def since(work: Work, column_id: int, number: int) -> Sequence[RulesChange]:
    """That change and every later one, the newest first; raises NotFound where there is none."""
    query = select(RulesChange).where(
        RulesChange.column_id == column_id, RulesChange.number >= number
    )
    found = list(work.session.scalars(query.order_by(RulesChange.number.desc())))
    if not found or found[-1].number != number:
        raise NotFound("There is no such change.")
    return found


def open_letters(work: Work, column_id: int, most: int) -> list[Letter]:
    """Letters of a column that wait, the newest first."""
    query = (
        select(Letter)
        .where(Letter.column_id == column_id, Letter.state.in_(WAITING))
        .order_by(Letter.received_at.desc(), Letter.id.desc())
        .limit(most)
        .options(*FOR_CHECKS)
    )
    return list(work.session.scalars(query).unique())
