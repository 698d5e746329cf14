"""How fast mails leave: no more in a minute than the house's rule lets a mail server have."""

from datetime import timedelta

from sqlalchemy import func, select

from feedback.domain.owed_mail import MailState, OwedMail
from feedback.store import columns
from feedback.store.work import Work

A_MINUTE = timedelta(minutes=1)


def most_a_minute(work: Work) -> int:
    """The rule; 0 where there is none."""
    return columns.first(work).rules.mails_a_minute


def is_full(work: Work, most: int) -> bool:
    """Whether so many left within a minute, or are on their way, that no further one may yet."""
    if most <= 0:
        return False
    sent = select(OwedMail.id).where(OwedMail.sent_at > work.now - A_MINUTE).limit(most).subquery()
    number = work.session.scalar(select(func.count()).select_from(sent)) or 0
    if number < most:
        leased = select(func.count()).where(
            OwedMail.lease_until > work.now, OwedMail.state == MailState.WAITING
        )
        number += work.session.scalar(leased) or 0
    return number >= most
