"""How often the writer, or their household, has been in print lately."""

from datetime import date, timedelta

from feedback.domain.finding import Finding, Result
from feedback.domain.house_rules import QuotaPer, QuotaPeriod
from feedback.intake.checks.context import Checked, Printed, outcome_of
from feedback.reading.ap_dates import ap_date

VERSION = 1
MOST_SHOWN = 5
WHO = {
    QuotaPer.PERSON: "this writer",
    QuotaPer.HOUSEHOLD: "this household",
    QuotaPer.SIGNER: "these signers",
}


def check(letter: Checked) -> Finding:
    """What the quota says of a letter that would print as things are, and from when it may.

    An answer to criticism is exempt. The evidence is the references of what is in print.
    """
    rules = letter.rules
    counted = in_period(letter)
    if letter.is_printed:
        return Finding("quota", VERSION, Result.PASS, "It is in print itself.")
    if len(counted) < rules.quota_letters:
        says = f"{len(counted)} of {_rule(letter)} used." if counted else "Nothing in print lately."
        return Finding("quota", VERSION, Result.PASS, says)
    if letter.is_answer:
        return Finding(
            "quota", VERSION, Result.PASS, "It answers criticism: the quota does not count."
        )
    opens = opens_on(letter, counted)
    says = f"{len(counted)} in print by {WHO[rules.quota_per]}; the rule is {_rule(letter)}."
    if opens is not None:
        says += f" It may print from {ap_date(opens)}."
    evidence = tuple(one.ref for one in counted[:MOST_SHOWN])
    return Finding("quota", VERSION, outcome_of(rules.quota), says, evidence, opens)


def first_counted(letter_prints_on: date, period: QuotaPeriod, days: int) -> date:
    """The first day whose prints count."""
    if period is QuotaPeriod.MONTH:
        return letter_prints_on.replace(day=1)
    if period is QuotaPeriod.EDITION:
        return letter_prints_on
    return _days_on(letter_prints_on, 1 - max(1, days))


def in_period(letter: Checked) -> list[Printed]:
    """What counts, the newest first."""
    rules = letter.rules
    since = first_counted(letter.prints_on, rules.quota_period, rules.quota_days)
    found = [one for one in letter.printed if one.on >= since]
    return sorted(found, key=lambda one: (one.on, one.ref), reverse=True)


def opens_on(letter: Checked, counted: list[Printed]) -> date | None:
    """The first day on which it may print; None where another edition is all it needs."""
    rules = letter.rules
    if rules.quota_period is QuotaPeriod.EDITION:
        return None
    # So many of the newest may still count on that day.
    last = counted[rules.quota_letters - 1].on
    if rules.quota_period is QuotaPeriod.MONTH:
        return (max(last, letter.prints_on).replace(day=1) + timedelta(days=32)).replace(day=1)
    return _days_on(last, max(1, rules.quota_days))


def _rule(letter: Checked) -> str:
    rules = letter.rules
    number = rules.quota_letters
    match rules.quota_period:
        case QuotaPeriod.MONTH:
            return f"{number} a month"
        case QuotaPeriod.EDITION:
            return f"{number} an edition"
        case QuotaPeriod.DAYS:
            return f"{number} in {rules.quota_days} days"


def _days_on(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
