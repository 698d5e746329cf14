"""The versions of a column's own words for its mails."""

from collections.abc import Sequence

from sqlalchemy import select

from feedback.domain.errors import NotFound
from feedback.domain.mail_words import MailWords
from feedback.domain.owed_mail import MailKind
from feedback.store.work import Work


def newest(work: Work, column_id: int, kind: MailKind) -> MailWords | None:
    """The version that stands; None where the words were never changed."""
    return next(iter(versions(work, column_id, kind, 1)), None)


def versions(work: Work, column_id: int, kind: MailKind, limit: int = 100) -> Sequence[MailWords]:
    """The versions of one mail's words, the newest first."""
    query = select(MailWords).where(MailWords.column_id == column_id, MailWords.kind == kind)
    return list(work.session.scalars(query.order_by(MailWords.number.desc()).limit(limit)))


def version(work: Work, column_id: int, kind: MailKind, number: int) -> MailWords:
    """That version; raises NotFound."""
    query = select(MailWords).where(
        MailWords.column_id == column_id, MailWords.kind == kind, MailWords.number == number
    )
    found = work.session.scalar(query)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def by_id(work: Work, words_id: int) -> MailWords | None:
    """The version that a mail was made of; None where it is gone."""
    return work.session.get(MailWords, words_id)


def keep(work: Work, words: MailWords) -> MailWords:
    """Keep a version."""
    work.session.add(words)
    work.session.flush()
    return words
