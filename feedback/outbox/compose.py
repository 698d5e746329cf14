"""A mail's words: the same row gives the same words, whenever it is composed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import fill
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from feedback.domain.column import VerificationPolicy
from feedback.domain.gates import is_verified
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.domain.mail_words import MailWords
from feedback.domain.other_desk import DESK
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.sender_auth import may_be_answered
from feedback.outbox.own_words import SLOTS, Paragraph, as_text, filled, paragraphs
from feedback.shipped import shipped
from feedback.store import letters, links, mail_words
from feedback.store.work import Work

WIDTH = 72  # columns of the plain text
BY_LINK = frozenset({VerificationPolicy.LINK, VerificationPolicy.LINK_AND_CALL})
GONE = "\x1f"  # a line of it goes: in a chief's words a sentence and its link are one paragraph
HIDDEN = "…"  # stands for a secret link's token where the mail is only looked at


@dataclass(frozen=True)
class Composed:
    """A mail as it is read; `html` is None where plain text is all."""

    subject: str
    text: str
    html: str | None = None
    paragraphs: Sequence[Paragraph] = ()  # of own words alone: what its HTML is made of


@dataclass(frozen=True)
class Own:
    """A column's own words, with their placeholders."""

    subject: str
    text: str


@dataclass(frozen=True)
class Draft:
    """What a mail is going to say, as the database has it; `written` needs the database no more."""

    kind: MailKind
    context: Mapping[str, object]
    given: Composed | None = None  # a mail about an account comes composed
    own: Own | None = None  # the column's words, in place of the usual ones

    def written(self) -> Composed:
        """The words."""
        if self.given is not None:
            return self.given
        if self.own is not None:
            return self._in_own_words(self.own)
        return Composed(
            " ".join(_render(f"mail/{self.kind}.subject.txt", self.context).split()),
            self._signed(_render(f"mail/{self.kind}.txt", self.context)),
            _render(f"mail/{self.kind}.html", self.context),
        )

    def _in_own_words(self, own: Own) -> Composed:
        values = _values(self.context)
        found = paragraphs(own.text, values)
        return Composed(
            " ".join(filled(own.subject, values).split()),
            self._signed(as_text(found)),
            _render("mail/own.html", {**self.context, "paragraphs": found}),
            found,
        )

    def _signed(self, text: str) -> str:
        foot = _render("mail/foot.txt", self.context)
        return wrapped(f"{text.strip()}\n\n{foot}")


def draft(
    work: Work, mail: OwedMail, letter: Letter | None, base_url: str, *, is_for_show: bool = False
) -> Draft:
    """All that a mail needs to know; `letter` is the one it is about (None: an account).

    `is_for_show` leaves the secret part of the links out: whoever looks at the outbox is not
    the writer. Nothing that a writer typed stands in a mail to a writer; a copy for the reporter
    has the letter, and no way to reach who wrote it.
    """
    if letter is None:
        return Draft(mail.kind, {}, Composed(mail.subject or "", mail.text or "", mail.html))
    context = _context(work, mail, letter, base_url, is_for_show=is_for_show)
    words = own_words_of(work, mail, letter)
    own = Own(words.subject, words.text) if words and words.subject and words.text else None
    return Draft(mail.kind, context, own=own)


def own_words_of(work: Work, mail: OwedMail, letter: Letter) -> MailWords | None:
    """Which version of the column's own words a mail has: once sent, the one it was sent with."""
    if mail.state is MailState.SENT:
        return mail_words.by_id(work, mail.words_id) if mail.words_id else None
    return mail_words.newest(work, letter.column_id, mail.kind) if mail.kind in SLOTS else None


def compose(
    work: Work, mail: OwedMail, letter: Letter | None, base_url: str, *, is_for_show: bool = False
) -> Composed:
    """The words of a mail, whenever they are asked for: see `draft`."""
    return draft(work, mail, letter, base_url, is_for_show=is_for_show).written()


def wrapped(text: str) -> str:
    """Plain text in lines of 72 columns; a link is never broken."""
    lines = (
        line
        if len(line) <= WIDTH or "://" in line
        else fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.strip().split("\n")
    )
    return "\n".join(lines) + "\n"


