"""What the mail held that a letter came in, beside the letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from feedback.desk.edit import LIMITS
from feedback.desk.edit_values import TEXT
from feedback.domain.letter import Channel, Letter
from feedback.intake.prefill import Found
from feedback.intake.whence import Suggestion, suggestions, whence
from feedback.reading.attachments import Attached, attachments
from feedback.reading.contact_words import masked
from feedback.reading.left_out import LeftOut, left_out
from feedback.reading.pasted_mail import read_mail
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
    """What is shown of a letter's mail.

    `may_restore` unless the text has all that was left out already. `found` says where a field
    stood, `offered` what the mail may mean. `replies_elsewhere` where answers go to another
    address than the sender's; `sender` and `reply_to` are these, where the look was logged.
    """

    files: Sequence[File]
    left_out: LeftOut
    may_restore: bool
    found: Mapping[str, Found]
    offered: Sequence[Suggestion]
    replies_elsewhere: bool
    sender: str = ""
    reply_to: str = ""


def mail_panel(work: Work, letter: Letter, *, sees_contacts: bool = False) -> MailPanel | None:
    """The panel; None where the letter did not come by mail, or its mail is not kept any more.

    It is read anew from the mail as it came, so that nothing of it is stored twice. Contact data
    in it is masked, unless `sees_contacts`: then the look was just logged.
    """
    mail = raw_mails.of_letter(work, letter.id) if letter.channel is Channel.MAIL else None
    if mail is None:
        return None
    said = read_mail(mail.raw)
    left = left_out(said, mail.read_from)
    back = left.without_contacts()
    found = whence(letter, said, mail.read_from)
    replies = said.reply_to or ""
    is_elsewhere = bool(replies) and replies.casefold() != (said.from_address or "").casefold()
    return MailPanel(
        files=files_of(mail.raw, mail.read_from),
        left_out=left if sees_contacts else back,
        may_restore=bool(back) and back.put_back(letter.text, LIMITS[TEXT]) != letter.text,
        found={n: replace(one, words=masked(one.words)) for n, one in found.items()},
        offered=[replace(one, words=masked(one.words)) for one in suggestions(letter, said)],
        replies_elsewhere=is_elsewhere,
        sender=(said.from_address or "") if sees_contacts else "",
        reply_to=replies if sees_contacts else "",
    )


def files_of(raw: bytes, read_from: int | None = None) -> list[File]:
    """The files on a mail; their names without addresses in them."""
    return [
        File(one, masked(one.name), is_letter=one.number == read_from) for one in attachments(raw)
    ]
