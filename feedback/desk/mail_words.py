"""The words of a column's mails: changed by a chief, with a record, back at any time."""

from feedback.domain.column import Column
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotFound, Refused, Stale, refuse_fields
from feedback.domain.house_event import HouseEventKind
from feedback.domain.mail_words import MailWords
from feedback.domain.owed_mail import MailKind
from feedback.outbox.own_words import SLOTS, wrong_words
from feedback.store import house_events, mail_words
from feedback.store.work import Work

USUAL = 0  # the number of the words that the desk came with


def check(kind: MailKind, subject: str, text: str) -> None:
    """Raise Refused (kind `fields`) for words that cannot be sent, NotFound for another's mail."""
    if kind not in SLOTS:
        raise NotFound("The words of this mail are the house's.")
    wrong = wrong_words(kind, subject, text)
    if wrong:
        raise refuse_fields("The words are not saved yet.", wrong)


def change_words(
    work: Work,
    column: Column,
    kind: MailKind,
    words: tuple[str, str] | None,
    by: Editor,
    number: int | None,
) -> MailWords | None:
    """Let mails of that kind have this subject and text (None: the usual ones) from now on.

    `number` is the version that was changed. Returns the new version; None where nothing
    changes. Raises NotAllowed, Stale, Refused, NotFound.
    """
    by.require(Deed.SETTINGS)
    subject, text = words or (None, None)
    if words is not None:
        check(kind, *words)
    before = mail_words.newest(work, column.id, kind)
    stands = before.number if before else USUAL
    if number is not None and number != stands:
        raise Stale("Somebody else has changed these words meanwhile.", stands)
    if (subject, text) == ((before.subject, before.text) if before else (None, None)):
        return None
    made = mail_words.keep(
        work,
        MailWords(
            column_id=column.id,
            kind=kind,
            number=stands + 1,
            subject=subject,
            text=text,
            by_id=by.id,
            by_name=by.name,
            at=work.now,
        ),
    )
    says = f"version {made.number}" + ("" if words else ", the usual words")
    house_events.note(work, HouseEventKind.MAIL_WORDS_CHANGED, by, about=kind.value, says=says)
    return made


def use_version(
    work: Work, column: Column, kind: MailKind, number: int, by: Editor
) -> MailWords | None:
    """An earlier version stands again, as a new one; USUAL: the words that the desk came with.

    Raises NotAllowed, NotFound, Refused for words that the desk would not take any more.
    """
    by.require(Deed.SETTINGS)
    if kind not in SLOTS:
        raise Refused("The words of this mail are the house's.", "move")
    if number == USUAL:
        return change_words(work, column, kind, None, by, None)
    old = mail_words.version(work, column.id, kind, number)
    words = None if old.subject is None or old.text is None else (old.subject, old.text)
    return change_words(work, column, kind, words, by, None)
