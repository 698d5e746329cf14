"""Mails that we owe: which are due, which went to whom."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column, or_, select, text, update

from feedback.domain.letter import Letter
from feedback.domain.owed_mail import TO_THE_HOUSE, MailKind, MailState, OwedMail
from feedback.domain.state import OPEN
from feedback.store.paging import CAP, Count
from feedback.store.work import Work

LEASE = timedelta(minutes=2)  # longer than any try to send takes
LONGEST_TRIED = timedelta(days=3)
# As the index has it: a bound value would not be seen to be the same.
ACCOUNT: ColumnElement[str] = literal_column("'account'")
CLAIMING = 0x5745_4D41_494C  # PostgreSQL's advisory lock of whoever claims


def are_due(work: Work) -> bool:
    """Whether a mail's time has come."""
    return work.session.scalar(select(OwedMail.id).where(*_due(work.now)).limit(1)) is not None


def claim_due(work: Work, limit: int) -> list[OwedMail]:
    """Mails whose time has come, leased to the caller; their tries are counted.

    Those about accounts go first: somebody waits for a link. Then the oldest.
    """
    one_at_a_time(work)
    mails: list[OwedMail] = []
    for which in (OwedMail.kind == ACCOUNT, OwedMail.kind != ACCOUNT):
        query = (
            select(OwedMail)
            .where(*_due(work.now), which)
            .order_by(OwedMail.due_at, OwedMail.id)
            .limit(limit - len(mails))
            .with_for_update(skip_locked=True)
        )
        if len(mails) < limit:
            mails += work.session.scalars(query)
    for mail in mails:
        mail.lease_until = work.now + LEASE
        mail.attempts += 1
    return mails


def one_at_a_time(work: Work) -> None:
    """Workers claim one after the other, so that rules about how many may leave hold."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CLAIMING})


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        OwedMail.state == MailState.WAITING,
        OwedMail.is_stopped.is_(False),
        OwedMail.due_at <= now,
        or_(OwedMail.lease_until.is_(None), OwedMail.lease_until < now),
    )


def one(work: Work, mail_id: int) -> OwedMail | None:
    """The mail with that number, locked; None where it was purged with its letter."""
    return work.session.get(OwedMail, mail_id, with_for_update=True)


def note_trouble(work: Work, problem: str) -> None:
    """Say of every mail that is due why it does not leave."""
    work.session.execute(
        update(OwedMail)
        .where(
            OwedMail.state == MailState.WAITING,
            OwedMail.is_stopped.is_(False),
            OwedMail.due_at <= work.now,
            OwedMail.problem != problem,
        )
        .values(problem=problem)
    )


def went_to(work: Work, email_key: str, kind: MailKind, since: datetime) -> int:
    """How many mails of a kind went to an address since a moment, or are on their way."""
    query = select(func.count()).where(
        OwedMail.email_key == email_key, OwedMail.kind == kind, _left_since(since)
    )
    return work.session.scalar(query) or 0


def sent_since(work: Work, kind: MailKind, since: datetime) -> int:
    """How many mails of a kind left since a moment, or are on their way."""
    query = select(func.count()).where(OwedMail.kind == kind, _left_since(since))
    return work.session.scalar(query) or 0


def repeated_since(work: Work, letter_id: int, email_key: str, since: datetime) -> int:
    """How many mails editors sent again since a moment, about a letter or to an address."""
    is_repeat = OwedMail.repeats_id.is_not(None) & (OwedMail.made_at > since)
    count = select(func.count()).select_from(OwedMail)
    return max(
        work.session.scalar(count.where(which, is_repeat)) or 0
        for which in (OwedMail.letter_id == letter_id, OwedMail.email_key == email_key)
    )


def _left_since(since: datetime) -> ColumnElement[bool]:
    """A mail has its email_key from the moment that it is about to leave."""
    on_its_way = (OwedMail.state == MailState.WAITING) & OwedMail.email_key.is_not(None)
    # Retries end after two days, so an earlier mail is not looked at: sent_at has no index.
    is_recent = OwedMail.due_at >= since - LONGEST_TRIED
    left = (OwedMail.state == MailState.SENT) | OwedMail.bounced_at.is_not(None)
    sent = left & is_recent & (OwedMail.sent_at >= since)
    return or_(sent, on_its_way)


def of_letter(work: Work, letter_id: int, *, to_change: bool = False) -> Sequence[OwedMail]:
    """All mails about a letter, newest first; `to_change` locks them (PostgreSQL)."""
    query = select(OwedMail).where(OwedMail.letter_id == letter_id).order_by(OwedMail.id.desc())
    return list(work.session.scalars(query.with_for_update() if to_change else query))


def thread_before(work: Work, mail: OwedMail) -> list[str]:
    """The Message-IDs of what went to the same person about the same letter before: first, last."""
    if mail.letter_id is None or mail.id is None:
        return []
    to_writer = OwedMail.kind.not_in(TO_THE_HOUSE)
    query = select(OwedMail.message_id).where(
        OwedMail.letter_id == mail.letter_id,
        OwedMail.state == MailState.SENT,
        OwedMail.id < mail.id,
        OwedMail.message_id.is_not(None),
        to_writer if mail.is_for_writer else OwedMail.kind == mail.kind,
    )
    found = [one for one in work.session.scalars(query.order_by(OwedMail.id)) if one]
    return list(dict.fromkeys((*found[:1], *found[-1:])))


def newest(work: Work, before: int | None = None, limit: int = 50) -> Sequence[OwedMail]:
    """The outbox, newest first."""
    query = select(OwedMail).order_by(OwedMail.id.desc()).limit(limit)
    if before is not None:
        query = query.where(OwedMail.id < before)
    return list(work.session.scalars(query))


def count(work: Work, state: MailState) -> Count:
    """How many are in a state, counted no further than the cap."""
    some = select(OwedMail.id).where(OwedMail.state == state).limit(CAP + 1).subquery()
    return Count(work.session.scalar(select(func.count()).select_from(some)) or 0)


def oldest_due(work: Work) -> datetime | None:
    """Since when the mail that waits longest has been due; None where none is."""
    query = select(OwedMail.due_at).where(
        OwedMail.state == MailState.WAITING,
        OwedMail.is_stopped.is_(False),
        OwedMail.due_at <= work.now,
    )
    return work.session.scalar(query.order_by(OwedMail.due_at).limit(1))


def came_back(work: Work, since: datetime, limit: int = 50) -> list[tuple[OwedMail, Letter]]:
    """Mails about open letters that were refused after they had left, the newest first."""
    query = (
        select(OwedMail, Letter)
        .join(Letter, Letter.id == OwedMail.letter_id)
        .where(
            OwedMail.bounced_at >= since,
            OwedMail.state == MailState.FAILED,
            Letter.state.in_(OPEN),
        )
        .order_by(OwedMail.bounced_at.desc(), OwedMail.id.desc())
        .limit(limit)
    )
    return [(mail, letter) for mail, letter in work.session.execute(query).unique()]


def cancel_waiting(work: Work, letter_id: int) -> list[int]:
    """Nothing that waits for its writer leaves any more; returns the numbers of those mails.

    A copy for the reporter is not the writer's: whether that may still leave is seen when it does.
    """
    query = (
        update(OwedMail)
        .where(
            OwedMail.letter_id == letter_id,
            OwedMail.state == MailState.WAITING,
            OwedMail.kind != MailKind.REPORTER,
        )
        .values(state=MailState.CANCELLED)
        .returning(OwedMail.id)
    )
    return sorted(work.session.scalars(query))
