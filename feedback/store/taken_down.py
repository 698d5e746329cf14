"""Letters that were taken down after print."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from feedback.domain.edition import Section
from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.store.work import Work


def killed_in(work: Work, edition_ids: Sequence[int]) -> dict[int, dict[str, datetime]]:
    """References of these editions' letters that were taken down, and when; by the edition's id."""
    query = (
        select(Section.edition_id, Letter.ref, func.max(Event.at))
        .join(Letter, Letter.section_id == Section.id)
        .join(Event, Event.letter_id == Letter.id)
        .where(
            Section.edition_id.in_(edition_ids),
            Letter.state == State.KILLED,
            Event.to_state == State.KILLED,
        )
        .group_by(Section.edition_id, Letter.ref)
    )
    found: dict[int, dict[str, datetime]] = {}
    for edition_id, ref, at in work.session.execute(query):
        found.setdefault(edition_id, {})[ref] = at
    return found
