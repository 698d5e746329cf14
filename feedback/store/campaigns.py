"""Campaigns: how many letters each has."""

from collections.abc import Collection

from sqlalchemy import select

from feedback.domain.campaign import Campaign
from feedback.store.work import Work


def sizes(work: Work, ids: Collection[int]) -> dict[int, int]:
    """How many letters each of these campaigns has, by its number."""
    if not ids:
        return {}
    query = select(Campaign.id, Campaign.letter_count).where(Campaign.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}
