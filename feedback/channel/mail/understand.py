"""What a kept mail is: a letter, an answer to one of ours, or neither, for a named reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from feedback.domain.column import Column
from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.domain.raw_mail import RawMail, Refusal
from feedback.domain.sender_auth import SenderAuth
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.intake.fields import read_fields
from feedback.intake.prefill import Prefill, prefill
from feedback.intake.receive_many import Arrival
from feedback.intake.unpack import unpacked
from feedback.newsroom import Newsroom
from feedback.reading.attached_letter import with_attached
from feedback.reading.attachments import attachments
from feedback.reading.bounce import Bounce, read_bounce
from feedback.reading.mail_auth import sender_found
from feedback.reading.mail_headers import ADDRESS, Headers
from feedback.reading.mail_parts import split_head
from feedback.reading.pasted_mail import PastedMail, read_mail
from feedback.reading.robots import Robot, robot_behind
from feedback.reading.threads import WENT_TO, named_in, parts_of
from feedback.store import blocked, raw_mails
from feedback.store.replies import Answered, Threads, threads_of
from feedback.store.work import Work

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
class Understood:
    """One of three: a letter (`arrival`), an answer (`answered` with what it says), a refusal.

    `problem` says more of a refusal; `read_from` is the number of the file that a letter stood in.
    """

    headers: Headers
    auth: SenderAuth
    refusal: Refusal | None = None
    arrival: Arrival | None = None
    answered: Answered | None = None
    said: PastedMail | None = None
    bounce: Bounce | None = None
    read_from: int | None = None
    problem: str = ""


def understand(
    newsroom: Newsroom, mail: RawMail, raw: bytes, lately: Mapping[str, int]
) -> Understood:
    """Read a mail's bytes. `lately`: mails by sender's key that are read but not noted yet.

    One that an editor accepted is a letter, whatever it looks like. Raises Unreachable, and
    whatever a broken mail may raise.
    """
    column = newsroom.column()
    headers, _body = split_head(raw)
    auth = auth_of(headers, newsroom.settings.authserv_id)
    robot = robot_behind(headers, own_addresses(column))
    if robot is not None and not mail.is_accepted:
        bounce = read_bounce(raw) if robot is Robot.POSTMASTER else None
        return Understood(headers, auth, BY[robot], bounce=bounce)
    said = read_mail(raw)
    has_files = bool(attachments(raw))
    with newsroom.store.read() as work:
        threads = _threads(work, headers, column)
        if not mail.is_accepted:
            why = _refused_sender(work, mail, headers, said.from_address, lately)
            if why is not None:
                return Understood(headers, auth, why)
            if threads.answered is not None:
                return Understood(headers, auth, answered=threads.answered, said=said)
        found = None if has_files else prefill(work, said, newsroom.hosts)
        match = _match(work, found, newsroom.hosts) if found else NO_MATCH
    if found is None:
        said = with_attached(said, raw, unpacked)  # may take seconds: with no transaction open
        with newsroom.store.read() as work:
            found = prefill(work, said, newsroom.hosts)
            match = _match(work, found, newsroom.hosts)
    if not found.remarks.strip():
        why = Refusal.ONLY_ATTACHMENT if has_files else Refusal.EMPTY
        return Understood(headers, auth, why, problem="; ".join(found.unread)[:300])
    submission = replace(
        submission_of(found, f"mail:{mail.digest}"),
        consent=_consent(headers, column, found),
        mailbox_id=mail.mailbox_id,
        auth=auth,
        message_id=None if found.is_handed_on else (headers.message_id() or "")[:250] or None,
        mentions=threads.mentions,
    )
    arrival = Arrival(submission, match)
    return Understood(headers, auth, arrival=arrival, read_from=found.read_from)


def _match(work: Work, found: Prefill, hosts: frozenset[str]) -> ArticleMatch:
    about = found.found.get("article")
    return match_article(work, about.value, hosts) if about else NO_MATCH


def _refused_sender(
    work: Work, mail: RawMail, headers: Headers, address: str | None, lately: Mapping[str, int]
) -> Refusal | None:
    """Whether an editor has blocked who sent it, or more comes from them than a person writes."""
    sender = headers.sender().address
    if sender and blocked.of_sender(work, work.keys.person(sender)) is not None:
        return Refusal.BLOCKED
    if address is None:
        return None
    key = work.keys.person(address)
    since = mail.received_at - timedelta(hours=1)
    came = raw_mails.sent_since(work, key, since) + lately.get(key, 0)
    return Refusal.TOO_MANY if came >= MOST_IN_AN_HOUR else None


def _threads(work: Work, headers: Headers, column: Column) -> Threads:
    """The letter that the mail answers; its sender is who From alone says, and no robot."""
    sender = headers.sender().address
    named = named_in(headers, own_addresses(column))
    return threads_of(work, named, work.keys.person(sender) if sender else None)


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
    to = " ".join(headers.raw(name) for name in WENT_TO).lower()
    found_at = {one for address in ADDRESS.findall(to) for one in (address, parts_of(address)[0])}
    if column.address.lower() not in found_at or found.is_handed_on:
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
