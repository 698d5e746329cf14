"""Decisions about many letters at once, kept so that one Undo takes all of them back."""

from collections.abc import Sequence

from sqlalchemy import select

from feedback.domain.batch import Batch, BatchLetter
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.store.letters import WHOLE
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work


def by_id(work: Work, batch_id: int, *, to_change: bool = False) -> Batch:
    """The batch with that number; raises NotFound. `to_change` locks it (PostgreSQL)."""
    batch = None
    if 0 < batch_id < 2**63:
        batch = work.session.get(Batch, batch_id, with_for_update=to_change or None)
    if batch is None:
        raise NotFound("There is no such batch.")
    return batch


def page(work: Work, after: str | None = None, limit: int = 50) -> Page[Batch]:
    """One page, newest first. Raises Refused for a cursor that is not ours."""
    query = select(Batch).order_by(Batch.id.desc()).limit(limit + 1)
    if after:
        query = query.where(Batch.id < read_cursor(after)[1])
    found = list(work.session.scalars(query))
    rows = found[:limit]
    return Page(rows, cursor_after(rows[-1].at, rows[-1].id) if len(found) > limit else None)


def letters_of(work: Work, batch: Batch) -> list[tuple[Letter, int]]:
    """The letters of a batch, whole and to be changed, each with the event that it made."""
    query = (
        select(Letter, BatchLetter.seq)
        .join(BatchLetter, BatchLetter.letter_id == Letter.id)
        .where(BatchLetter.batch_id == batch.id)
        .order_by(Letter.id)
        .options(*WHOLE)
        .with_for_update(of=Letter)
    )
    return [(row[0], row[1]) for row in work.session.execute(query).unique()]


def to_change(work: Work, refs: Sequence[str]) -> list[Letter]:
    """The letters with these references that there are, whole, locked in one order."""
    query = (
        select(Letter)
        .where(Letter.ref.in_(refs))
        .order_by(Letter.id)
        .options(*WHOLE)
        .with_for_update(of=Letter)
    )
    return list(work.session.scalars(query).unique())
