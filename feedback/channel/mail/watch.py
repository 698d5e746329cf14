"""A mailbox is watched: what is new is kept; that it cannot be got into is told of once."""

import threading
from collections.abc import Callable
from datetime import timedelta

from feedback.channel.mail.inbox import Address, Inbox, MailboxShut
from feedback.channel.mail.keep import keep
from feedback.domain.raw_mail import Door
from feedback.newsroom import Newsroom
from feedback.outbox.xoauth import AccessTokens
from feedback.store import mailboxes
from feedback.store.mailboxes import Switched

# Years of mail may lie in a mailbox; older letters are for `feedback letters import`.
FIRST_LOOK = timedelta(days=14)
TROUBLE_TOLD_AFTER = timedelta(minutes=15)  # servers restart
A_TURN = 50  # mails after which is noted how far we are
WAITS = 240.0  # seconds until it is looked again whatever the server tells

Tell = Callable[[Switched, str], None]


def address_of(newsroom: Newsroom) -> Address | None:
    """The mailbox that the settings name; None where they name none."""
    settings = newsroom.settings
    if settings.imap_url is None:
        return None
    return Address.of(settings.imap_url, AccessTokens.of(settings.imap_url, *settings.mail_oauth))


def fetch(newsroom: Newsroom, address: Address) -> int:
    """Keep what is new, once; returns how many mails. Raises MailboxShut, Unreachable."""
    mailbox_id, is_live = _standing(newsroom, address)
    with Inbox(address, is_look_only=not is_live) as inbox:
        taken = _take_new(newsroom, mailbox_id, inbox)
    _note(newsroom, mailbox_id, None)
    return taken


def watch(newsroom: Newsroom, address: Address, stop: threading.Event, tell: Tell) -> None:
    """Keep what is new as it comes, for as long as the server tells of it by itself.

    Returns on `stop`, when the newsroom says "Go live", and where it is for the caller to look
    again. `tell` is called once when the mailbox has been shut for long, once when it opens again.
    Raises Unreachable where the database does not answer.
    """
    mailbox_id, is_live = _standing(newsroom, address)
    try:
        with Inbox(address, is_look_only=not is_live) as inbox:
            while not stop.is_set():
                _take_new(newsroom, mailbox_id, inbox)
                switched = _note(newsroom, mailbox_id, None)
                if switched is not Switched.NOTHING:
                    tell(switched, address.name)
                if not inbox.can_wait:
                    return
                inbox.wait(WAITS, stop.is_set)
                if _standing(newsroom, address)[1] != is_live:
                    return
    except MailboxShut as error:
        switched = _note(newsroom, mailbox_id, str(error))
        if switched is not Switched.NOTHING:
            tell(switched, str(error))


def _standing(newsroom: Newsroom, address: Address) -> tuple[int, bool]:
    with newsroom.store.work() as work:
        mailbox = mailboxes.of_name(work, address.name)
        return mailbox.id, mailbox.is_live


def _take_new(newsroom: Newsroom, mailbox_id: int, inbox: Inbox) -> int:
    """Each mail is on disk before it is moved, and moved before it is noted as done.

    Whatever ends this in between: the mail is taken again, and the same bytes are the same mail.
    """
    uids = _new(newsroom, mailbox_id, inbox)
    taken = 0
    for start in range(0, len(uids), A_TURN):
        some = uids[start : start + A_TURN]
        for raw, size in inbox.take(some):
            keep(newsroom, raw, Door.IMAP, whole_size=size, mailbox_id=mailbox_id)
            taken += 1
        inbox.put_away(some)
        with newsroom.store.work() as work:
            mailbox = mailboxes.by_id(work, mailbox_id, to_change=True)
            # Where it went live meanwhile, all is gone through once more.
            if mailbox.is_live != inbox.is_look_only:
                mailbox.last_uid = max(mailbox.last_uid, some[-1])
    return taken


def _new(newsroom: Newsroom, mailbox_id: int, inbox: Inbox) -> list[int]:
    """Numbers of what has not been taken; where the server counts anew, of the last days."""
    with newsroom.store.read() as work:
        mailbox = mailboxes.by_id(work, mailbox_id)
        last = mailbox.last_uid if mailbox.uid_validity == inbox.uid_validity else None
        since = (work.now - FIRST_LOOK).date()
    if last is not None:
        return inbox.after(last)
    recent = inbox.since(since)
    every = recent or inbox.after(0)
    first = recent[0] - 1 if recent else (every[-1] if every else 0)
    with newsroom.store.work() as work:
        mailbox = mailboxes.by_id(work, mailbox_id, to_change=True)
        mailbox.uid_validity = inbox.uid_validity
        mailbox.first_uid = mailbox.last_uid = first
    return recent


def _note(newsroom: Newsroom, mailbox_id: int, trouble: str | None) -> Switched:
    with newsroom.store.work() as work:
        mailbox = mailboxes.by_id(work, mailbox_id, to_change=True)
        if trouble is None:
            return mailboxes.note_looked(work, mailbox)
        return mailboxes.note_trouble(work, mailbox, trouble, work.now - TROUBLE_TOLD_AFTER)
