"""Addresses of reporters, by the name that stands over their articles."""

from sqlalchemy import select

from feedback.domain.byline import Byline
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.reading.person import fold
from feedback.store.work import Work

LEFT = (MailState.WAITING, MailState.SENT)


def of_author(work: Work, author: str | None) -> Byline | None:
    """Where letters for this author are sent on to; None where nobody has said."""
    key = fold(author)
    if key is None:
        return None
    return work.session.scalars(select(Byline).where(Byline.author_key == key)).first()


def is_copy(mail: OwedMail) -> bool:
    """Whether a mail about a letter is a copy for a reporter that left or is about to."""
    return mail.kind is MailKind.REPORTER and mail.state in LEFT


def copies_of(work: Work, letter_id: int) -> list[OwedMail]:
    """Copies of a letter for reporters that left or are about to, newest first."""
    query = select(OwedMail).where(
        OwedMail.letter_id == letter_id,
        OwedMail.kind == MailKind.REPORTER,
        OwedMail.state.in_(LEFT),
    )
    return list(work.session.scalars(query.order_by(OwedMail.id.desc())))
