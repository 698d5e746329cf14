"""The letters that answer one article: page by page, counted by what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from feedback.domain.campaign import Campaign, Membership
from feedback.domain.edition import Edition, Section
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work

LOOKED_THROUGH = 2000  # newest letters that counts are made of
MOST_PRINTED = 50
MOST_CAMPAIGNS = 20


@dataclass(frozen=True)
class InCampaign:
    """A campaign with how many of its letters are among those looked through."""

    campaign: Campaign
    count: int


@dataclass(frozen=True)
class Answers:
    """What the newest letters about an article come to.

    `counted` is how many were looked through; `has_more` where there are further, older ones.
    """

    by_state: Mapping[State, int]
    campaigns: Sequence[InCampaign]
    counted: int
    has_more: bool


def page(work: Work, article_id: int, after: str | None = None, limit: int = 25) -> Page[Letter]:
    """Letters about the article, newest first. Raises Refused for a cursor that is not ours."""
    query = select(Letter).where(Letter.article_id == article_id)
    place = (Letter.received_at, Letter.id)
    if after:
        query = query.where(tuple_(*place) < tuple_(*read_cursor(after)))
    query = query.order_by(*(column.desc() for column in place)).limit(limit + 1)
    found = list(work.session.scalars(query.options(_with_edition())).unique())
    rows = found[:limit]
    more = len(found) > limit
    return Page(rows, cursor_after(rows[-1].received_at, rows[-1].id) if more else None)


def answers(work: Work, article_id: int) -> Answers:
    """Counts by state, and the campaigns, of the newest letters."""
    newest = (
        select(Letter.state, Letter.campaign_id, Letter.membership)
        .where(Letter.article_id == article_id)
        .order_by(Letter.received_at.desc(), Letter.id.desc())
        .limit(LOOKED_THROUGH + 1)
        .subquery("newest")
    )
    by_state: dict[State, int] = {}
    in_campaign: dict[int, int] = {}
    grouped = select(
        newest.c.state, newest.c.campaign_id, newest.c.membership, func.count()
    ).group_by(newest.c.state, newest.c.campaign_id, newest.c.membership)
    for state, campaign_id, membership, count in work.session.execute(grouped):
        by_state[state] = by_state.get(state, 0) + count
        if campaign_id is not None and membership is not Membership.APART:
            in_campaign[campaign_id] = in_campaign.get(campaign_id, 0) + count
    total = sum(by_state.values())
    return Answers(
        {state: by_state[state] for state in State if state in by_state},
        _campaigns(work, in_campaign),
        min(total, LOOKED_THROUGH),
        total > LOOKED_THROUGH,
    )


def _campaigns(work: Work, counts: Mapping[int, int]) -> list[InCampaign]:
    most = sorted(counts, key=lambda number: -counts[number])[:MOST_CAMPAIGNS]
    found = work.session.scalars(select(Campaign).where(Campaign.id.in_(most)))
    known = {campaign.id: campaign for campaign in found}
    return [InCampaign(known[number], counts[number]) for number in most if number in known]


def printed(work: Work, article_id: int) -> list[Letter]:
    """Letters about it that were in print, killed ones too, the latest first."""
    query = (
        select(Letter)
        .where(Letter.article_id == article_id, Letter.published_on.is_not(None))
        .order_by(Letter.published_on.desc(), Letter.id.desc())
        .limit(MOST_PRINTED)
        .options(_with_edition())
    )
    return list(work.session.scalars(query).unique())


def _with_edition() -> ExecutableOption:
    """Lines say which edition printed a letter. (Asked for late: sections give letters theirs.)"""
    return joinedload(Letter.section).joinedload(Section.edition).defer(Edition.proofsheet)
