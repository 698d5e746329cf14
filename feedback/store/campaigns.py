"""Campaigns: made, joined, counted, listed."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import func, select, update

from feedback.domain.campaign import Campaign, Membership
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.original import Original
from feedback.store.letters import FOR_LISTS
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work

BURST, WITHIN = 10, timedelta(hours=24)  # so many in that time are an alarm
MEMBERS = (Membership.SUGGESTED, Membership.CONFIRMED)
MOST_MEMBERS = 500  # that a page shows, and that are decided about at once


def sizes(work: Work, ids: Collection[int]) -> dict[int, int]:
    """How many letters each of these campaigns has, by its number."""
    if not ids:
        return {}
    query = select(Campaign.id, Campaign.letter_count).where(Campaign.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


def by_id(work: Work, campaign_id: int, *, to_change: bool = False) -> Campaign:
    """The campaign with that number; raises NotFound. `to_change` locks it (PostgreSQL)."""
    found = None
    if 0 < campaign_id < 2**63:
        found = work.session.get(Campaign, campaign_id, with_for_update=to_change or None)
    if found is None:
        raise NotFound("There is no such campaign.")
    return found


def make(work: Work, name: str, lead: Letter) -> Campaign:
    """A new campaign with its first letter."""
    campaign = Campaign(name=name[:200], lead_id=lead.id, made_at=work.now, last_at=work.now)
    work.session.add(campaign)
    work.session.flush()
    return campaign


def join(work: Work, campaign_id: int, ids: Sequence[int], membership: Membership) -> None:
    """Letters belong to it in that way; nobody's open page becomes stale by it."""
    work.session.execute(
        update(Letter)
        .where(Letter.id.in_(ids))
        .values(campaign_id=campaign_id, membership=membership),
        # Those that are loaded know it at once: the next letter may be like them.
        execution_options={"synchronize_session": "evaluate"},
    )
    recount(work, campaign_id)


def recount(work: Work, campaign_id: int) -> None:
    """Bring its counts up to date, with the alarm where many came at once."""
    mine = Letter.campaign_id == campaign_id, Letter.membership.in_(MEMBERS)
    number, newest = work.session.execute(
        select(func.count(), func.max(Letter.received_at)).where(*mine)
    ).one()
    lately = work.session.scalar(
        select(func.count()).where(*mine, Letter.received_at >= work.now - WITHIN)
    )
    campaign = by_id(work, campaign_id)
    campaign.letter_count = number
    if newest is not None:
        campaign.last_at = newest
    if (lately or 0) >= BURST and campaign.burst_at is None:
        campaign.burst_at = work.now


def page(work: Work, after: str | None = None, limit: int = 50) -> Page[Campaign]:
    """One page of campaigns with two letters or more, those with the newest letters first.

    Raises Refused for a cursor that is not ours.
    """
    query = select(Campaign).where(Campaign.letter_count > 1)
    if after:
        at, last = read_cursor(after)
        query = query.where(
            (Campaign.last_at < at) | ((Campaign.last_at == at) & (Campaign.id < last))
        )
    query = query.order_by(Campaign.last_at.desc(), Campaign.id.desc()).limit(limit + 1)
    found = list(work.session.scalars(query))
    rows = found[:limit]
    return Page(rows, cursor_after(rows[-1].last_at, rows[-1].id) if len(found) > limit else None)


def in_burst(work: Work) -> list[Campaign]:
    """Campaigns of which many letters came within the last day."""
    query = select(Campaign).where(
        Campaign.burst_at.is_not(None), Campaign.last_at >= work.now - WITHIN
    )
    return list(work.session.scalars(query.limit(5)))


def members(work: Work, campaign_id: int) -> list[tuple[Letter, str]]:
    """Its letters with their original words, the first ones first; those set apart stand last."""
    query = (
        select(Letter, Original.remarks)
        .join(Original, Original.letter_id == Letter.id)
        .where(Letter.campaign_id == campaign_id)
        .order_by(Letter.membership == Membership.APART, Letter.id)
        .limit(MOST_MEMBERS)
        .options(*FOR_LISTS)
    )
    return [(row[0], row[1]) for row in work.session.execute(query).unique()]
