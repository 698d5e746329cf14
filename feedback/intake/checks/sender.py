"""Whether a mail comes from the address that it names, by the word of our own mail server."""

from feedback.domain.finding import Finding, Result
from feedback.domain.sender_auth import FAIL, PASS, SenderAuth
from feedback.intake.checks.context import Checked

VERSION = 1
HOLD, NOTE = Result.HOLD, Result.NOTE


def check(letter: Checked) -> Finding:
    """Hold where DMARC failed or nobody is named; note other domains. It never refuses.

    No domain is in it: what a check says goes further than the writer's address may.
    """
    auth = letter.auth or SenderAuth()
    outcome, says = _verdict(auth)
    shown = (f"dmarc={auth.dmarc}", f"spf={auth.spf}", f"dkim={auth.dkim}")
    is_shown = FAIL in (auth.dmarc, auth.spf, auth.dkim) and outcome is not Result.PASS
    return Finding("sender", VERSION, outcome, says, shown if is_shown else ())


def _verdict(auth: SenderAuth) -> tuple[Result, str]:
    is_doubted = PASS not in (auth.dmarc, auth.dkim) and auth.spf == FAIL
    spoken = (
        (auth.is_unclear, HOLD, "It is not clear who sent the mail: it names nobody, or several."),
        (auth.dmarc == FAIL, HOLD, "The mail may not come from this address: DMARC failed."),
        (auth.reply_to_differs, NOTE, "An answer would go to another domain than it comes from."),
        (auth.sender_differs, NOTE, "It was sent by another domain than the one in whose name."),
        (is_doubted, NOTE, "The mail server doubts that it comes from this domain: SPF failed."),
        (auth.dmarc == PASS, Result.PASS, "The mail comes from the address that it names."),
    )
    found = next(((outcome, says) for is_so, outcome, says in spoken if is_so), None)
    return found or (Result.PASS, "Nothing speaks against the sender.")
