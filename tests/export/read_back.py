"""What programs and people find in an exported file, read by libraries that are not ours."""

import csv
import io

from lxml import html
from markdown_it import MarkdownIt
from markdown_it.token import Token


def html_letters(data: bytes) -> list[list[str]]:
    """The paragraphs of each letter of a page or a body."""
    page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    found = page.xpath("//article[contains(@class, 'edition-letter')]")
    return [[part.text_content() for part in one if part.tag != "a"] for one in found]


def html_blocks(data: bytes | str) -> list[str]:
    """The text of each block of a fragment, in order."""
    text = data.decode() if isinstance(data, bytes) else data
    blocks = html.fragments_fromstring(text)
    return [b.text_content() for b in blocks if isinstance(b.tag, str) and b.tag != "hr"]


def html_page(data: bytes | str):
    """The page as a tree."""
    text = data if isinstance(data, bytes) else data.encode()
    return html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))


# The strict reader, and one with tables and strikethrough as GitHub has them.
READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "extended": MarkdownIt("js-default", {"typographer": False, "linkify": False}),
}


def markdown_blocks(data: bytes, reader: str = "commonmark") -> list[str]:
    """The text of each paragraph and heading, in order; breaks between letters left out."""
    return [
        _words(token) for token in READERS[reader].parse(data.decode()) if token.type == "inline"
    ]


def markdown_kinds(data: bytes, reader: str = "commonmark") -> set[str]:
    """Which kinds of blocks and marks a reader of Markdown saw."""
    kinds = set()
    for token in READERS[reader].parse(data.decode()):
        kinds |= {token.type, *(child.type for child in token.children or [])}
    return kinds


def _words(token: Token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(one.type, one.content) for one in token.children or [])


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """The rows by the names of their columns."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
