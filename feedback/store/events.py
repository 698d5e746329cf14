"""What happened lately, over all letters, and whether that is as it was written."""

from dataclasses import dataclass

from sqlalchemy import select, tuple_

from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.store.audit import Audit, verify_letter
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work


@dataclass(frozen=True)
class Happened:
    """A line of a letter's history with the reference of that letter."""

    event: Event
    ref: str


def page(work: Work, after: str | None = None, limit: int = 50) -> Page[Happened]:
    """One page, newest first. Raises Refused for a cursor that is not ours."""
    query = (
        select(Event, Letter.ref)
        .join(Letter, Letter.id == Event.letter_id)
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(limit + 1)
    )
    if after:
        query = query.where(tuple_(Event.at, Event.id) < tuple_(*read_cursor(after)))
    found = [Happened(event, ref) for event, ref in work.session.execute(query)]
    if len(found) <= limit:
        return Page(found, None)
    end = found[limit - 1].event
    return Page(found[:limit], cursor_after(end.at, end.id))


def check_newest(work: Work, most: int) -> Audit:
    """Work the histories of the newest letters out anew, at most `most`: a page can wait for it."""
    newest = select(Letter.id, Letter.event_count).order_by(Letter.id.desc()).limit(most)
    audit = Audit()
    for letter_id, lines in work.session.execute(newest).all():
        audit.letters += 1
        audit.events += lines
        broken = verify_letter(work, letter_id)
        if broken:
            audit.broken.append(broken)
    return audit
