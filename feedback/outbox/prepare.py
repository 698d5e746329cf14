"""May this mail leave now, and as what: decided in the transaction that claims it."""

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta

from feedback.domain.column import Column
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import OPEN, State
from feedback.outbox.compose import compose
from feedback.outbox.message import Mailbox, Unsafe, ascii_address, build, mailbox
from feedback.store import columns, letters, mails
from feedback.store.work import Work

log = logging.getLogger(__name__)

# Forms are filled in with strangers' addresses: no more than this leaves unasked.
ONE_RECEIPT_IN = timedelta(hours=24)  # to the same address
RECEIPTS_AN_HOUR = 1000  # to anybody
LOOKED_AT = 8  # mails a transaction, so that on SQLite nobody waits long for a turn

# Where the letter must stand when its mail leaves; a later decision cancels the mail.
STILL_TRUE: dict[MailKind, tuple[State, ...]] = {
    MailKind.RECEIPT: OPEN,
    MailKind.ASK: OPEN,
    MailKind.DECLINED: (State.DECLINED,),
    MailKind.PRINTED: (State.PUBLISHED,),
}


@dataclass(frozen=True)
class Letterhead:
    """What every mail needs of the installation: where links lead, who sends (if it is set)."""

    base_url: str
    mail_from: str | None = None


@dataclass(frozen=True)
class Ready:
    """One mail on its way: everything that sending needs, outside of any transaction."""

    mail_id: int
    kind: MailKind
    sender: str
    to: str
    raw: bytes
    made_on: str  # YYYYMMDD, of the row


def next_ready(work: Work, letterhead: Letterhead) -> Ready | None:
    """Claim the mail that has been due for longest and may leave.

    What may not leave is cancelled or skipped on the way; what cannot be written has failed.
    None where none of those looked at leaves: there may be more that are due.
    """
    for _ in range(LOOKED_AT):
        claimed = mails.claim_due(work, 1)
        if not claimed:
            return None
        ready = _judge(work, claimed[0], letterhead)
        work.session.flush()
        if ready is not None:
            return ready
        claimed[0].lease_until = None
    return None


def _judge(work: Work, mail: OwedMail, letterhead: Letterhead) -> Ready | None:
    letter = letters.by_id(work, mail.letter_id) if mail.letter_id is not None else None
    if letter is not None:
        if not _is_still_true(mail, letter):
            mail.state = MailState.CANCELLED
            return None
        why_not = _why_not(work, mail, letter)
        if why_not:
            mail.state, mail.problem, mail.email_key = MailState.SKIPPED, why_not, None
            return None
    try:
        return _written(work, mail, letter, letterhead)
    except Unsafe as error:
        mail.state, mail.problem = MailState.FAILED, str(error)
    except Exception:  # a mail that cannot be written must not hold up the others
        log.exception("mail %s could not be written", mail.id)
        mail.state, mail.problem = MailState.FAILED, "This mail could not be written."
    return None


def _is_still_true(mail: OwedMail, letter: Letter) -> bool:
    if mail.kind is MailKind.ASK and letter.wanted is None:
        return False  # answered meanwhile, or the editor thought better of it
    return letter.state in STILL_TRUE.get(mail.kind, ())


def _why_not(work: Work, mail: OwedMail, letter: Letter) -> str | None:
    """Which rule forbids the mail, in words for the desk; takes note of whom it goes to."""
    if letter.contact is None or not letter.contact.email:
        return "There is no address any more."
    key = letter.contact.email_key
    if mail.kind is MailKind.RECEIPT and mail.email_key is None:
        if key and mails.went_to(work, key, mail.kind, work.now - ONE_RECEIPT_IN):
            return "A receipt went to this address within a day."
        if mails.sent_since(work, mail.kind, work.now - timedelta(hours=1)) >= RECEIPTS_AN_HOUR:
            return f"{RECEIPTS_AN_HOUR:,} receipts left within an hour: no more for now."
    mail.email_key = key
    return None


def _written(work: Work, mail: OwedMail, letter: Letter | None, letterhead: Letterhead) -> Ready:
    column = letter.column if letter else columns.first(work)
    sender = sender_of(column, letterhead.mail_from)
    address = letter.contact.email if letter and letter.contact else mail.to_address
    to = ascii_address(address or "")
    if mail.message_id is None:  # kept in retries, so that a mailbox can tell them
        mail.message_id = f"<{secrets.token_hex(16)}@{sender.domain}>"
    composed = compose(work, mail, letter, letterhead.base_url)
    mail.subject = composed.subject[:300]
    raw = build(
        composed,
        sender=sender,
        reply_to=mailbox(column.address) or sender,
        to=to,
        message_id=mail.message_id,
        at=work.now,
    )
    return Ready(mail.id, mail.kind, sender.address, to, raw, f"{mail.made_at:%Y%m%d}")


def sender_of(column: Column, mail_from: str | None) -> Mailbox:
    """From whom a column's mails come: its own sender, else the setting, else its address.

    Raises Unsafe where none of them is an address.
    """
    for given in (column.sender, mail_from, column.address):
        box = mailbox(given) if given else None
        if box is not None:
            return box if box.name else Mailbox(column.name, box.address)
    raise Unsafe("The column has no address to send from: give it one in its settings.")
