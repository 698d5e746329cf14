"""The house's own history: added to, read, worked out anew."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback.domain.editor import Editor
from feedback.domain.house_event import THE_CHAIN, HouseChain, HouseEvent, HouseEventKind
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work

BATCH = 1000  # lines that are looked at together
MOST_SAID, MOST_NAME = 200, 120


@dataclass(frozen=True)
class HouseAudit:
    """How many lines were looked at; what is wrong at the first that is, None where none is."""

    lines: int
    problem: str | None = None


def note(
    work: Work,
    kind: HouseEventKind,
    by: Editor,
    *,
    about: str = "",
    about_id: int | None = None,
    says: str = "",
) -> HouseEvent:
    """Add a line: who did what, about whom or which program; `says` is a few words beside it."""
    chain = _the_chain(work.session)
    chain.event_count += 1
    line = HouseEvent(
        chain_id=chain.id,
        seq=chain.event_count,
        at=work.now,
        kind=kind,
        by_id=by.id,
        by_name=by.name[:MOST_NAME],
        about_id=about_id,
        about=about[:MOST_NAME],
        says=says[:MOST_SAID],
    )
    line.hash = chain.head = line.chained(chain.head)
    work.session.add(line)
    work.session.flush()
    return line


def page(work: Work, after: str | None = None, limit: int = 50) -> Page[HouseEvent]:
    """One page, newest first. Raises Refused for a cursor that is not ours."""
    query = select(HouseEvent).where(HouseEvent.chain_id == THE_CHAIN)
    if after:
        query = query.where(HouseEvent.seq < read_cursor(after)[1])
    query = query.order_by(HouseEvent.seq.desc()).limit(limit + 1)
    found = list(work.session.scalars(query))
    if len(found) <= limit:
        return Page(found, None)
    end = found[limit - 1]
    return Page(found[:limit], cursor_after(end.at, end.seq))


def verify(work: Work, tell: Callable[[int], None] | None = None) -> HouseAudit:
    """Walk the history; `tell` is given how many lines are done after each batch.

    Finds lines that were changed, taken out, put in or put in another order.
    """
    head, number = "", 0
    while True:
        lines = work.session.scalars(
            select(HouseEvent)
            .where(HouseEvent.chain_id == THE_CHAIN, HouseEvent.seq > number)
            .order_by(HouseEvent.seq)
            .limit(BATCH)
        ).all()
        for line in lines:
            if line.seq != number + 1:
                return HouseAudit(number, f"line {number + 1} is missing")
            number = line.seq
            head = line.chained(head)
            if line.hash != head:
                return HouseAudit(number, f"line {number} was changed, or one before it")
        if tell:
            tell(number)
        if len(lines) < BATCH:
            return HouseAudit(number, _wrong_end(work.session, number, head))


def _wrong_end(session: Session, number: int, head: str) -> str | None:
    chain = session.get(HouseChain, THE_CHAIN)
    if (chain.event_count if chain else 0) != number:
        return "the last lines are missing"
    if chain and chain.head != head:
        return "the history does not end with its last line"
    return None


def _the_chain(session: Session) -> HouseChain:
    """The end of the history, kept from others until the transaction ends."""
    chain = session.get(HouseChain, THE_CHAIN, with_for_update=True, populate_existing=True)
    if chain is None:
        # Two who come first at once: the second waits for the first one's row.
        on_sqlite = session.get_bind().dialect.name == "sqlite"
        into = (sqlite if on_sqlite else postgresql).insert(HouseChain)
        session.execute(into.values(id=THE_CHAIN, event_count=0, head="").on_conflict_do_nothing())
        chain = session.get_one(HouseChain, THE_CHAIN, with_for_update=True)
    return chain
