"""What other rules would say of the letters that wait, before they are saved."""

from dataclasses import dataclass

from feedback.domain.column import Column
from feedback.domain.finding import Result
from feedback.domain.house_rules import HouseRules
from feedback.domain.letter import Letter
from feedback.intake.check_facts import gather
from feedback.intake.checks import CHECKS
from feedback.intake.recheck import run
from feedback.store import rules_changes
from feedback.store.work import Work

MOST = 200  # letters that are looked at, the newest


@dataclass(frozen=True)
class Touched:
    """A letter of which a check would say something else."""

    letter: Letter
    check: str
    before: Result
    after: Result


def touched_by(work: Work, column: Column, rules: HouseRules) -> list[Touched]:
    """Letters that wait and that the rules would touch, each with the check that says so.

    For a transaction that only reads: the column has the new rules for a moment.
    """
    some = rules_changes.open_letters(work, column.id, MOST)
    before = _outcomes(work, some)
    old, column.rules = column.rules, rules
    try:
        after = _outcomes(work, some)
    finally:
        column.rules = old
    return [
        Touched(letter, check, before[letter.id][check], outcome)
        for letter in some
        for check, outcome in after[letter.id].items()
        if before[letter.id][check] is not outcome
    ]


def _outcomes(work: Work, some: list[Letter]) -> dict[int, dict[str, Result]]:
    facts = gather(work, some)
    return {
        number: {
            check.name: run(check, one).outcome if check.is_asked(one) else Result.PASS
            for check in CHECKS
        }
        for number, one in facts.items()
    }
