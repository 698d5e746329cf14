"""Edits that somebody proposes, until an editor settles them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from feedback.domain.draft import Proposal
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.store.work import Work

MOST_SHOWN = 50
TOLD_FOR = timedelta(days=14)  # what became of one's proposals


@dataclass(frozen=True)
class OfLetter:
    """A proposal with the reference of its letter and the first words of that."""

    proposal: Proposal
    ref: str
    opening: str


def open_for(work: Work, letter_id: int) -> Sequence[Proposal]:
    """Proposals for a letter that nobody has settled, oldest first."""
    query = (
        select(Proposal)
        .where(Proposal.letter_id == letter_id, Proposal.verdict.is_(None))
        .order_by(Proposal.id)
        .limit(MOST_SHOWN)
    )
    return list(work.session.scalars(query))


def open_of(work: Work, letter_id: int, by_id: int | None, by_name: str) -> Proposal | None:
    """The one that somebody made already and nobody has settled."""
    mine = [
        one for one in open_for(work, letter_id) if (one.by_id, one.by_name) == (by_id, by_name)
    ]
    return mine[0] if mine else None


def one(work: Work, letter_id: int, number: int) -> Proposal:
    """The open proposal with that number, of that letter; raises NotFound."""
    found = work.session.get(Proposal, number) if 0 < number < 2**63 else None
    if found is None or found.letter_id != letter_id or found.verdict is not None:
        raise NotFound("This proposal is settled already, or was taken back.")
    return found


def asked_for(work: Work, letter_id: int, sent: str) -> Proposal | None:
    """The open proposal whose number was sent; None for none, or one that is settled already."""
    if not sent.isascii() or not sent.isdigit() or len(sent) > 18:
        return None
    found = work.session.get(Proposal, int(sent))
    is_open = found is not None and found.letter_id == letter_id and found.verdict is None
    return found if is_open else None


def letters_with(work: Work, letter_ids: Collection[int]) -> frozenset[int]:
    """Which of these letters have an open proposal."""
    if not letter_ids:
        return frozenset()
    query = select(Proposal.letter_id).where(
        Proposal.letter_id.in_(letter_ids), Proposal.verdict.is_(None)
    )
    return frozenset(work.session.scalars(query))


def waiting(work: Work) -> Sequence[OfLetter]:
    """All that nobody has settled, oldest first."""
    query = (
        select(Proposal, Letter.ref, Letter.opening)
        .join(Letter, Letter.id == Proposal.letter_id)
        .where(Proposal.verdict.is_(None))
        .order_by(Proposal.id)
        .limit(MOST_SHOWN)
    )
    return [OfLetter(*row) for row in work.session.execute(query)]


def of_editor(work: Work, editor_id: int) -> Sequence[OfLetter]:
    """Somebody's own, open or settled in the last two weeks, newest first."""
    query = (
        select(Proposal, Letter.ref, Letter.opening)
        .join(Letter, Letter.id == Proposal.letter_id)
        .where(
            Proposal.by_id == editor_id,
            Proposal.verdict.is_(None) | (Proposal.settled_at > work.now - TOLD_FOR),
        )
        .order_by(Proposal.id.desc())
        .limit(MOST_SHOWN)
    )
    return [OfLetter(*row) for row in work.session.execute(query)]
