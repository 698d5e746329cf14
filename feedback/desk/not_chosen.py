"""Letters that nobody decided about, long after: not chosen, in one list with one Undo."""

from datetime import timedelta

from feedback.desk.batch import note_machine
from feedback.domain.actor import MACHINE
from feedback.domain.batch import Batch
from feedback.domain.column import Column
from feedback.domain.state import Decision, State
from feedback.store import undecided
from feedback.store.work import Work

A_BATCH = 200  # letters of one list: one transaction that others wait for
REASON = "not_chosen"


def choose_no_more(work: Work, column: Column) -> Batch | None:
    """Letters of the column that are still received become declined, as not chosen.

    Those are meant about which no decision was ever made, which came to this desk (their first
    event, not the date of an archive) so many days ago as the rule says, and since when so many
    editions have appeared. Imported ones never are. Nobody is mailed.
    """
    rules = column.rules
    if rules.not_chosen_days <= 0:
        return None
    before = work.now - timedelta(days=rules.not_chosen_days)
    newest = undecided.editions_since(work, column.id, rules.not_chosen_editions)
    if newest is not None:
        before = min(before, newest)
    elif rules.not_chosen_editions:
        return None  # so many have not appeared at all
    some = undecided.received_before(work, column.id, before, A_BATCH)
    for letter in some:
        letter.move(State.DECLINED, MACHINE, work.now, REASON)
    days = rules.not_chosen_days
    return note_machine(work, Decision.DECLINE, some, f"Nobody had decided for {days} days.")
