"""Answers by mail: which letter one belongs to, what came to a letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.domain.original import Contact
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.domain.reference import as_reference
from feedback.domain.reply import FoundBy, Reply
from feedback.reading.threads import Named
from feedback.store import links
from feedback.store.work import Work

NOT_TO_WRITERS = (MailKind.ACCOUNT, MailKind.REPORTER)


@dataclass(frozen=True)
class Answered:
    """The letter that a mail answers, and how that was told."""

    letter_id: int
    found_by: FoundBy


@dataclass(frozen=True)
class Threads:
    """What a mail belongs to: the letter it answers, or the one that it merely mentions."""

    answered: Answered | None = None
    mentions: str | None = None  # reference


def threads_of(work: Work, named: Named, sender_key: str | None) -> Threads:
    """The letter that a mail answers: one that it names, of which its sender is the writer.

    The surest way counts: the secret address, then a mail of ours, then a reference. Where
    somebody else is the writer of all that it names, the first of those is mentioned.
    """
    mentioned: int | None = None
    for found in _named(work, named):
        if sender_key and _writer_key(work, found.letter_id) == sender_key:
            return Threads(found)
        mentioned = mentioned or found.letter_id
    if mentioned is None:
        return Threads()
    return Threads(None, work.session.scalar(select(Letter.ref).where(Letter.id == mentioned)))


def _named(work: Work, named: Named) -> Iterator[Answered]:
    for token in named.tokens:
        try:
            yield Answered(links.letter_behind(work, Purpose.REPLY, token), FoundBy.ADDRESS)
        except NotFound:
            continue
    for mail in mails_with(work, named.message_ids):
        if mail.letter_id is not None and mail.kind not in NOT_TO_WRITERS:
            yield Answered(mail.letter_id, FoundBy.MAIL)
    refs = [ref for ref in map(as_reference, named.references) if ref]
    some = select(Letter.id).where(Letter.ref.in_(refs))
    for number in work.session.scalars(some) if refs else ():
        yield Answered(number, FoundBy.NUMBER)


def mails_with(work: Work, message_ids: Sequence[str]) -> list[OwedMail]:
    """Mails of ours with one of these Message-IDs, in the order of those."""
    query = select(OwedMail).where(OwedMail.message_id.in_(message_ids))
    found = {mail.message_id: mail for mail in work.session.scalars(query)} if message_ids else {}
    return [found[one] for one in message_ids if one in found]


def _writer_key(work: Work, letter_id: int) -> str | None:
    return work.session.scalar(select(Contact.email_key).where(Contact.letter_id == letter_id))


def of_letter(work: Work, letter_id: int) -> Sequence[Reply]:
    """All that its writer answered by mail, oldest first."""
    query = select(Reply).where(Reply.letter_id == letter_id).order_by(Reply.id)
    return list(work.session.scalars(query))
