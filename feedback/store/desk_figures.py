"""What waits at the desk, in figures, for one editor's daily mail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from feedback.domain.draft import Proposal
from feedback.domain.letter import Letter
from feedback.domain.note import Mention
from feedback.domain.state import OPEN, State
from feedback.store.paging import CAP, Count
from feedback.store.work import Work

OVERDUE = timedelta(days=3)  # that a letter is somebody's and not through


@dataclass(frozen=True)
class Figures:
    """Counts up to the cap; `oldest` is when the longest-waiting letter came, None where none."""

    waiting: Count
    oldest: datetime | None
    answered: Count
    back_today: Count
    mine: Count
    overdue: Count
    named: Count
    proposed: Count

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        counts = (self.waiting, self.answered, self.back_today, self.mine, self.named)
        return not any(one.number for one in (*counts, self.proposed))


def figures(work: Work, editor_id: int, today: date) -> Figures:
    """The figures of the desk, and of one editor in it; `today` is the newsroom's."""
    mine = select(Letter.id).where(Letter.assigned_id == editor_id, Letter.state.in_(OPEN))
    wanted: dict[str, Select[Any]] = {
        "waiting": select(Letter.id).where(Letter.state == State.RECEIVED),
        "answered": select(Letter.id).where(
            Letter.answered_at.is_not(None), Letter.state.in_(OPEN)
        ),
        "back_today": select(Letter.id).where(Letter.hold_until == today),
        "mine": mine,
        "overdue": mine.where(Letter.assigned_at < work.now - OVERDUE),
        "named": select(Mention.note_id).where(
            Mention.editor_id == editor_id, Mention.seen_at.is_(None)
        ),
        "proposed": select(Proposal.id).where(Proposal.verdict.is_(None)),
    }
    parts = [
        select(func.count()).select_from(one.limit(CAP + 1).subquery()).scalar_subquery()
        for one in wanted.values()
    ]
    row = work.session.execute(select(*parts)).one()
    oldest = select(Letter.received_at).where(Letter.state == State.RECEIVED)
    return Figures(
        oldest=work.session.scalar(oldest.order_by(Letter.received_at, Letter.id).limit(1)),
        **{name: Count(number) for name, number in zip(wanted, row, strict=True)},
    )
