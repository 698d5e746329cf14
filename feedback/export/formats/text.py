"""Plain text: the house form without any weight; no line is wrapped."""

from typing import assert_never

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format, utf8
from feedback.export.house_form import (
    Break,
    DraftMark,
    Invitation,
    LetterPiece,
    Note,
    Paragraph,
    Piece,
    Subhead,
    Title,
    lay_out,
)

# A rule in plain text; three asterisks are the other divider.
RULE = "---"


def render(sheet: Proofsheet) -> bytes:
    """One blank line between paragraphs, no spaces at the end of a line, one newline at the end."""
    paragraphs = [text for piece in lay_out(sheet) for text in paragraphs_of(piece)]
    lines = "\n\n".join(paragraphs).split("\n")
    return utf8("\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n")


def paragraphs_of(piece: Piece) -> list[str]:
    """The paragraphs of one piece."""
    match piece:
        case Title(text) | Subhead(text):
            return [text]
        case DraftMark(text):
            return [f"[{text}]"]
        case Note(paragraphs) | Invitation(paragraphs):
            return list(paragraphs)
        case Break(divider):
            return [RULE if divider == "rule" else divider]
        case LetterPiece():
            above = [piece.headline] if piece.headline else []
            return above + [_words(paragraph) for paragraph in piece.paragraphs]
        case _:
            assert_never(piece)


def _words(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph)


FORMAT = Format("text", "text/plain; charset=utf-8", "txt", render)
