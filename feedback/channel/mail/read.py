"""A kept mail is read: it is a letter, or answers one, or is refused by name. Nothing is lost."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from feedback.channel.mail.reply import take_reply
from feedback.domain.actor import WRITER
from feedback.domain.column import Column
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.letter import Channel
from feedback.domain.raw_mail import Fate, RawMail, Refusal
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.intake.fields import read_fields
from feedback.intake.prefill import Prefill, prefill
from feedback.intake.receive import receive
from feedback.newsroom import Newsroom
from feedback.outbox.came_back import note_bounce
from feedback.reading.bounce import Bounce, read_bounce
from feedback.reading.mail_headers import ADDRESS, Headers
from feedback.reading.mail_parts import split_head
from feedback.reading.pasted_mail import read_mail
from feedback.reading.robots import Robot, robot_behind
from feedback.reading.threads import WENT_TO, named_in, parts_of
from feedback.store import raw_mails
from feedback.store.letterbox import Taken
from feedback.store.replies import Answered, Threads, threads_of
from feedback.store.work import Work

log = logging.getLogger(__name__)

A_TURN = 20  # mails that are read in a row
MOST_IN_AN_HOUR = 20  # mails of one sender: more writes no person
BY = {
    Robot.OURSELVES: Refusal.LOOP,
    Robot.POSTMASTER: Refusal.BOUNCE,
    Robot.AUTO_REPLY: Refusal.AUTO_REPLY,
    Robot.LIST: Refusal.LIST,
    Robot.SPAMMER: Refusal.SPAM,
}
NO_MATCH = ArticleMatch()
NO_CONSENT = "none-yet"  # the writer's own yes will be theirs


@dataclass(frozen=True)
class _Read:
    """What reading gave: a refusal, or a submission with its article."""

    headers: Headers
    refusal: Refusal | None
    submission: Submission | None = None
    match: ArticleMatch = NO_MATCH
    mails: bool = False
    answered: Answered | None = None
    bounce: Bounce | None = None


def read(newsroom: Newsroom, mail_id: int) -> Fate:
    """Read a mail that waits; returns what became of it. Safe to run again, and in two processes.

    One that an editor accepted is a letter, whatever it looks like. Raises Unreachable where the
    database does not answer; then the mail waits on.
    """
    with newsroom.store.read() as work:
        mail = raw_mails.by_id(work, mail_id)
        if mail.fate is not Fate.WAITING:
            return mail.fate
        raw, digest = mail.raw, mail.digest
    try:
        found = _read(newsroom, mail, raw)
        if found.answered is not None:
            return _answer(newsroom, mail_id, found, raw)
        taken = _store(newsroom, found) if found.refusal is None else None
    except Unreachable:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a mail holds: it is kept, and said
        # Not the error's words: they may quote the mail.
        log.error("mail %s (%s) could not be read: %s", mail_id, digest[:12], type(error).__name__)  # noqa: TRY400  # a trace could quote the mail
        return _note(newsroom, mail_id, Fate.UNREAD, None, None, type(error).__name__)
    if taken is None:
        return _note(newsroom, mail_id, Fate.REFUSED, found, None)
    return _note(newsroom, mail_id, Fate.LETTER, found, taken)


def _read(newsroom: Newsroom, mail: RawMail, raw: bytes) -> _Read:
    column = newsroom.column()
    headers, _body = split_head(raw)
    robot = robot_behind(headers, own_addresses(column))
    if robot is not None and not mail.is_accepted:
        bounce = read_bounce(raw) if robot is Robot.POSTMASTER else None
        return _Read(headers, BY[robot], bounce=bounce)
    with newsroom.store.read() as work:
        found = prefill(work, raw, newsroom.hosts)
        sender = found.found.get("email")
        if sender and not mail.is_accepted:
            key = work.keys.person(sender.value)
            since = mail.received_at - timedelta(hours=1)
            if raw_mails.sent_since(work, key, since) >= MOST_IN_AN_HOUR:
                return _Read(headers, Refusal.TOO_MANY)
        threads = _threads(work, headers, column)
        if threads.answered is not None and not mail.is_accepted:
            return _Read(headers, None, answered=threads.answered)
        if not found.remarks.strip():
            is_attached = bool(found.attachments)
            return _Read(headers, Refusal.ONLY_ATTACHMENT if is_attached else Refusal.EMPTY)
        said = found.found.get("article")
        match = match_article(work, said.value, newsroom.hosts) if said else NO_MATCH
    submission = _submission(found, f"mail:{mail.digest}")
    consent = _consent(headers, column, found)
    submission = replace(
        submission,
        consent=consent,
        mailbox_id=mail.mailbox_id,
        message_id=None if found.is_handed_on else (headers.message_id() or "")[:250] or None,
        mentions=threads.mentions,
    )
    return _Read(headers, None, submission, match, mails=True)


def _threads(work: Work, headers: Headers, column: Column) -> Threads:
    """The letter that the mail answers; its sender is who From alone says, and no robot."""
    sender = headers.sender().address
    named = named_in(headers, own_addresses(column))
    return threads_of(work, named, work.keys.person(sender) if sender else None)


def _answer(newsroom: Newsroom, mail_id: int, found: _Read, raw: bytes) -> Fate:
    """Keep a writer's answer with the letter, and note the mail: both or none."""
    if found.answered is None:
        raise Refused("It answers nothing.", "fields")
    said = read_mail(raw)
    with newsroom.store.work() as work:
        mail = raw_mails.by_id(work, mail_id, to_change=True)
        if mail.fate is Fate.WAITING:
            take_reply(work, mail, said, found.answered, newsroom.hosts)
            _note_down(work, mail, Fate.REPLY, found, found.answered.letter_id)
        return mail.fate


