"""A kept mail is read: a letter is made of it, or it is refused by name. Nothing is lost by it."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from feedback.domain.actor import WRITER
from feedback.domain.column import Column
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.letter import Channel
from feedback.domain.raw_mail import Fate, RawMail, Refusal
from feedback.domain.sender_auth import SenderAuth
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.intake.fields import read_fields
from feedback.intake.prefill import Prefill, prefill
from feedback.intake.receive import receive
from feedback.intake.unpack import unpacked
from feedback.newsroom import Newsroom
from feedback.reading.attached_letter import with_attached
from feedback.reading.attachments import attachments
from feedback.reading.mail_auth import sender_found
from feedback.reading.mail_headers import ADDRESS, Headers
from feedback.reading.mail_parts import split_head
from feedback.reading.pasted_mail import read_mail
from feedback.reading.robots import Robot, robot_behind
from feedback.store import blocked, raw_mails
from feedback.store.letterbox import Taken

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
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
NO_MATCH = ArticleMatch()
NO_CONSENT = "none-yet"  # the writer's own yes will be theirs


@dataclass(frozen=True)
class _Read:
    """What reading gave: a refusal, or a submission with its article."""

    headers: Headers
    auth: SenderAuth
    refusal: Refusal | None
    submission: Submission | None = None
    match: ArticleMatch = NO_MATCH
    mails: bool = False
    read_from: int | None = None  # the file that the letter stood in
    problem: str = ""


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
    auth = auth_of(headers, newsroom.settings.authserv_id)
    robot = robot_behind(headers, own_addresses(column))
    if robot is not None and not mail.is_accepted:
        return _Read(headers, auth, BY[robot])
    said = read_mail(raw)
    if not mail.is_accepted:
        why = _refused_sender(newsroom, mail, headers, said.from_address)
        if why is not None:
            return _Read(headers, auth, why)
    said = with_attached(said, raw, unpacked)  # it may take seconds: with no transaction open
    with newsroom.store.read() as work:
        found = prefill(work, said, newsroom.hosts)
        if not found.remarks.strip():
            why = Refusal.ONLY_ATTACHMENT if attachments(raw) else Refusal.EMPTY
            return _Read(headers, auth, why, problem="; ".join(found.unread))
        about = found.found.get("article")
        match = match_article(work, about.value, newsroom.hosts) if about else NO_MATCH
    submission = submission_of(found, f"mail:{mail.digest}")
    consent = _consent(headers, column, found)
    submission = replace(submission, consent=consent, mailbox_id=mail.mailbox_id, auth=auth)
    return _Read(headers, auth, None, submission, match, mails=True, read_from=found.read_from)


def _refused_sender(
    newsroom: Newsroom, mail: RawMail, headers: Headers, address: str | None
) -> Refusal | None:
    """Whether an editor has blocked who sent it, or more comes from them than a person writes."""
    sender = headers.sender().address
    since = mail.received_at - timedelta(hours=1)
    with newsroom.store.read() as work:
        if sender and blocked.of_sender(work, work.keys.person(sender)) is not None:
            return Refusal.BLOCKED
        if address is None:
            return None
        lately = raw_mails.sent_since(work, work.keys.person(address), since)
    return Refusal.TOO_MANY if lately >= MOST_IN_AN_HOUR else None


def submission_of(found: Prefill, key: str) -> Submission:
    """What was found, checked as every channel's fields are; what is wrong is left out.

    Raises Refused (kind `fields`) where the letter itself cannot be taken.
    """
    given = dict(found.sure_values)
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
    to = " ".join(headers.raw(name) for name in ADDRESSED)
    if column.address.lower() not in {one.lower() for one in ADDRESS.findall(to)}:
        return NO_CONSENT
    if found.is_handed_on:
        return NO_CONSENT
    return f"by_invitation/{sha256(column.invitation.encode()).hexdigest()[:8]}"


def auth_of(headers: Headers, authserv_id: str | None) -> SenderAuth:
    """What is to be known of a mail's sender; `authserv_id` is the mail server that is believed."""
    found = sender_found(headers, authserv_id)
    return SenderAuth(
        dmarc=found.dmarc,
        spf=found.spf,
        dkim=found.dkim,
        domain=found.domain,
        reply_to=found.reply_to,
        sender=found.sender,
        reply_to_differs=found.reply_to is not None,
        sender_differs=found.sender is not None,
        is_unclear="from" in headers and headers.is_sender_odd(),
    )


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
        mail.fate, mail.problem = fate, problem
        mail.attempts += 1
        mail.decided_at = work.now
        mail.letter_id = taken.letter_id if taken else None
        if found is not None:
            mail.refusal, mail.auth = found.refusal, found.auth.kept()
            mail.read_from, mail.problem = found.read_from, found.problem[:300]
            mail.message_id = (found.headers.message_id() or "")[:250] or None
            mail.subject = found.headers.text("subject")[:300]
            sender = found.headers.sender().address
            mail.sender_key = work.keys.person(sender) if sender else None
    return fate


def read_waiting(newsroom: Newsroom, most: int = A_TURN) -> bool:
    """Read some mails that wait, the oldest first; True where more may wait."""
    with newsroom.store.read() as work:
        numbers = raw_mails.waiting(work, most)
    for number in numbers:
        read(newsroom, number)
    return len(numbers) == most
