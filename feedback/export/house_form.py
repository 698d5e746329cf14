"""The house form of a column: which pieces follow each other, what runs into what.

Every format for people writes these pieces down in its own spelling, so that all of them have the
same words in the same order. The form is the one that The Daily Signal prints (docs/editors).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from urllib.parse import urlsplit

from feedback.domain.proofsheet import Link, PrintedLetter, Proofsheet
from feedback.reading.editors_note import OPENING

DRAFT = "Draft: not published"
TAKEN_DOWN = "A letter that stood here was taken down after publication."
ABRIDGED = "(Abridged.)"
MOST_URL = 2000


class Style(StrEnum):
    """What a run of words is."""

    PLAIN = "plain"  # the writer's words
    LINK = "link"  # words that lead to an address
    SALUTATION = "salutation"  # “Dear …: ”, run-in at the beginning
    SIGNATURE = "signature"  # “—Jane Q. Reader, …”, run-in at the end
    ITALIC = "italic"  # the desk's words


@dataclass(frozen=True)
class Run:
    """Words of one style; `url` is an http or https address (links alone have one)."""

    text: str
    style: Style = Style.PLAIN
    url: str = ""


Paragraph = tuple[Run, ...]


@dataclass(frozen=True)
class Title:
    """The edition's title."""

    kind: ClassVar[str] = "title"
    text: str


@dataclass(frozen=True)
class DraftMark:
    """Says that this is not published."""

    kind: ClassVar[str] = "draft_mark"
    text: str = DRAFT


@dataclass(frozen=True)
class Note:
    """The editor's note; its signature runs into it."""

    kind: ClassVar[str] = "note"
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Subhead:
    """Stands above a group of letters."""

    kind: ClassVar[str] = "subhead"
    text: str


@dataclass(frozen=True)
class Break:
    """Between two letters; `divider` is `***` or `rule`."""

    kind: ClassVar[str] = "break"
    divider: str


@dataclass(frozen=True)
class LetterPiece:
    """One letter; `number` counts from 1 through the edition.

    `headline_level` is 3 below a printed subhead, else 2. `label` names the letter for people who
    do not see the page.
    """

    kind: ClassVar[str] = "letter"
    number: int
    label: str
    headline: str | None
    headline_level: int
    paragraphs: tuple[Paragraph, ...]
    is_taken_down: bool


@dataclass(frozen=True)
class Invitation:
    """What at the end asks readers to write."""

    kind: ClassVar[str] = "invitation"
    paragraphs: tuple[str, ...]


Piece = Title | DraftMark | Note | Subhead | Break | LetterPiece | Invitation


def lay_out(sheet: Proofsheet) -> Iterator[Piece]:
    """The pieces of a column in the order of print; letters by themselves have no title."""
    if sheet.title:
        yield Title(sheet.title)
    if sheet.provisional:
        yield DraftMark()
    if sheet.editors_note:
        yield Note(_split(sheet.editors_note))
    yield from _letters(sheet)
    if sheet.invitation:
        yield Invitation(_split(sheet.invitation))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\n") for part in text.split("\n\n") if part.strip())


def _letters(sheet: Proofsheet) -> Iterator[Piece]:
    groups = [section for section in sheet.sections if section.letters]
    number, level = 0, 2
    for index, group in enumerate(groups):
        if group.subhead and (index or sheet.first_subhead_printed):
            yield Subhead(group.subhead)
            level = 3
        elif index and sheet.divider != "none":
            yield Break(sheet.divider)
        for place, letter in enumerate(group.letters):
            if place and sheet.divider != "none":
                yield Break(sheet.divider)
            number += 1
            yield _letter(letter, number, level)


def _letter(letter: PrintedLetter, number: int, level: int) -> LetterPiece:
    return LetterPiece(
        number=number,
        label=_label(letter),
        headline=letter.headline,
        headline_level=level,
        paragraphs=tuple(_paragraphs(letter)),
        is_taken_down=letter.is_taken_down,
    )


def _label(letter: PrintedLetter) -> str:
    if letter.is_taken_down:
        return "Letter, taken down"
    if letter.record.get("signature", {}).get("withheld"):
        return "Letter, name withheld"
    return f"Letter from {letter.signature}" if letter.signature else "Letter"


def _paragraphs(letter: PrintedLetter) -> Iterator[Paragraph]:
    if letter.is_taken_down:
        yield (Run(f"[{TAKEN_DOWN}]", Style.ITALIC),)
        return
    texts = letter.paragraphs or ("",)
    links = _by_paragraph(texts, letter.links)
    for index, text in enumerate(texts):
        runs: list[Run] = []
        if index == 0 and letter.salutation:
            runs.append(Run(letter.salutation, Style.SALUTATION))
        runs += _linked(text.strip("\n"), links.get(index, []))
        if index == len(texts) - 1:
            runs += _end(letter)
        yield tuple(run for run in runs if run.text)
    if letter.tagline:
        yield (Run(letter.tagline.strip()),)
    if letter.editors_reply:
        yield (Run(_reply(letter.editors_reply), Style.ITALIC),)


def _end(letter: PrintedLetter) -> list[Run]:
    end = [Run(f"—{letter.signature}", Style.SIGNATURE)] if letter.signature else []
    if letter.abridged:
        end += [Run(" "), Run(ABRIDGED, Style.ITALIC)]
    return end


def _reply(words: str) -> str:
    words = words.strip()
    return words if words.startswith("[") else f"[{OPENING}{words}]"


def _by_paragraph(texts: Sequence[str], links: Sequence[Link]) -> dict[int, list[Link]]:
    """Each link in the one paragraph where its words stand: quoted rather than not, then first."""
    found: dict[int, list[Link]] = {}
    for link in links:
        if not (link.words and web_address(link.url)):
            continue
        quoted = [i for i, text in enumerate(texts) if _quoted(text, link.words) >= 0]
        bare = [i for i, text in enumerate(texts) if link.words in text]
        for index in [*quoted, *bare][:1]:
            found.setdefault(index, []).append(link)
    return found


def _linked(text: str, links: Sequence[Link]) -> list[Run]:
    """The paragraph's runs; where the words of two links overlap, the first link counts."""
    for number, link in enumerate(links):
        at = _quoted(text, link.words)
        at = at if at >= 0 else text.find(link.words)
        if at >= 0:
            before, after = text[:at], text[at + len(link.words) :]
            middle = Run(link.words, Style.LINK, link.url)
            others = links[number + 1 :]
            left = [other for other in others if other.words not in before]
            return [*_linked(before, others), middle, *_linked(after, left)]
    return [Run(text)]


def _quoted(text: str, words: str) -> int:
    """Where the words stand right behind a quotation mark; below zero if nowhere."""
    places = [text.find(quote + words) + 1 for quote in "“‘"]
    return min((place for place in places if place), default=-1)


def web_address(url: str | None) -> str | None:
    """The address where it is http or https and nothing hides in it, else None."""
    if not url or len(url) > MOST_URL or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None
