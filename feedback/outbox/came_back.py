"""A mail of ours came back: its row says so, with the words of the server that refused it."""

from feedback.domain.owed_mail import MailState, OwedMail
from feedback.reading.bounce import Bounce
from feedback.store import mails, replies
from feedback.store.work import Work

MOST_PROBLEM = 300


def note_bounce(work: Work, bounce: Bounce) -> OwedMail | None:
    """The mail that the report is about; None where it is about none that has left.

    Refused for good, it has failed; refused for now, that is noted, and the servers go on trying.
    """
    for found in replies.mails_with(work, bounce.message_ids):
        mail = mails.one(work, found.id)
        if mail is None or mail.state is not MailState.SENT:
            continue
        if bounce.is_permanent:
            mail.state, mail.bounced_at = MailState.FAILED, work.now
            mail.problem = f"It came back: {bounce.words}"[:MOST_PROBLEM]
        else:
            mail.problem = f"Not delivered so far: {bounce.words}"[:MOST_PROBLEM]
        return mail
    return None
