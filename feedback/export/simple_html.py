"""The column in the plainest HTML, for places without our style sheet: clipboard, feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from markupsafe import Markup, escape

from feedback.domain.proofsheet import Proofsheet
from feedback.export.house_form import (
    Break,
    DraftMark,
    Invitation,
    LetterPiece,
    Note,
    Paragraph,
    Piece,
    Run,
    Style,
    Subhead,
    Title,
    lay_out,
)


@dataclass(frozen=True)
class Block:
    """A paragraph (`p`), a heading (`h2`, `h3`) or a break (`hr`, its words inside if any)."""

    tag: str
    inner: Markup

    def html(self) -> Markup:
        """The block by itself."""
        if self.tag == "hr" and not self.inner:
            return Markup("<hr>")
        return _WRAPPED[self.tag].format(self.inner)


_WRAPPED = {
    "p": Markup("<p>{}</p>"),
    "h2": Markup("<h2>{}</h2>"),
    "h3": Markup("<h3>{}</h3>"),
    "hr": Markup("<p>{}</p>"),
}


def blocks(sheet: Proofsheet) -> Iterator[Block]:
    """The column's blocks in the order of print, without its title."""
    for piece in lay_out(sheet):
        yield from blocks_of(piece)


def simple_body(sheet: Proofsheet) -> Markup:
    """The column without title, classes and anchors."""
    return Markup("\n").join(block.html() for block in blocks(sheet))


def lines_html(text: str) -> Markup:
    """Escaped text; its line breaks stay."""
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def blocks_of(piece: Piece) -> Iterator[Block]:
    """The blocks of one piece; none of the title."""
    match piece:
        case Title():
            return
        case DraftMark(text):
            yield Block("p", Markup("<strong>[{}]</strong>").format(text))
        case Note(paragraphs) | Invitation(paragraphs):
            yield from (Block("p", lines_html(text)) for text in paragraphs)
        case Subhead(text):
            yield Block("h2", escape(text))
        case Break(divider):
            yield Block("hr", escape("" if divider == "rule" else divider))
        case LetterPiece():
            if piece.headline:
                yield Block(f"h{piece.headline_level}", escape(piece.headline))
            yield from (Block("p", _words(paragraph)) for paragraph in piece.paragraphs)
        case _:
            assert_never(piece)


def _words(paragraph: Paragraph) -> Markup:
    return Markup("").join(_run(run) for run in paragraph)


def _run(run: Run) -> Markup:
    words = lines_html(run.text)
    match run.style:
        case Style.LINK:
            return Markup('<a href="{}">{}</a>').format(run.url, words)
        case Style.ITALIC:
            return Markup("<em>{}</em>").format(words)
        case Style.SIGNATURE:
            return Markup("<strong>{}</strong>").format(words)
        case Style.SALUTATION:
            greeting = run.text.rstrip()
            space = run.text[len(greeting) :]
            return Markup("<strong>{}</strong>{}").format(greeting, space)
        case _:
            return words
