"""The letters in a column that was printed: its HTML taken apart where one letter ends.

A letter ends with its signature behind a dash, “—Jane Q. Reader, Spokane, Wash.”, and begins behind
the one before, behind a heading or divider, or with its salutation. What nobody signed (the
editor's note, the invitation, replies) is no letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from feedback.reading.cleaning import clean_text

MOST_HTML = 2 * 1024 * 1024  # characters of a post
MOST_LETTERS = 500
MOST_LINKS = 10  # of one letter
MOST_SIGNATURE = 260  # characters at the end of a paragraph in which a signature stands
MOST_DIVIDER = 60
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,4000})>")
ADDRESS = re.compile(r"""\bhref\s*=\s*["']?([^"'<>\s]{1,2000})""", re.IGNORECASE)
UNSEEN = frozenset(("script", "style", "figure", "figcaption", "iframe", "form", "noscript"))
BLOCKS = frozenset(
    """p div section article aside header footer ul ol li table tr td th blockquote pre main
    center""".split()  # noqa: SIM905 -- a block of names reads better than a list
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLANK = re.compile(r"\n[ \t]*\n")
SHORT_CODE = re.compile(r"\[/?[a-z_-]{2,30}(?:\s[^\[\]\n]{0,500})?\]")
DIVIDER = re.compile(r"(?:[*_•·~#—–-]\s*){3,}|\*")
SIGNED = re.compile(
    r"(?:\A|(?<=[.!?…”\"’')\]])\s*|\n\s*)(?:—|―|–|--)\s*"
    r"([^—―\n]{3,160}?)\s*(?:\((?:Abridged|Condensed|Edited)[^()\n]{0,40}\))?\s*\Z"
)
DEAR = re.compile(r"(?:Dear|To the) [^.!?\n]{1,80}?[:,]")
NOTE = re.compile(
    r"[\[(]?\s*(?:an? )?editor(?:[’'‘]s|s[’'‘]|s)? (?:note|reply|response)\b", re.IGNORECASE
)


class Kind(StrEnum):
    """What a block of a column is."""

    TEXT = "text"  # a paragraph
    HEADING = "heading"  # above one letter or several
    DIVIDER = "divider"  # three asterisks, a line


@dataclass(frozen=True)
class PrintedBefore:
    """A letter as it was printed: its words, how it was signed, what stood above, where it led."""

    text: str
    signature: str
    headline: str | None
    links: tuple[str, ...]


@dataclass(frozen=True)
class _Block:
    """A paragraph, heading or divider with the addresses that it leads to."""

    kind: Kind
    text: str
    links: tuple[str, ...] = ()


def letters_in(html: str) -> list[PrintedBefore]:
    """Every letter of the column in the order of print; never raises."""
    blocks = _Walk(_without_comments(html[:MOST_HTML])).blocks
    found: list[PrintedBefore] = []
    begun: list[_Block] = []
    headline: str | None = None
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block.kind is not Kind.TEXT:
            begun, headline = [], block.text or None
            continue
        if DEAR.match(block.text) and begun and not DEAR.match(begun[0].text):
            begun, headline = [], None  # what nobody signed
        begun.append(block)
        signed = SIGNED.search(block.text, max(0, len(block.text) - MOST_SIGNATURE))
        if signed is None or not _names_somebody(signed[1], following):
            continue
        if not NOTE.match(begun[0].text):
            found += _letter(begun, signed, headline)
        begun, headline = [], None
    return found[:MOST_LETTERS]


def _names_somebody(signature: str, following: _Block | None) -> bool:
    """A name with a place; a name alone (as under quotations too) where the letter is over."""
    first = signature.lstrip("“\"('")[:1]
    if not first.isupper() or len(signature.split()) < 2:
        return False
    is_over = following is None or following.kind is not Kind.TEXT or DEAR.match(following.text)
    return "," in signature or bool(is_over)


def _letter(
    blocks: list[_Block], signed: re.Match[str], headline: str | None
) -> Iterator[PrintedBefore]:
    texts = [block.text for block in blocks]
    texts[-1] = signed.string[: signed.start()].rstrip()
    text = clean_text("\n\n".join(text for text in texts if text))
    links = dict.fromkeys(link for block in blocks for link in block.links)
    if text:
        yield PrintedBefore(text, signed[1].strip(), headline, tuple(links)[:MOST_LINKS])


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


class _Walk:
    """One walk through the HTML, tag by tag; posts of the classic editor have blank lines."""

    def __init__(self, html: str) -> None:
        self.blocks: list[_Block] = []
        self._words: list[str] = []
        self._links: list[str] = []
        self._kind = Kind.TEXT
        self._unseen: str | None = None
        at = 0
        for tag in TAG.finditer(html):
            self._read(html[at : tag.start()])
            at = tag.end()
            self._pass(tag[2].lower(), tag[3], is_end=bool(tag[1]))
        self._read(html[at:])
        self._end()

    def _read(self, words: str) -> None:
        if self._unseen is not None:
            return
        first, *others = BLANK.split(words)
        self._words.append(first)
        for other in others:
            self._end()
            self._words.append(other)

    def _pass(self, name: str, says: str, *, is_end: bool) -> None:
        if self._unseen is not None or name in UNSEEN:
            self._unseen = None if is_end and name == self._unseen else self._unseen or name
        elif name == "br":
            self._words.append("\n")
        elif name == "hr":
            self._end()
            self.blocks.append(_Block(Kind.DIVIDER, ""))
        elif name == "a" and (found := ADDRESS.search(says)):
            self._links.append(unescape(found[1]))
        elif name in BLOCKS or name in HEADINGS:
            self._end()
            self._kind = Kind.HEADING if name in HEADINGS and not is_end else Kind.TEXT

    def _end(self) -> None:
        """What was read is a block."""
        text = clean_text(unescape(SHORT_CODE.sub("", "".join(self._words)))).strip()
        if text:
            is_divider = DIVIDER.fullmatch(text[:MOST_DIVIDER])
            kind = Kind.DIVIDER if is_divider else self._kind
            self.blocks.append(_Block(kind, "" if is_divider else text, tuple(self._links)))
            self._links.clear()
        self._words.clear()
