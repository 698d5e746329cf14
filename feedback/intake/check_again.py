"""Which letters are to be checked again: rules or checks changed, a finding's day has come."""

import hashlib
import json
from datetime import timedelta

from feedback.domain.column import Column
from feedback.intake.checks import CHECKS
from feedback.store import columns, findings
from feedback.store.work import Work

# The rules that checks read; a change of another one touches no finding.
READ = (
    "words_hard", "over_length", "article_days", "quota_letters", "quota_days", "quota_period",
    "quota_per", "quota", "needs_phone", "exclusivity", "group_letters", "states", "election_on",
    "election_quiet_days", "election_words", "letters_per_candidate", "ai_policy", "blackouts",
    "slurs", "threats", "disposable_hosts",
)  # fmt: skip
SLICE = 500  # letters a transaction
FIRST_MIDNIGHT = timedelta(hours=14)  # how far ahead of UTC a day begins


def mark_of(column: Column) -> str:
    """Tells by which checks, in which versions, and by which rules the column's letters go."""
    kept = column.further_rules or {}
    parts = [
        [[check.name, check.version] for check in CHECKS],
        {name: kept[name] for name in READ if name in kept},
        [column.words_limit, column.time_zone, column.publication],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def note_changed_rules(work: Work) -> bool:
    """Open letters of a column whose checks or rules changed are owed their checks, by slices.

    Returns whether there is more to do. A column that was never looked at has nothing to redo:
    its letters are checked as they come.
    """
    has_more = False
    for column in columns.every(work):
        mark = mark_of(column)
        if column.checks_mark is None:
            findings.adopt(work, column, mark)
        elif column.checks_mark != mark:
            findings.begin_sweep(work, column, mark)
            has_more = True
        elif column.checks_below is not None:
            has_more = findings.sweep(work, column, SLICE) == SLICE or has_more
    return has_more


def note_due(work: Work, limit: int = SLICE) -> int:
    """Letters of which a finding says something else from today on; returns how many.

    The day is the newsroom's: at the other end of the world it may be tomorrow.
    """
    furthest = (work.now + FIRST_MIDNIGHT).date()
    today = {column.id: column.today(work.now) for column in columns.every(work)}
    due = [
        one
        for one in findings.due_again(work, furthest, limit)
        if one.until <= today[one.column_id]
    ]
    findings.ask_again(work, due)
    return len(due)
