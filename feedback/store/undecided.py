"""Letters that wait since long, and the editions that have appeared meanwhile."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from feedback.domain.edition import Edition, EditionState
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import State
from feedback.store.letters import WHOLE
from feedback.store.work import Work


def editions_since(work: Work, column_id: int, number: int) -> datetime | None:
    """When the `number`-th newest edition appeared; None where there are not so many."""
    if number <= 0:
        return None
    query = (
        select(Edition.published_at)
        .where(Edition.column_id == column_id, Edition.state == EditionState.PUBLISHED)
        .order_by(Edition.published_at.desc())
        .offset(number - 1)
        .limit(1)
    )
    return work.session.scalar(query)


def received_before(work: Work, column_id: int, before: datetime, most: int) -> list[Letter]:
    """Letters that came to this desk until then, still received, never decided about; whole."""
    first = aliased(Event)
    decided = exists().where(
        Event.letter_id == Letter.id, Event.kind.in_((EventKind.MOVED, EventKind.WANTED))
    )
    query = (
        select(Letter)
        .join(first, (first.letter_id == Letter.id) & (first.seq == 1))
        .where(
            Letter.state == State.RECEIVED,
            Letter.column_id == column_id,
            Letter.channel != Channel.IMPORT,
            first.at <= before,
            ~decided,
        )
        .order_by(Letter.received_at, Letter.id)
        .limit(most)
        .options(*WHOLE)
        .with_for_update(of=Letter, skip_locked=True)
    )
    return list(work.session.scalars(query).unique())
