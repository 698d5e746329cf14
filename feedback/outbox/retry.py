"""Try a mail again that had failed: the desk has seen why, and mended it."""

from feedback.domain.dead_address import WHY_NOT
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.store import dead_addresses
from feedback.store.work import Work


def retry(work: Work, mail: OwedMail, letter: Letter | None, by: Editor) -> None:
    """The mail is due now, with all its tries before it; its Message-ID stays.

    Raises NotAllowed (mails to writers are for whoever asks writers, those about accounts for
    whoever takes people on), Refused (kind `move`) for a mail that has not failed, or whose
    address does not exist. One that was skipped for such an address can be tried once that is
    lifted.
    """
    by.require(deed_for(mail))
    if not can_be_tried(mail):
        raise Refused("This mail has not failed: there is nothing to try again.", "move")
    if dead_addresses.dead(work, dead_addresses.key_of(work.keys, mail, letter)) is not None:
        raise Refused("Mails to this address are stopped: let them leave again first.", "move")
    mail.state, mail.problem = MailState.WAITING, ""
    mail.attempts, mail.lease_until = 0, None
    mail.due_at, mail.bounced_at = work.now, None


def can_be_tried(mail: OwedMail) -> bool:
    """Whether it failed, or was held back only because its address was said not to exist."""
    is_held_back = mail.state is MailState.SKIPPED and mail.problem.startswith(WHY_NOT)
    return mail.state is MailState.FAILED or is_held_back


def deed_for(mail: OwedMail) -> Deed:
    """What it takes to send such a mail again."""
    return Deed.USERS if mail.kind is MailKind.ACCOUNT else Deed.SEND_PROOF
