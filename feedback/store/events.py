"""What happened lately, over all letters, and whether that is as it was written."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, tuple_, update
from sqlalchemy.orm.attributes import set_committed_value

from feedback.domain.actor import Actor
from feedback.domain.event import Event, EventKind, chain, words_digest
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


def append_beside(work: Work, letter: Letter, kind: EventKind, by: Actor) -> None:
    """Add a line that changes nothing of the letter: its version stays, no open page is stale.

    The row is locked meanwhile, so that two lines at once follow one another in the chain.
    """
    work.session.flush()  # what this transaction has to say of the letter comes first
    row = work.session.execute(
        select(Letter.event_count, Letter.chain_head)
        .where(Letter.id == letter.id)
        .with_for_update()
    ).one()
    line: dict[str, Any] = {
        "letter_id": letter.id,
        "seq": row.event_count + 1,
        "at": work.now,
        "kind": kind,
        "by_kind": by.kind,
        "by_id": by.id,
        "by_name": by.name,
        "from_state": None,
        "to_state": None,
        "words_digest": words_digest(work.keys.digests, None, None),
    }
    line["hash"] = chain(row.chain_head, line)
    work.session.execute(insert(Event), [line])
    work.session.execute(
        update(Letter)
        .where(Letter.id == letter.id)
        .values(event_count=line["seq"], chain_head=line["hash"]),
        execution_options={"synchronize_session": False},
    )
    set_committed_value(letter, "event_count", line["seq"])
    set_committed_value(letter, "chain_head", line["hash"])


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
