"""Mails that we owe: which are due, which went to whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.store.work import Work

LEASE = timedelta(minutes=2)  # longer than any try to send takes


def claim_due(work: Work, limit: int) -> list[OwedMail]:
    """Mails whose time has come, oldest first, leased to the caller."""
    query = (
        select(OwedMail)
        .where(
            OwedMail.state == MailState.WAITING,
            OwedMail.due_at <= work.now,
            (OwedMail.lease_until.is_(None)) | (OwedMail.lease_until < work.now),
        )
        .order_by(OwedMail.due_at, OwedMail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    mails = list(work.session.scalars(query))
    for mail in mails:
        mail.lease_until = work.now + LEASE
        mail.attempts += 1
    return mails


def went_to(work: Work, email_key: str, kind: MailKind, since: datetime) -> int:
    """How many mails of a kind went to an address since a moment."""
    query = select(func.count()).where(
        OwedMail.email_key == email_key,
        OwedMail.kind == kind,
        OwedMail.state == MailState.SENT,
        OwedMail.sent_at >= since,
    )
    return work.session.scalar(query) or 0


def sent_since(work: Work, kind: MailKind, since: datetime) -> int:
    """How many mails of a kind left since a moment."""
    query = select(func.count()).where(
        OwedMail.kind == kind, OwedMail.state == MailState.SENT, OwedMail.sent_at >= since
    )
    return work.session.scalar(query) or 0


def of_event(work: Work, letter_id: int, seq: int) -> Sequence[OwedMail]:
    """Mails that a decision gave rise to."""
    query = select(OwedMail).where(OwedMail.letter_id == letter_id, OwedMail.for_event == seq)
    return list(work.session.scalars(query.with_for_update()))


def of_letter(work: Work, letter_id: int) -> Sequence[OwedMail]:
    """All mails about a letter, newest first."""
    query = select(OwedMail).where(OwedMail.letter_id == letter_id).order_by(OwedMail.id.desc())
    return list(work.session.scalars(query))


def newest(work: Work, before: int | None = None, limit: int = 50) -> Sequence[OwedMail]:
    """The outbox, newest first."""
    query = select(OwedMail).order_by(OwedMail.id.desc()).limit(limit)
    if before is not None:
        query = query.where(OwedMail.id < before)
    return list(work.session.scalars(query))


def cancel_waiting(work: Work, letter_id: int) -> None:
    """Nothing that waits about this letter leaves any more."""
    work.session.execute(
        update(OwedMail)
        .where(OwedMail.letter_id == letter_id, OwedMail.state == MailState.WAITING)
        .values(state=MailState.CANCELLED)
    )
