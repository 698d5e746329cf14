"""Send a letter on to the reporter whose article it answers."""

from dataclasses import dataclass
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email

from feedback.domain.actor import MACHINE, Actor
from feedback.domain.article import Article
from feedback.domain.byline import Byline
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused, Stale
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, OwedMail
from feedback.domain.state import State
from feedback.reading.cleaning import clean_line
from feedback.reading.person import fold
from feedback.store import bylines
from feedback.store.work import Work

# Nobody's post any more: the writer took it back, it was thrown out, or taken down.
NOT_SENT_ON = frozenset({State.WITHDRAWN, State.SPIKED, State.KILLED})


@dataclass(frozen=True)
class Reporter:
    """Whom a letter goes to: the author as printed, the row with the address."""

    author: str
    byline: Byline


def reporter_of(work: Work, letter: Letter) -> Reporter | None:
    """The reporter of the article that the letter answers; None where no address is known."""
    author = letter.article.author if letter.article else None
    byline = bylines.of_author(work, author)
    return Reporter(author, byline) if author and byline else None


def may_send_on(letter: Letter, by: Editor) -> bool:
    """Whether this editor can send the letter on as it stands."""
    return by.may(Deed.DECIDE) and letter.state not in NOT_SENT_ON


def send_on(
    work: Work, letter: Letter, by: Editor, version: int | None, *, again: bool = False
) -> Reporter:
    """Owe the reporter a copy: the text as it stands at the desk, the signature as it prints.

    Once a letter, unless `again`. Raises NotAllowed, Stale, Refused (kind `fields` where the
    reporter or the address is not known, kind `move` where the letter is not to be sent on).
    """
    by.require(Deed.DECIDE)
    letter.expect(version)
    if letter.state in NOT_SENT_ON:
        raise Refused(f"A letter that is {letter.state} is not sent on.", "move", {"allowed": []})
    reporter = reporter_of(work, letter)
    if reporter is None:
        raise Refused(_why_nobody(letter), "fields", {"field": "reporter"})
    if bylines.copies_of(work, letter.id) and not again:
        raise Refused("The reporter has it already.", "move", {"allowed": []})
    facts = {"author": reporter.author}
    letter.record(EventKind.SENT_ON, Actor.of(by), work.now, None, facts)
    _owe(work, letter, reporter)
    return reporter


def send_on_by_rule(work: Work, letter: Letter, approved: Event) -> None:
    """The letter was just approved: send it on where its author's row says so.

    It leaves after the grace delay, so that Undo holds it back.
    """
    reporter = reporter_of(work, letter)
    if reporter is None or not reporter.byline.sends_approved:
        return
    if bylines.copies_of(work, letter.id):
        return
    facts = {"author": reporter.author}
    letter.record(EventKind.SENT_ON, MACHINE, work.now, "Every approved letter is sent on.", facts)
    mail = _owe(work, letter, reporter)
    mail.for_event = approved.seq
    mail.due_at = work.now + timedelta(minutes=letter.column.grace_minutes)


def set_byline(
    work: Work,
    article: Article,
    address: str,
    by: Editor,
    version: int | None,
    *,
    sends_approved: bool,
) -> Byline | None:
    """Keep where letters for the article's author go; an empty address forgets it.

    Raises NotAllowed, Stale, Refused (kind `fields`).
    """
    by.require(Deed.DECIDE)
    key = fold(article.author)
    if key is None or article.author is None:
        raise Refused("Give the article an author first.", "fields", {"field": "author"})
    byline = bylines.of_author(work, article.author)
    if (byline.version if byline else 0) != (version or 0):
        raise Stale(
            "Somebody else has changed the address meanwhile.", byline.version if byline else 0
        )
    address = clean_line(address)
    if not address:
        if byline is not None:
            work.session.delete(byline)
        return None
    _require_address(address)
    if byline is None:
        byline = Byline(author_key=key)
        work.session.add(byline)
    byline.author, byline.address, byline.sends_approved = article.author, address, sends_approved
    byline.set_by, byline.set_at = by.name, work.now
    return byline


def _owe(work: Work, letter: Letter, reporter: Reporter) -> OwedMail:
    mail = OwedMail(
        kind=MailKind.REPORTER,
        letter_id=letter.id,
        to_address=reporter.byline.address,
        due_at=work.now,
        made_at=work.now,
    )
    work.session.add(mail)
    return mail


def _why_nobody(letter: Letter) -> str:
    if letter.article is None:
        return "Set the article first: it says who the reporter is."
    if not letter.article.author:
        return "The article has no author: add one under Articles."
    return "No address of the reporter is known: add it on the article’s page."


def _require_address(address: str) -> None:
    try:
        validate_email(address[:320], check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise Refused(
            "Give an email address like name@example.com.", "fields", {"field": "address"}
        ) from error
    if len(address) > 254:
        raise Refused("This email address is too long.", "fields", {"field": "address"})
