"""Mail addresses that are thrown away after minutes: nobody can be asked there."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked
from feedback.reading.disposable import is_disposable

VERSION = 1


def check(letter: Checked) -> Finding:
    """Note one by its host alone; the address itself is not looked at and stands nowhere."""
    host = letter.email_host
    if host and is_disposable(host, letter.rules.disposable_hosts):
        says = "The mailbox is of a kind that is thrown away: no answer may come."
        return Finding("disposable", VERSION, Result.NOTE, says)
    return Finding("disposable", VERSION, Result.PASS, "The mailbox is none to throw away.")