def usual_words(kind: MailKind, *, has_publication: bool) -> Own:
    """The usual words with placeholders in place of what is filled in: what a chief begins with.

    They come from the very templates that the mail is otherwise made of. What belongs to one
    placeholder stands in one paragraph, since it comes and goes with it.
    """
    context = {name: f"{{{name}}}" for name in ("ref", "column")} | {
        "publication": "{publication}" if has_publication else "",
        "status_url": "{page_link}",
        "verify_url": "{confirm_link}",
        "edition_url": "{edition_link}",
        "missing": ["{missing}"],
        "reason": "",
        "answer": "{why}",
        "gap": GONE,
        "is_words": True,
    }
    text = _render(f"mail/{kind}.txt", context).replace(f"{GONE}\n", "")
    return Own(" ".join(_render(f"mail/{kind}.subject.txt", context).split()), text.strip())


@cache
def ready_to_write() -> None:
    """Read every mail's templates, once: the first mail need not wait for it."""
    for kind in MailKind:
        for ending in ("subject.txt", "txt", "html") if kind is not MailKind.ACCOUNT else ():
            _templates().get_template(f"mail/{kind}.{ending}")


def _render(name: str, context: Mapping[str, object]) -> str:
    return _templates().get_template(name).render(context)


def _values(context: Mapping[str, object]) -> dict[str, str]:
    """What stands for each placeholder: the desk's own words and links, nobody else's."""
    return {
        "ref": str(context["ref"]),
        "column": str(context["column"]),
        "publication": str(context["publication"]),
        "confirm_link": str(context["verify_url"] or ""),
        "page_link": str(context["status_url"]),
        "edition_link": str(context["edition_url"] or ""),
        "missing": _render("mail/missing.txt", context).strip(),
        "why": _render("mail/why.txt", context).strip(),
    }


@cache
def _templates() -> Environment:
    """The mails' own templates: no page, and no Flask, is needed to write one."""
    pages = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    pages.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension's
    return pages


def _context(
    work: Work, mail: OwedMail, letter: Letter, base_url: str, *, is_for_show: bool
) -> dict[str, object]:
    def secret(purpose: Purpose) -> str:
        return HIDDEN if is_for_show else links.token(work, letter.id, purpose)

    column = letter.column
    if mail.kind is MailKind.REPORTER:
        return _letter_context(letter, base_url)
    if mail.kind is MailKind.COLLEAGUE:
        return _handed_on(work, mail, letter, base_url)
    is_confirmed = is_verified(column.verification_policy, letter.verifications)
    wants_yes = not is_confirmed and column.verification_policy in BY_LINK
    edition = letter.section.edition if mail.kind is MailKind.PRINTED and letter.section else None
    return {
        "ref": letter.ref,
        "column": column.name,
        "publication": column.publication,
        "signed_by": column.signed_by,
        "address": column.address,
        "status_url": f"{base_url}/letters/{secret(Purpose.STATUS)}",
        "verify_url": f"{base_url}/verify/{secret(Purpose.VERIFY)}" if wants_yes else None,
        "edition_url": f"{base_url}/editions/{quote(edition.slug)}" if edition else None,
        "missing": letter.missing,
        "reason": letter.state_reason,
        "desk": _desk(work, mail, letter) if mail.kind is MailKind.ROUTED_ON else None,
        "answer": column.rules.answers.get(letter.state_reason or ""),
        "gap": "",
        "is_words": False,
    }


def _desk(work: Work, mail: OwedMail, letter: Letter) -> str:
    """Which desk has the letter, by the event behind the mail."""
    behind = (one for one in letters.history(work, letter.id) if one.seq == mail.for_event)
    return next((str((one.facts or {}).get(DESK, "")) for one in behind), "")


def _handed_on(work: Work, mail: OwedMail, letter: Letter, base_url: str) -> dict[str, object]:
    """The writer's own words for the colleague whose post they are, with who wrote them."""
    return {
        **_letter_context(letter, base_url),
        "desk": _desk(work, mail, letter),
        "text": letter.original.remarks.strip(),
        "name": letter.name,
        "place": letter.signature.place(),
        "has_address": bool(letter.contact and letter.contact.email),
        "is_doubted": not may_be_answered(letter.came_from),
    }


def _letter_context(letter: Letter, base_url: str) -> dict[str, object]:
    """The letter as it stands at the desk, signed as it would print."""
    column = letter.column
    about = letter.article.headline if letter.article else letter.article_given
    return {
        "ref": letter.ref,
        "column": column.name,
        "publication": column.publication,
        "signed_by": column.signed_by,
        "headline": " ".join(about.split()),
        "state": letter.state.value,
        "text": letter.text.strip(),
        "signature": letter.signature.printed(),
        "desk_url": f"{base_url}/desk/letters/{letter.ref}",
    }
