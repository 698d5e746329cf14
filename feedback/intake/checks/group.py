"""Letters that several people sign."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked, outcome_of
from feedback.reading.signers import more_signers, signers_of

VERSION = 1


def check(letter: Checked) -> Finding:
    """What the house's rule makes of a letter with more than one signer."""
    signers = signers_of(letter.name)
    more = more_signers(letter.text)
    if len(signers) < 2 and more is None:
        return Finding("group", VERSION, Result.PASS, "One person signs.")
    says = f"{len(signers)} people sign." if len(signers) > 1 else "Others sign as well."
    evidence = [words for words in (letter.name if len(signers) > 1 else None, more) if words]
    return Finding("group", VERSION, outcome_of(letter.rules.group_letters), says, tuple(evidence))
