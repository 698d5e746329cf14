"""Kept mails are read: letters are made of them, answers go to theirs, the rest is refused by name.

Some at a time, so that many letters share a commit. Nothing is lost by it: until a mail is noted
as read it waits, and the same mail read again is the same letter.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.channel.mail.reply import take_reply
from feedback.channel.mail.understand import Understood, understand
from feedback.domain.actor import WRITER
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.raw_mail import Fate, RawMail
from feedback.intake.receive_many import Arrival, receive_many
from feedback.newsroom import Newsroom
from feedback.outbox.came_back import note_bounce
from feedback.store import letters, raw_mails
from feedback.store.letterbox import Taken
from feedback.store.work import Work

log = logging.getLogger(__name__)

A_TURN = 20  # mails that are read together


@dataclass
class _Mail:
    """One mail on its way: what it is, then what became of it."""

    number: int
    found: Understood | None = None  # None: reading it failed
    problem: str = ""
    letter_id: int | None = None
    fate: Fate | None = None  # once it is known


def read(newsroom: Newsroom, mail_id: int) -> Fate:
    """Read a mail that waits; returns what became of it. Safe to run again, and in two processes.

    Raises NotFound, and Unreachable where the database does not answer; then the mail waits on.
    """
    return _read_together(newsroom, [mail_id])[0]


def read_waiting(newsroom: Newsroom, most: int = A_TURN) -> bool:
    """Read some mails that wait, the oldest first; True where more may wait."""
    with newsroom.store.read() as work:
        numbers = raw_mails.waiting(work, most)
    try:
        _read_together(newsroom, numbers)
    except Unreachable:
        raise
    except Exception as error:  # noqa: BLE001  # one of them must not hold up the others
        log.error("some mails could not be read together: %s", type(error).__name__)  # noqa: TRY400  # a trace could quote a mail
        for number in numbers:
            read(newsroom, number)
    return len(numbers) == most


def _read_together(newsroom: Newsroom, numbers: Sequence[int]) -> list[Fate]:
    lately: Counter[str] = Counter()
    mails = [_understood(newsroom, number, lately) for number in numbers]
    _take_letters(newsroom, [mail for mail in mails if mail.found and mail.found.arrival])
    open_ones = {mail.number: mail for mail in mails if mail.fate is None}
    if open_ones:
        with newsroom.store.work() as work:
            for row in raw_mails.some(work, list(open_ones)):
                open_ones[row.id].fate = _note(work, newsroom, row, open_ones[row.id])
    return [mail.fate or Fate.UNREAD for mail in mails]


def _understood(newsroom: Newsroom, number: int, lately: Counter[str]) -> _Mail:
    """What the mail is; its bytes are let go, since a turn's mails may be large."""
    with newsroom.store.read() as work:
        mail = raw_mails.by_id(work, number)
        if mail.fate is not Fate.WAITING:
            return _Mail(number, fate=mail.fate)
        raw, digest = mail.raw, mail.digest
    try:
        found = understand(newsroom, mail, raw, lately)
    except Unreachable:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a mail holds: it is kept, and said
        # Not the error's words: they may quote the mail.
        log.error("mail %s (%s) could not be read: %s", number, digest[:12], type(error).__name__)  # noqa: TRY400  # a trace could quote the mail
        return _Mail(number, problem=type(error).__name__)
    sender = found.headers.sender().address
    if sender:
        lately[newsroom.store.keys.person(sender)] += 1
    return _Mail(number, found, found.problem)


def _take_letters(newsroom: Newsroom, mails: Sequence[_Mail]) -> None:
    """Store the letters of these mails, a commit a batch."""
    arrivals = [mail.found.arrival for mail in mails if mail.found and mail.found.arrival]
    if not arrivals:
        return
    outcomes = receive_many(
        newsroom.letterbox,
        newsroom.store.keys,
        newsroom.house(),
        arrivals,
        newsroom.store.clock(),
        by=WRITER,
        mails=True,
    )
    for mail, arrival, outcome in zip(mails, arrivals, outcomes, strict=True):
        if isinstance(outcome, Unreachable):
            raise outcome
        mail.letter_id = _letter_of(newsroom, arrival, outcome)
        if mail.letter_id is None:
            log.error("mail %s is no letter: %s", mail.number, type(outcome).__name__)
            mail.found, mail.problem = None, type(outcome).__name__


def _letter_of(newsroom: Newsroom, arrival: Arrival, outcome: Taken | Exception) -> int | None:
    """The letter's number; the same mail may have come in another way, and been read otherwise."""
    if isinstance(outcome, Taken):
        return outcome.letter_id
    if isinstance(outcome, Refused) and outcome.kind == "key_reused":
        with newsroom.store.read() as work:
            return letters.number_of_key(work, arrival.submission.key or "")
    return None


def _note(work: Work, newsroom: Newsroom, row: RawMail, mail: _Mail) -> Fate:
    """Write down what became of a mail, unless another process was faster; an answer is kept."""
    if row.fate is not Fate.WAITING:
        return row.fate
    row.attempts += 1
    row.decided_at, row.problem = work.now, mail.problem[:300]
    found = mail.found
    if found is None:
        row.fate = Fate.UNREAD
        return row.fate
    row.refusal, row.auth, row.read_from = found.refusal, found.auth.kept(), found.read_from
    row.message_id = (found.headers.message_id() or "")[:250] or None
    row.subject = found.headers.text("subject")[:300]
    sender = found.headers.sender().address
    row.sender_key = work.keys.person(sender) if sender else None
    row.letter_id = mail.letter_id
    if found.answered is not None and found.said is not None:
        take_reply(work, row, found.said, found.answered, newsroom.hosts)
        row.fate, row.letter_id = Fate.REPLY, found.answered.letter_id
    elif found.refusal is None:
        row.fate = Fate.LETTER
    else:
        row.fate = Fate.REFUSED
        came_back = note_bounce(work, found.bounce) if found.bounce else None
        row.letter_id = came_back.letter_id if came_back else None
    return row.fate
