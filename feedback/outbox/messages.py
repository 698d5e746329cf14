"""Which mails we owe, one function a message; the worker composes them and sends them."""

from datetime import timedelta

from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.store import mails
from feedback.store.work import Work

# These leave after the column's grace delay, so that Undo undoes the mail too.
AFTER_GRACE = frozenset({MailKind.DECLINED, MailKind.ROUTED_ON, MailKind.PRINTED, MailKind.SOURCE})


def owe_writer(
    work: Work, letter: Letter, kind: MailKind, event: Event | None = None
) -> OwedMail | None:
    """A mail to the letter's writer; None where no address is known.

    `event` is the decision behind it: undoing that cancels the mail while it waits.
    """
    if letter.contact is None or not letter.contact.email:
        return None
    grace = letter.column.grace_minutes if kind in AFTER_GRACE else 0
    mail = OwedMail(
        kind=kind,
        letter_id=letter.id,
        for_event=event.seq if event else None,
        due_at=work.now + timedelta(minutes=grace),
        made_at=work.now,
    )
    work.session.add(mail)
    return mail


def owe_editor(work: Work, address: str, subject: str, text: str, html: str | None) -> OwedMail:
    """A mail about an account, already composed."""
    mail = OwedMail(
        kind=MailKind.ACCOUNT,
        state=MailState.WAITING,
        to_address=address,
        subject=subject,
        text=text,
        html=html,
        due_at=work.now,
        made_at=work.now,
    )
    work.session.add(mail)
    return mail


def cancel(work: Work, letter: Letter) -> list[int]:
    """Whatever waits about this letter does not leave; returns the numbers of those mails."""
    return mails.cancel_waiting(work, letter.id)
