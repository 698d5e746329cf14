"""What a pasted mail, or plain text, tells of a letter: filled in for an editor to look over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from feedback.domain.article import Article
from feedback.domain.place import country_name, state_code
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.intake.fields import LIMITS
from feedback.reading.article_url import find_urls
from feedback.reading.cleaning import clean_line
from feedback.reading.left_out import left_out
from feedback.reading.pasted_mail import PastedMail, read_mail
from feedback.reading.signoff import Signoff, find_signoff
from feedback.store.work import Work

MOST_URLS = 10  # of a mail that are looked up: newsletters carry hundreds
MOST_QUOTED = 6  # headlines in quotation marks that are looked up
ANSWER = re.compile(r"(?:(?:re|aw|sv|fw|fwd|wg|antw)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
QUOTED = re.compile(r"[“\"]([^”\"\n]{8,200})[”\"]")
LEAST_WORDS = 3  # of words in quotation marks that may be a headline


class Where(StrEnum):
    """Where a value was found."""

    SENDER = "sender"  # the mail's From line
    SUBJECT = "subject"  # the mail's subject
    SIGN_OFF = "sign_off"  # under the letter
    LETTER = "letter"  # where the letter says that its writer lives
    LINK = "link"  # an address in the letter
    QUOTED_LINK = "quoted_link"  # an address in what the mail quotes
    QUOTED = "quoted"  # words in quotation marks
    FILE = "file"  # the attached file that is the letter


@dataclass(frozen=True)
class Found:
    """A value for a field of the form, where it was found, the words that say it.

    What is not sure is for an editor to say: it fills a form, and no letter by itself.
    """

    value: str
    where: Where
    words: str = ""
    is_sure: bool = True


@dataclass(frozen=True)
class Prefill:
    """What was found, by the names of the form's fields.

    `remarks` is the letter without its sign-off; `left_out` what was quoted, signed, disclaimed,
    and said beside a letter that was attached. `article` is the one that is meant, where that is
    sure. `is_handed_on` where somebody else than the writer sent the mail. `read_from` is the
    number of the attached file that the letter stood in; `unread` says of what kind those were that
    could not be read, and why.
    """

    is_mail: bool
    remarks: str
    found: Mapping[str, Found] = field(default_factory=dict)
    article: Article | None = None
    left_out: str = ""
    attachments: tuple[str, ...] = ()
    is_handed_on: bool = False
    read_from: int | None = None
    unread: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """The fields with their values."""
        return {"remarks": self.remarks} | {name: one.value for name, one in self.found.items()}

    @property
    def sure_values(self) -> dict[str, str]:
        """Those of them that a letter can have before anybody looked."""
        unsure = {name for name, one in self.found.items() if not one.is_sure}
        return {name: value for name, value in self.values.items() if name not in unsure}


def prefill(
    work: Work, raw: bytes | str | PastedMail, hosts: frozenset[str] = frozenset()
) -> Prefill:
    """Read a mail (bytes of an .eml file, its source, a plain letter, or read); never raises.

    `hosts` are the house's own sites. Nothing is stored and nothing is fetched.
    """
    mail = raw if isinstance(raw, PastedMail) else read_mail(raw)
    signoff = signoff_of(mail)
    found = dict(writer_in(mail, signoff))
    match, said = _article(work, mail, hosts)
    if said is not None:
        found["article"] = said
    return Prefill(
        is_mail=mail.is_mail,
        remarks=signoff.rest[: LIMITS["remarks"]],
        found=found,
        article=match.article if match else None,
        left_out=left_out(mail).whole,
        attachments=mail.attachments,
        is_handed_on=mail.is_handed_on,
        read_from=mail.read_from,
        unread=mail.unread,
    )


def signoff_of(mail: PastedMail) -> Signoff:
    """Who signs; a letter in a file that nobody signed may be signed in the mail beside it."""
    found = find_signoff(mail.text, state_code, country_name)
    if mail.read_from is None or (found.name and (found.town or found.state or found.country)):
        return found
    beside = find_signoff(mail.note, state_code, country_name)
    if not beside.name or (found.name and found.name != beside.name):
        return found
    return replace(beside, rest=found.rest)


def writer_in(mail: PastedMail, signoff: Signoff) -> Iterator[tuple[str, Found]]:
    """Name, place and address; who signs a letter counts for more than whose mail it is.

    A town without its state inside of a letter may be any, so it is not sure.
    """
    if signoff.name:
        yield "name", _bounded("name", signoff.name, Where.SIGN_OFF, signoff.words)
    elif mail.from_name and mail.is_sender_clear:
        yield "name", _bounded("name", mail.from_name, Where.SENDER, mail.from_name)
    where = Where.LETTER if signoff.lives else Where.SIGN_OFF
    is_sure = bool(not signoff.lives or signoff.state or signoff.country)
    for part in ("town", "state", "country"):
        value = getattr(signoff, part)
        if value:
            found = _bounded(part, value, where, signoff.lives or signoff.words)
            yield part, replace(found, is_sure=is_sure)
    if mail.from_address and mail.is_sender_clear and len(mail.from_address) <= LIMITS["email"]:
        yield "email", Found(mail.from_address, Where.SENDER)


def _bounded(name: str, value: str, where: Where, words: str = "") -> Found:
    return Found(clean_line(value)[: LIMITS[name]], where, " ".join(words.split())[:200])


def _article(
    work: Work, mail: PastedMail, hosts: frozenset[str]
) -> tuple[ArticleMatch | None, Found | None]:
    """The first hint that leads to an article; else the first address of the house's own."""
    first_own: Found | None = None
    for hint in hints_in(mail):
        match = match_article(work, hint.value, hosts)
        if match.article is not None:
            return match, hint
        is_link = hint.where in (Where.LINK, Where.QUOTED_LINK)
        if is_link and first_own is None and _is_own(hint.value, hosts):
            first_own = hint
    return None, first_own


def hints_in(mail: PastedMail) -> Iterator[Found]:
    """What may name the article, the surest first."""
    text = f"{mail.note}\n\n{mail.text}" if mail.note else mail.text
    for url in find_urls(text)[:MOST_URLS]:
        yield Found(url[: LIMITS["article"]], Where.LINK)
    for quoted in _headlines(text):
        yield Found(quoted, Where.QUOTED)
    if mail.subject:
        subject = ANSWER.sub("", clean_line(mail.subject), count=1)
        yield Found(subject[: LIMITS["article"]], Where.SUBJECT)
    for url in find_urls(mail.removed)[:MOST_URLS]:
        yield Found(url[: LIMITS["article"]], Where.QUOTED_LINK)


def _headlines(text: str) -> list[str]:
    """Words in quotation marks that may be a headline: several, as a headline has."""
    found = (match[1].rstrip(",.") for match in QUOTED.finditer(text))
    return [words for words in found if len(words.split()) >= LEAST_WORDS][:MOST_QUOTED]


def _is_own(url: str, hosts: frozenset[str]) -> bool:
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    host = host.casefold().removeprefix("www.")
    return host in {own.removeprefix("www.") for own in hosts}
