"""The column as paragraphs with the names of their styles, for programs that lay out pages.

Whoever takes the file over says once what each style looks like: nothing is formatted beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

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


class ParagraphStyle(StrEnum):
    """Styles of paragraphs, by the names under which they stand in the file."""

    TITLE = "Column Title"  # of the edition
    DRAFT_MARK = "Draft Mark"  # that it is not published
    NOTE = "Editor Note"  # the editor's note above the letters
    SUBHEAD = "Subhead"  # above a group of letters
    HEADLINE = "Letter Headline"  # of one letter, where it has one
    LETTER = "Letter"  # the letter's own paragraphs, its tagline, the desk's reply
    DIVIDER = "Letter Divider"  # signs between two letters
    RULE = "Letter Rule"  # a line between two letters; the paragraph is empty
    INVITATION = "Invitation"  # at the end


# Styles of words inside a paragraph, by the same kind of name; what is plain has none.
WORD_STYLES = {
    Style.SALUTATION: "Letter Salutation",
    Style.SIGNATURE: "Letter Signature",
    Style.LINK: "Article Link",
    Style.ITALIC: "Desk Words",
}


@dataclass(frozen=True)
class Styled:
    """A paragraph and how it is called."""

    style: ParagraphStyle
    runs: Paragraph


def styled(sheet: Proofsheet) -> Iterator[Styled]:
    """The column's paragraphs in the order of print."""
    for piece in lay_out(sheet):
        yield from _styled(piece)


def _styled(piece: Piece) -> Iterator[Styled]:
    match piece:
        case Title(text):
            yield _plain(ParagraphStyle.TITLE, text)
        case DraftMark(text):
            yield _plain(ParagraphStyle.DRAFT_MARK, f"[{text}]")
        case Note(paragraphs):
            yield from (_plain(ParagraphStyle.NOTE, text) for text in paragraphs)
        case Invitation(paragraphs):
            yield from (_plain(ParagraphStyle.INVITATION, text) for text in paragraphs)
        case Subhead(text):
            yield _plain(ParagraphStyle.SUBHEAD, text)
        case Break("rule"):
            yield Styled(ParagraphStyle.RULE, ())
        case Break(divider):
            yield _plain(ParagraphStyle.DIVIDER, divider)
        case LetterPiece():
            if piece.headline:
                yield _plain(ParagraphStyle.HEADLINE, piece.headline)
            yield from (Styled(ParagraphStyle.LETTER, runs) for runs in piece.paragraphs)
        case _:
            assert_never(piece)


def _plain(style: ParagraphStyle, text: str) -> Styled:
    return Styled(style, (Run(text),))
