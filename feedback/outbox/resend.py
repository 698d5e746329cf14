"""Send a mail again that was sent: it did not arrive, says its reader."""

from datetime import timedelta

from feedback.domain.actor import Actor
from feedback.domain.editor import Editor
from feedback.domain.errors import NotFound, Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.outbox.prepare import is_still_true
from feedback.outbox.retry import deed_for
from feedback.store import dead_addresses, events, mails
from feedback.store.work import Work

# Editors too are not to flood anybody, whatever they are told on the telephone.
MOST_A_DAY = 3  # to one address, and about one letter
A_DAY = timedelta(hours=24)


def resend(work: Work, mail: OwedMail, letter: Letter | None, by: Editor) -> OwedMail:
    """Owe the mail once more, as a mail of its own that names the one it repeats.

    It is composed of what is true now; `letter` is locked by the caller. Stands in the letter's
    history. Raises NotAllowed, NotFound for a mail about an account (a new link is asked for
    instead), Refused (kind `move`) where `why_not` says so.
    """
    by.require(deed_for(mail))
    if letter is None or mail.kind is MailKind.ACCOUNT:
        raise NotFound("There is no letter that this mail is about.")
    reason = why_not(work, mail, letter)
    if reason is not None:
        raise Refused(reason, "move")
    again = OwedMail(
        kind=mail.kind,
        letter_id=letter.id,
        to_address=mail.to_address,
        # A mail with a key is judged already: it counts, and is no second receipt unasked.
        email_key=dead_addresses.key_of(work.keys, mail, letter),
        repeats_id=mail.id,
        due_at=work.now,
        made_at=work.now,
    )
    work.session.add(again)
    events.append_beside(work, letter, EventKind.SENT_AGAIN, Actor.of(by))
    return again


def why_not(work: Work, mail: OwedMail, letter: Letter | None) -> str | None:
    """Why the mail cannot be sent again, in words; None where it can."""
    if letter is None or mail.kind is MailKind.ACCOUNT:
        return "It is about an account: ask for a new link instead."
    if mail.state is not MailState.SENT:
        return "It was not sent yet."
    if not is_still_true(mail, letter):
        return "What it says is no longer so: the letter stands elsewhere."
    return _limit(work, mail, letter)


def _limit(work: Work, mail: OwedMail, letter: Letter) -> str | None:
    key = dead_addresses.key_of(work.keys, mail, letter)
    if key is None:
        return "There is no address any more."
    if dead_addresses.dead(work, key) is not None:
        return "Mails to this address are stopped: let them leave again first."
    if mails.repeated_since(work, letter.id, key, work.now - A_DAY) >= MOST_A_DAY:
        return f"Mails were sent again {MOST_A_DAY} times within a day: no more for now."
    return None
