"""What the mail held that a letter came in, beside the letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.domain.letter import Channel, Letter
from feedback.reading.attachments import Attached, attachments
from feedback.reading.contact_words import masked
from feedback.store import raw_mails
from feedback.store.work import Work


@dataclass(frozen=True)
class File:
    """A file on the mail, as it is listed; `is_letter` where the letter stood in it."""

    attached: Attached
    name: str
    is_letter: bool


@dataclass(frozen=True)
class MailPanel:
    """What is shown of a letter's mail."""

    files: Sequence[File]


def mail_panel(work: Work, letter: Letter) -> MailPanel | None:
    """The panel; None where the letter did not come by mail, or its mail is not kept any more.

    It is read anew from the mail as it came, so that nothing of it is stored twice.
    """
    mail = raw_mails.of_letter(work, letter.id) if letter.channel is Channel.MAIL else None
    if mail is None:
        return None
    return MailPanel(files_of(mail.raw, mail.read_from))


def files_of(raw: bytes, read_from: int | None = None) -> list[File]:
    """The files on a mail; their names without addresses in them."""
    return [
        File(one, masked(one.name), is_letter=one.number == read_from) for one in attachments(raw)
    ]
