"""Writers' links: made, found again by their token."""

from datetime import timedelta

from sqlalchemy import select

from feedback.domain.errors import NotFound
from feedback.domain.link import Link, Purpose, new_nonce
from feedback.store.letterbox import Taken
from feedback.store.work import Keys, Work

AT_ONCE = timedelta(0)
MOST_TOKEN = 100  # characters


def new_row(keys: Keys, letter_id: int, purpose: Purpose, made_at: object) -> dict[str, object]:
    """A row for a fresh link (for a batch)."""
    nonce = new_nonce()
    token = keys.token(purpose, letter_id, nonce)
    return {
        "token_digest": keys.token_digest(token),
        "letter_id": letter_id,
        "purpose": purpose,
        "nonce": nonce,
        "made_at": made_at,
    }


def token(work: Work, letter_id: int, purpose: Purpose) -> str:
    """The token of a letter's link for a purpose; made where there is none that still opens it."""
    link = work.session.scalars(
        select(Link)
        .where(Link.letter_id == letter_id, Link.purpose == purpose, Link.used_at.is_(None))
        .order_by(Link.made_at)
        .limit(1)
    ).first()
    if link is None:
        link = Link(**new_row(work.keys, letter_id, purpose, work.now))
        work.session.add(link)
        work.session.flush()
    return work.keys.token(purpose, letter_id, link.nonce)


def status_token(keys: Keys, taken: Taken) -> str:
    """The token of the reader's own page, right after the letter was taken, with no look-up.

    Raises NotFound for a letter that has no such page: one that was typed in or imported.
    """
    if taken.nonce is None:
        raise NotFound("This letter has no page of its writer's.")
    return keys.token(Purpose.STATUS, taken.letter_id, taken.nonce)


def letter_behind(
    work: Work, purpose: Purpose, given: str, *, again_within: timedelta = AT_ONCE
) -> int:
    """Number of the letter that a token opens; raises NotFound for any other text.

    A link that was used opens nothing any more, but for `again_within` (a double click).
    """
    link = _link(work, purpose, given)
    if link is None or (link.used_at and link.used_at <= work.now - again_within):
        raise opens_nothing()
    return link.letter_id


def use(work: Work, purpose: Purpose, given: str) -> None:
    """The link was answered: from now on it opens nothing."""
    link = _link(work, purpose, given)
    if link is not None and link.used_at is None:
        link.used_at = work.now


def was_used(work: Work, purpose: Purpose, given: str) -> bool:
    """Whether the link was answered already."""
    link = _link(work, purpose, given)
    return link is not None and link.used_at is not None


def _link(work: Work, purpose: Purpose, given: str) -> Link | None:
    if len(given) > MOST_TOKEN:
        return None
    link = work.session.get(Link, work.keys.token_digest(given))
    return link if link is not None and link.purpose is purpose else None


def opens_nothing() -> NotFound:
    """What every link is answered with that opens nothing: never was one, or has ended."""
    return NotFound("The address may be mistyped, or the link may have ended.")
