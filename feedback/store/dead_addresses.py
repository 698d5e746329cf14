"""Addresses that do not exist: noted, looked up by their digest, lifted, forgotten."""

from datetime import datetime

from sqlalchemy import delete, select

from feedback.domain.dead_address import LAPSES, DeadAddress
from feedback.domain.letter import Channel, Letter
from feedback.domain.original import Contact
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.store.work import Keys, Work


def key_of(keys: Keys, mail: OwedMail, letter: Letter | None) -> str | None:
    """The digest of whom a mail goes to; None where no address is known.

    Mails about accounts have none: whoever cannot log in is always written to.
    """
    if mail.kind is MailKind.ACCOUNT:
        return None
    if mail.to_address:
        return keys.person(mail.to_address)
    return letter.contact.email_key if letter is not None and letter.contact is not None else None


def note(work: Work, email_key: str, says: str, mail_id: int) -> None:
    """This address does not exist, said the mail server just now."""
    work.session.merge(
        DeadAddress(email_key=email_key, noted_at=work.now, says=says[:300], mail_id=mail_id)
    )


def dead(work: Work, email_key: str | None) -> DeadAddress | None:
    """What was noted of an address; None where mails may go there.

    It lapses after 90 days, and once a letter has come by mail from that address since. (A form
    is no sign of life: anybody can type any address there.)
    """
    found = work.session.get(DeadAddress, email_key) if email_key else None
    if found is None or found.noted_at <= work.now - LAPSES or _has_written(work, found):
        return None
    return found


def _has_written(work: Work, found: DeadAddress) -> bool:
    query = (
        select(Letter.id)
        .join(Contact, Contact.letter_id == Letter.id)
        .where(
            Contact.email_key == found.email_key,
            Letter.channel == Channel.MAIL,
            Letter.received_at > found.noted_at,
        )
        .limit(1)
    )
    return work.session.scalar(query) is not None


def lift(work: Work, email_key: str) -> bool:
    """Mails may go there again; False where nothing was noted."""
    gone = delete(DeadAddress).where(DeadAddress.email_key == email_key)
    return bool(work.session.scalars(gone.returning(DeadAddress.email_key)).all())


def forget_old(work: Work) -> None:
    """Drop what has lapsed."""
    before: datetime = work.now - LAPSES
    work.session.execute(delete(DeadAddress).where(DeadAddress.noted_at <= before))
