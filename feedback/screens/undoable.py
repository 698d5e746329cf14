"""The last decision of somebody at the desk: told on every page until it can no longer be undone.

It is kept in the session's cookie (a sentence with a printed name, a reference, a version; no
words of a letter), so that going on to the next letter does not take the Undo away.
"""

from dataclasses import astuple, dataclass
from datetime import timedelta

from flask import session

from feedback.domain.letter import Letter
from feedback.newsroom import newsroom

KEY = "desk_undoable"  # of the session
MOST_QUERY = 1000  # characters of a list's query string that are kept


@dataclass(frozen=True)
class Undoable:
    """What was decided, in words; about which letter of which list; its version since.

    `opens` is the form in which the decision can be made more exact (the day of a hold).
    """

    says: str
    ref: str
    version: int
    query: str
    opens: str
    batch_id: int = 0  # of a decision about many letters; then there is no reference


def remember(says: str, letter: Letter, query: str, opens: str = "") -> None:
    """Offer Undo for what was just done to the letter, for the column's grace time."""
    now = newsroom().store.clock()
    until = now + timedelta(minutes=letter.column.grace_minutes)
    kept_query = query if len(query) <= MOST_QUERY else ""
    kept = Undoable(says, letter.ref, letter.version, kept_query, opens)
    session[KEY] = [*astuple(kept), int(until.timestamp())]


def remember_batch(says: str, batch_id: int) -> None:
    """Offer Undo for what was just done to many letters, for the house's grace time."""
    now = newsroom().store.clock()
    until = now + timedelta(minutes=newsroom().column().grace_minutes)
    kept = Undoable(says, "", 0, "", "", batch_id)
    session[KEY] = [*astuple(kept), int(until.timestamp())]


def forget_batch(batch_id: int) -> None:
    """The batch was taken back."""
    kept = session.get(KEY)
    if kept and len(kept) == 7 and kept[5] == batch_id:
        session.pop(KEY)


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
    try:
        *facts, until = kept
        done = Undoable(*facts)
    except (TypeError, ValueError):  # of another version of the program
        session.pop(KEY)
        return None
    if newsroom().store.clock().timestamp() >= until:
        session.pop(KEY)
        return None
    return done
