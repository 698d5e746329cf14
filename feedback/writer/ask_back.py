"""A letter by mail that lacks something: its writer is reminded once, then the letter is held."""

from datetime import timedelta

from feedback.domain.actor import MACHINE
from feedback.domain.column import Column, PlaceRule
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind
from feedback.domain.state import State
from feedback.outbox import messages
from feedback.store import unfinished
from feedback.store.work import Work

A_TURN = 50  # letters of one transaction
HELD_AFTER = timedelta(days=7)  # since the reminder
OLDEST = timedelta(days=30)  # of a receipt that is still followed up
WORDS = {
    "article": "the article that it answers",
    "name": "its writer’s name",
    "town": "its writer’s town or state",
}


def remind(work: Work, column: Column) -> int:
    """Owe a reminder to writers whose receipt left so many days ago as the rule says.

    Once a letter, and only while it is received and nobody has answered. Returns how many.
    """
    days = column.rules.remind_days
    if days <= 0:
        return 0
    until = work.now - timedelta(days=days)
    some = unfinished.to_remind(work, column.id, until - OLDEST, until, A_TURN)
    for letter in some:
        messages.owe_writer(work, letter, MailKind.REMINDER)
    return len(some)


def hold_unanswered(work: Work, column: Column) -> int:
    """Hold letters whose writers did not answer the reminder; returns how many.

    An editor may undo it; the same letter is not held a second time.
    """
    some = unfinished.to_hold(work, column.id, work.now - HELD_AFTER, A_TURN)
    for letter in some:
        letter.move(State.HELD, MACHINE, work.now, f"Waits for {_lacks(letter)}.")
        letter.hold_until = column.today(work.now) + timedelta(days=column.hold_days)
    return len(some)


def _lacks(letter: Letter) -> str:
    """What print needs and is not there, in words."""
    is_place_needed = letter.column.place_rule is PlaceRule.REQUIRED
    gaps = [WORDS[gap] for gap in letter.missing if gap != "town" or is_place_needed]
    return " and ".join([", ".join(gaps[:-1]), gaps[-1]] if len(gaps) > 1 else gaps)
