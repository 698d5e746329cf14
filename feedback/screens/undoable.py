"""The last decision of somebody at the desk: told on every page until it can no longer be undone.

It is kept in the session's cookie (a sentence with a printed name, a reference, a version; no
words of a letter), so that going on to the next letter does not take the Undo away.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import session

from feedback.domain.letter import Letter
from feedback.newsroom import newsroom

KEY = "desk_undoable"  # of the session
MOST_QUERY = 1000  # characters of a list's query string that are kept


@dataclass(frozen=True)
class Undoable:
    """What was decided, in words; about which letter of which list; its version since."""

    says: str
    ref: str
    version: int
    query: str


def remember(says: str, letter: Letter, query: str) -> None:
    """Offer Undo for what was just done to the letter, for the column's grace time."""
    now = newsroom().store.clock()
    until = now + timedelta(minutes=letter.column.grace_minutes)
    kept_query = query if len(query) <= MOST_QUERY else ""
    session[KEY] = [says, letter.ref, letter.version, kept_query, int(until.timestamp())]


def forget(ref: str) -> None:
    """The letter's last decision was taken back, or is overtaken."""
    kept = session.get(KEY)
    if kept and kept[1] == ref:
        session.pop(KEY)


def undoable_now() -> Undoable | None:
    """The decision that this editor can take back; None where there is none, or too late."""
    kept = session.get(KEY)
    if not kept:
        return None
    says, ref, version, query, until = kept
    if newsroom().store.clock().timestamp() >= until:
        session.pop(KEY)
        return None
    return Undoable(says, ref, version, query)
