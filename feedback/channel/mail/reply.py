"""A writer's answer by mail: kept with the letter; what it says plainly is done.

It is the writer's, whatever it says: nothing that comes by mail is ever an editor's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from feedback.desk.decide import approve_if_wanted
from feedback.domain.actor import WRITER
from feedback.domain.errors import Refused
from feedback.domain.event import EventKind
from feedback.domain.gates import is_denied
from feedback.domain.letter import Letter
from feedback.domain.place import country_name, state_code
from feedback.domain.raw_mail import RawMail
from feedback.domain.reply import PROVES_MAILBOX, Did, Reply
from feedback.domain.sender_auth import SenderAuth, may_be_answered
from feedback.domain.state import OPEN
from feedback.domain.verification import Method
from feedback.intake.article_match import match_article
from feedback.intake.complete import complete
from feedback.reading.article_url import find_urls
from feedback.reading.pasted_mail import PastedMail
from feedback.reading.plain_answer import PlainAnswer, Says, plain_answer
from feedback.store import letters
from feedback.store.replies import Answered
from feedback.store.work import Work
from feedback.writer.verify import answer
from feedback.writer.withdraw import withdraw

MOST_TEXT = 20_000  # characters that are shown; the mail itself is kept whole
MOST_URLS = 3


@dataclass(frozen=True)
class _Said:
    """An answer with what it is about; `hosts` are the house's own sites."""

    work: Work
    letter: Letter
    mail: RawMail
    plain: PlainAnswer
    text: str
    hosts: frozenset[str]


def take_reply(
    work: Work, mail: RawMail, found: PastedMail, answered: Answered, hosts: frozenset[str]
) -> Reply:
    """Keep the answer and do what it plainly says; else an editor reads it.

    Nothing is done by itself where only the reference tells which letter is meant: that stands
    in subjects, and whoever knows it may write anybody's address into From.
    """
    letter = letters.by_id(work, answered.letter_id, to_change=True)
    text = found.text if not found.is_handed_on else f"{found.removed}\n\n{found.text}"
    did: list[Did] = []
    if answered.found_by in PROVES_MAILBOX and not found.is_handed_on:
        plain = plain_answer(found.text, letter.missing, letter.name, state_code, country_name)
        did = _do(_Said(work, letter, mail, plain, found.text, hosts))
    reply = Reply(
        letter_id=letter.id,
        raw_mail_id=mail.id,
        at=mail.received_at,
        text=text.strip()[:MOST_TEXT],
        attachments=list(found.attachments),
        found_by=answered.found_by,
        did=[one.value for one in did],
    )
    work.session.add(reply)
    letter.record(EventKind.REPLIED, WRITER, work.now, None, {"did": reply.did})
    if not did:
        letter.await_editor(work.now)
    approve_if_wanted(work, letter)
    return reply


def _do(said: _Said) -> list[Did]:
    did: list[Did] = []
    if said.plain.says is Says.WITHDRAW:
        return _try(Did.WITHDREW, lambda: withdraw(said.work, said.letter))
    if said.letter.state in OPEN and _complete(said):
        did.append(Did.COMPLETED)
    if said.plain.says is Says.NO:
        return [*did, *_answer(said, wrote_it=False)]
    if said.plain.says is Says.YES and may_be_answered(SenderAuth.of(said.mail.auth)):
        did += _answer(said, wrote_it=True)
    return did


def _answer(said: _Said, *, wrote_it: bool) -> list[Did]:
    """The writer's yes or no; whoever said no is not asked again, and a later yes is read."""
    if wrote_it and is_denied(said.letter.verifications):
        return []
    return _try(
        Did.CONFIRMED if wrote_it else Did.DENIED,
        lambda: answer(said.work, said.letter, wrote_it=wrote_it, method=Method.EMAIL),
    )


def _complete(said: _Said) -> bool:
    """Fill what is missing with what the answer gives, as if it stood in the small form."""
    given = dict(said.plain.fields)
    if "article" in said.letter.missing:
        urls = find_urls(said.text)[:MOST_URLS]
        for about in [*urls, *([said.plain.line] if said.plain.line else [])]:
            if match_article(said.work, about, said.hosts).article is not None:
                given = {"article": about} | (given if about in urls else {})
                break
    try:
        return bool(given and complete(said.work, said.letter, given, said.hosts))
    except Refused:
        return False  # too long, or a place that nobody knows: an editor reads it


def _try(did: Did, do: Callable[[], None]) -> list[Did]:
    """What was done; nothing where the letter's state forbids it."""
    try:
        do()
    except Refused:
        return []
    return [did]
