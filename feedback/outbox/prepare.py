"""May this mail leave now, and as what: decided in the transaction that claims it."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.domain.column import Column
from feedback.domain.dead_address import LAPSES, WHY_NOT
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.sender_auth import may_be_answered
from feedback.domain.state import OPEN, State
from feedback.outbox.compose import Draft, draft, own_words_of
from feedback.outbox.message import (
    MOST_LOCAL,
    Mailbox,
    Unsafe,
    ascii_address,
    build,
    kept_headers,
    mailbox,
)
from feedback.reading.ap_dates import ap_date
from feedback.store import columns, dead_addresses, letters, links, mailboxes, mails
from feedback.store.work import Work

# Forms are filled in with strangers' addresses: no more than this leaves unasked.
ONE_RECEIPT_IN = timedelta(hours=24)  # to the same address
RECEIPTS_AN_HOUR = 1000  # to anybody
LOOKED_AT = 8  # mails a transaction, so that on SQLite nobody waits long for a turn

# What the desk sends by itself: not to an address that somebody else may have written from.
UNASKED = frozenset({MailKind.RECEIPT, MailKind.ROUTED_ON})

# Where the letter must stand when its mail leaves; a later decision cancels the mail.
STILL_TRUE: dict[MailKind, tuple[State, ...]] = {
    MailKind.RECEIPT: OPEN,
    MailKind.REMINDER: (State.RECEIVED,),
    MailKind.ASK: OPEN,
    MailKind.SOURCE: OPEN,
    MailKind.DECLINED: (State.DECLINED,),
    MailKind.ROUTED_ON: (State.DECLINED,),
    MailKind.COLLEAGUE: (State.DECLINED,),
    MailKind.PRINTED: (State.PUBLISHED,),
    MailKind.REPORTER: tuple(
        state for state in State if state not in (State.WITHDRAWN, State.SPIKED, State.KILLED)
    ),
}


@dataclass(frozen=True)
class Letterhead:
    """What every mail needs of the installation: where links lead, who sends (if it is set)."""

    base_url: str
    mail_from: str | None = None


@dataclass(frozen=True)
class Ready:
    """One mail on its way, as bytes."""

    mail_id: int
    kind: MailKind
    subject: str
    sender: str
    to: str
    raw: bytes
    made_on: str  # YYYYMMDD, of the row
    headers: Mapping[str, str]  # as written, without the address


@dataclass(frozen=True)
class Claimed:
    """A mail that may leave: all that writing it needs, outside of any transaction."""

    mail_id: int
    draft: Draft
    sender: Mailbox
    reply_to: Mailbox
    to: str
    message_id: str
    made_on: str
    at: datetime
    thread: Sequence[str] = ()

    def write(self) -> Ready:
        """The mail as bytes; raises Unsafe."""
        composed = self.draft.written()
        raw = build(
            composed,
            sender=self.sender,
            reply_to=self.reply_to,
            to=ascii_address(self.to),
            message_id=self.message_id,
            at=self.at,
            thread=self.thread,
        )
        sender, to = self.sender.address, ascii_address(self.to)
        kind, subject = self.draft.kind, composed.subject
        headers = kept_headers(raw)
        return Ready(self.mail_id, kind, subject, sender, to, raw, self.made_on, headers)


def next_due(work: Work, letterhead: Letterhead) -> Claimed | None:
    """Claim the mail that has been due for longest and may leave.

    What may not leave is cancelled or skipped on the way. None where none of those looked at
    leaves: there may be more that are due.
    """
    for _ in range(LOOKED_AT):
        found = mails.claim_due(work, 1)
        if not found:
            return None
        claimed = _judge(work, found[0], letterhead)
        if claimed is not None:
            return claimed
        found[0].lease_until = None
        work.session.flush()
    return None


def _judge(work: Work, mail: OwedMail, letterhead: Letterhead) -> Claimed | None:
    letter = None
    with work.session.no_autoflush:  # what is noted of this mail is written once, at the end
        if mail.letter_id is not None:
            letter = letters.for_mail(work, mail.letter_id)
            if not is_still_true(mail, letter):
                mail.state = MailState.CANCELLED
                return None
            if letter.mailbox_id is not None and not mailboxes.is_live(work, letter.mailbox_id):
                mail.is_stopped = True
                mail.attempts -= 1  # it was not tried
                return None
            why_not = _why_not(work, mail, letter)
            if why_not:
                mail.state, mail.problem, mail.email_key = MailState.SKIPPED, why_not, None
                return None
        try:
            return _claimed(work, mail, letter, letterhead)
        except Unsafe as error:
            mail.state, mail.problem = MailState.FAILED, str(error)
            return None


def is_still_true(mail: OwedMail, letter: Letter) -> bool:
    """Whether the letter stands where what the mail says is so."""
    if mail.kind is MailKind.ASK and letter.wanted is None:
        return False  # answered meanwhile, or the editor thought better of it
    if mail.kind is MailKind.REMINDER and not letter.missing:
        return False  # given meanwhile
    if mail.kind is MailKind.SOURCE and not letter.open_claims:
        return False  # settled meanwhile
    return letter.state in STILL_TRUE.get(mail.kind, ())


def _why_not(work: Work, mail: OwedMail, letter: Letter) -> str | None:
    """Which rule forbids the mail, in words for the desk; takes note of whom it goes to."""
    dead = dead_addresses.dead(work, dead_addresses.key_of(work.keys, mail, letter))
    if dead is not None:
        day = ap_date(letter.column.today(dead.noted_at + LAPSES))
        return f"{WHY_NOT}. Nothing is sent there until {day}."
    if not mail.is_for_writer:
        return None  # it goes to the house's own address
    if letter.contact is None or not letter.contact.email:
        return "There is no address any more."
    if mail.kind in UNASKED and not may_be_answered(letter.came_from):
        return "The letter may not come from this address."
    key = letter.contact.email_key
    too_many = None
    if mail.kind is MailKind.RECEIPT and mail.email_key is None:
        too_many = _too_many_receipts(work, key)
    mail.email_key = mail.email_key if too_many else key
    return too_many


def _too_many_receipts(work: Work, key: str | None) -> str | None:
    kind = MailKind.RECEIPT
    if key and mails.went_to(work, key, kind, work.now - ONE_RECEIPT_IN):
        return "A receipt went to this address within a day."
    if mails.sent_since(work, kind, work.now - timedelta(hours=1)) >= RECEIPTS_AN_HOUR:
        return f"{RECEIPTS_AN_HOUR:,} receipts left within an hour: no more for now."
    return None


def _claimed(work: Work, mail: OwedMail, letter: Letter | None, letterhead: Letterhead) -> Claimed:
    column = letter.column if letter else columns.first(work)
    sender = sender_of(column, letterhead.mail_from)
    if mail.message_id is None:  # kept in retries, so that a mailbox can tell them
        mail.message_id = f"<{secrets.token_hex(16)}@{sender.domain}>"
    words = own_words_of(work, mail, letter) if letter is not None else None
    mail.words_id = words.id if words is not None else None
    return Claimed(
        mail.id,
        draft(work, mail, letter, letterhead.base_url),
        sender,
        _reply_to(work, mail, letter, mailbox(column.address) or sender),
        mail.to_address or (letter.contact.email if letter and letter.contact else None) or "",
        mail.message_id,
        f"{mail.made_at:%Y%m%d}",
        work.now,
        _thread(work, mail, letter),
    )


def _thread(work: Work, mail: OwedMail, letter: Letter | None) -> list[str]:
    """The writer's own mail, then ours to the same person."""
    own = letter.message_id if letter and mail.is_for_writer else None
    return [*([own] if own else []), *mails.thread_before(work, mail)]


def _reply_to(work: Work, mail: OwedMail, letter: Letter | None, box: Mailbox) -> Mailbox:
    """Where an answer goes: a colleague's to the writer, a writer's to an address of the letter.

    Where the house's mail server takes no such addresses, replies are found by what they answer.
    """
    if letter is None:
        return box
    if mail.kind is MailKind.COLLEAGUE and letter.contact is not None and letter.contact.email:
        with suppress(Unsafe):
            return Mailbox("", ascii_address(letter.contact.email))
    if not mail.is_for_writer or not letter.column.rules.reply_addresses:
        return box
    name, _at, host = box.address.rpartition("@")
    marked = f"{name}+{links.token(work, letter.id, Purpose.REPLY)}"
    return Mailbox(box.name, f"{marked}@{host}") if len(marked) <= MOST_LOCAL else box


def sender_of(column: Column, mail_from: str | None) -> Mailbox:
    """From whom a column's mails come: its own sender, else the setting, else its address.

    Raises Unsafe where none of them is an address.
    """
    for given in (column.sender, mail_from, column.address):
        box = mailbox(given) if given else None
        if box is not None:
            return box if box.name else Mailbox(column.name, box.address)
    raise Unsafe("The column has no address to send from: give it one in its settings.")
