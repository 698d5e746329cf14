"""Facts to be checked (cq) of a letter."""

from collections.abc import Sequence

from sqlalchemy import select

from feedback.domain.claim import Claim
from feedback.domain.errors import NotFound
from feedback.store.work import Work

MOST_SHOWN = 100


def of_letter(work: Work, letter_id: int) -> Sequence[Claim]:
    """All of them, the open ones first, then the newest first."""
    query = select(Claim).where(Claim.letter_id == letter_id).order_by(Claim.id.desc())
    found = list(work.session.scalars(query.limit(MOST_SHOWN)))
    return sorted(found, key=lambda claim: claim.outcome is not None)


def one(work: Work, letter_id: int, number: int) -> Claim:
    """The claim with that number, of that letter; raises NotFound."""
    claim = work.session.get(Claim, number)
    if claim is None or claim.letter_id != letter_id:
        raise NotFound("There is no such question about this letter.")
    return claim
