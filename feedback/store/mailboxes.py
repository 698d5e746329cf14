"""Mailboxes that are watched: where each stands, whether it is live."""

from datetime import datetime
from enum import Enum

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.mailbox import WatchedMailbox
from feedback.domain.owed_mail import MailState, OwedMail
from feedback.store.paging import CAP, Count
from feedback.store.trouble import is_clash
from feedback.store.work import Work


class Switched(Enum):
    """Whether trouble is worth a word to somebody."""

    NOTHING = "nothing"
    FAILS = "fails"  # it has failed for long enough
    WORKS = "works"  # it works again, and somebody was told that it did not


def of_name(work: Work, name: str) -> WatchedMailbox:
    """The mailbox of that name, made look-only where it is new."""
    query = select(WatchedMailbox).where(WatchedMailbox.name == name)
    found = work.session.scalar(query)
    if found is not None:
        return found
    row = {"name": name, "is_live": False, "first_uid": 0, "last_uid": 0, "trouble": ""}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(WatchedMailbox).values(**row))
    except IntegrityError as error:
        if not is_clash(error, "mailbox", "name"):
            raise  # else another process made it meanwhile
    return work.session.scalars(query).one()


def by_id(work: Work, mailbox_id: int, *, to_change: bool = False) -> WatchedMailbox:
    """The mailbox of that number; raises NotFound. `to_change` locks it (PostgreSQL)."""
    found = None
    if 0 < mailbox_id < 2**63:
        found = work.session.get(WatchedMailbox, mailbox_id, with_for_update=to_change or None)
    if found is None:
        raise NotFound("There is no such mailbox.")
    return found


def every(work: Work) -> list[WatchedMailbox]:
    """All mailboxes, by name."""
    return list(work.session.scalars(select(WatchedMailbox).order_by(WatchedMailbox.name)))


def is_live(work: Work, mailbox_id: int) -> bool:
    """Whether mails about its letters may leave."""
    query = select(WatchedMailbox.is_live).where(WatchedMailbox.id == mailbox_id)
    return bool(work.session.scalar(query))


def stopped(work: Work, mailbox_id: int) -> Count:
    """How many mails wait for it to go live, counted no further than the cap."""
    few = (
        select(OwedMail.id)
        .join(Letter, Letter.id == OwedMail.letter_id)
        .where(
            OwedMail.is_stopped,
            OwedMail.state == MailState.WAITING,
            Letter.mailbox_id == mailbox_id,
        )
        .limit(CAP + 1)
        .subquery()
    )
    return Count(work.session.scalar(select(func.count()).select_from(few)) or 0)


def go_live(work: Work, mailbox: WatchedMailbox) -> None:
    """From now on mails that are done are moved, and what waits for it may leave.

    What was looked at until now is gone through once more, so that it is moved, too.
    """
    mailbox.is_live, mailbox.live_since = True, work.now
    mailbox.last_uid = mailbox.first_uid
    of_it = select(Letter.id).where(Letter.mailbox_id == mailbox.id)
    work.session.execute(
        update(OwedMail)
        .where(OwedMail.is_stopped, OwedMail.letter_id.in_(of_it))
        .values(is_stopped=False)
        .execution_options(synchronize_session=False)
    )


def only_look(mailbox: WatchedMailbox) -> None:
    """Nothing is moved any more, no mail leaves."""
    mailbox.is_live, mailbox.live_since = False, None


def note_looked(work: Work, mailbox: WatchedMailbox) -> Switched:
    """It could be looked into; tells whether that is news to those who know of trouble."""
    was_told = mailbox.told_at is not None
    mailbox.looked_at = work.now
    mailbox.trouble, mailbox.trouble_since, mailbox.told_at = "", None, None
    return Switched.WORKS if was_told else Switched.NOTHING


def note_trouble(
    work: Work, mailbox: WatchedMailbox, trouble: str, long_enough: datetime
) -> Switched:
    """It could not; tells once when it has been so since before `long_enough`."""
    mailbox.trouble = trouble[:300]
    mailbox.trouble_since = mailbox.trouble_since or work.now
    if mailbox.told_at is not None or mailbox.trouble_since > long_enough:
        return Switched.NOTHING
    mailbox.told_at = work.now
    return Switched.FAILS
