"""Try a mail again that had failed: the desk has seen why, and mended it."""

from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.store.work import Work


def retry(work: Work, mail: OwedMail, by: Editor) -> None:
    """The mail is due now, with all its tries before it; its Message-ID stays.

    Raises NotAllowed (mails to writers are for whoever asks writers, those about accounts for
    whoever takes people on), Refused (kind `move`) for a mail that has not failed.
    """
    by.require(deed_for(mail))
    if mail.state is not MailState.FAILED:
        raise Refused("This mail has not failed: there is nothing to try again.", "move")
    mail.state, mail.problem = MailState.WAITING, ""
    mail.attempts, mail.lease_until = 0, None
    mail.due_at, mail.bounced_at = work.now, None


def deed_for(mail: OwedMail) -> Deed:
    """What it takes to send such a mail again."""
    return Deed.USERS if mail.kind is MailKind.ACCOUNT else Deed.SEND_PROOF