def _submission(found: Prefill, key: str) -> Submission:
    """What was found, checked as every channel's fields are; what is wrong is left out."""
    given = dict(found.values)
    for _try in range(len(given)):
        try:
            return read_fields(given, Channel.MAIL, key=key)
        except Refused as error:
            wrong = [one.field for one in error.details.get("errors", ()) if one.field in given]
            if not wrong or "remarks" in wrong:
                raise
            for name in wrong:
                del given[name]
    return read_fields({"remarks": given["remarks"]}, Channel.MAIL, key=key)


def _consent(headers: Headers, column: Column, found: Prefill) -> str:
    """Who writes to the address that the invitation names has read it; others have not.

    Nor has one whose letter somebody else handed on.
    """
    to = " ".join(headers.raw(name) for name in WENT_TO).lower()
    found_at = {one for address in ADDRESS.findall(to) for one in (address, parts_of(address)[0])}
    if column.address.lower() not in found_at:
        return NO_CONSENT
    if found.is_handed_on:
        return NO_CONSENT
    return f"by_invitation/{sha256(column.invitation.encode()).hexdigest()[:8]}"


def own_addresses(column: Column) -> frozenset[str]:
    """Addresses that the desk writes from, in lower case."""
    return frozenset(
        found.lower() for found in ADDRESS.findall(f"{column.address} {column.sender}")
    )


def _store(newsroom: Newsroom, found: _Read) -> Taken:
    if found.submission is None:
        raise Refused("There is no letter in it.", "fields")
    return receive(
        newsroom.letterbox,
        newsroom.store.keys,
        newsroom.house(),
        found.submission,
        found.match,
        newsroom.store.clock(),
        by=WRITER,
        mails=found.mails,
    )


def _note(
    newsroom: Newsroom,
    mail_id: int,
    fate: Fate,
    found: _Read | None,
    taken: Taken | None,
    problem: str = "",
) -> Fate:
    """Write down what became of it, unless another process was faster."""
    with newsroom.store.work() as work:
        mail = raw_mails.by_id(work, mail_id, to_change=True)
        if mail.fate is not Fate.WAITING:
            return mail.fate
        mail.problem = problem
        about = taken.letter_id if taken else None
        if found is not None and found.bounce is not None:
            came_back = note_bounce(work, found.bounce)
            about = came_back.letter_id if came_back else None
        _note_down(work, mail, fate, found, about)
    return fate


def _note_down(
    work: Work, mail: RawMail, fate: Fate, found: _Read | None, letter_id: int | None
) -> None:
    mail.fate, mail.letter_id = fate, letter_id
    mail.attempts += 1
    mail.decided_at = work.now
    if found is not None:
        mail.refusal = found.refusal
        mail.message_id = (found.headers.message_id() or "")[:250] or None
        mail.subject = found.headers.text("subject")[:300]
        sender = found.headers.sender().address
        mail.sender_key = work.keys.person(sender) if sender else None


def read_waiting(newsroom: Newsroom, most: int = A_TURN) -> bool:
    """Read some mails that wait, the oldest first; True where more may wait."""
    with newsroom.store.read() as work:
        numbers = raw_mails.waiting(work, most)
    for number in numbers:
        read(newsroom, number)
    return len(numbers) == most
