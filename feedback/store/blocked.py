"""Senders whose mails are refused."""

from sqlalchemy import select

from feedback.domain.blocked_sender import BlockedSender
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work


def of_sender(work: Work, sender_key: str | None) -> BlockedSender | None:
    """The row of a sender, by the keyed digest of the address; None for all others."""
    if not sender_key:
        return None
    query = select(BlockedSender).where(BlockedSender.sender_key == sender_key)
    return work.session.scalar(query)


def by_id(work: Work, number: int) -> BlockedSender | None:
    """The row with that number."""
    return work.session.get(BlockedSender, number) if 0 < number < 2**63 else None


def page(work: Work, after: str | None = None, limit: int = 50) -> Page[BlockedSender]:
    """Some of them, the newest first. Raises Refused for a cursor that is not ours."""
    query = select(BlockedSender).order_by(BlockedSender.id.desc())
    if after:
        query = query.where(BlockedSender.id < read_cursor(after)[1])
    found = list(work.session.scalars(query.limit(limit + 1)))
    rows = found[:limit]
    more = len(found) > limit
    return Page(rows, cursor_after(rows[-1].at, rows[-1].id) if more else None)
