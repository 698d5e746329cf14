"""Markdown: what a CommonMark reader makes of it is the text to the letter, never markup of it."""

import re
from collections.abc import Iterator
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
    Run,
    Style,
    Subhead,
    Title,
    lay_out,
)

# What means something anywhere in a line; the dollar sign opens formulas for some readers.
ANYWHERE = re.compile(r"[\\`*_\[\]<>&~|$]")
# What means something where a line begins: headings and their underlines, lists, rules, tables.
AT_LINE_START = re.compile(
    r"^(?:#(?=#{0,5}(?:\s|$))|[+-](?=[\s-]|$)|=(?=[=\s]|$)|:(?=[-:\s])|\d{1,9}(?=[.)](?:\s|$)))",
    re.MULTILINE,
)
# Spaces at the edge of a line, which a reader of Markdown drops.
AT_LINE_EDGE = re.compile(r"^[^\S\n]+|[^\S\n]+$", re.MULTILINE)
IN_ADDRESS = re.compile(r"""[<>"'\\(){}\[\]|^`]""")


def render(sheet: Proofsheet) -> bytes:
    """One blank line between blocks, one newline at the end."""
    blocks = [block for piece in lay_out(sheet) for block in _blocks(piece)]
    return utf8("\n\n".join(blocks) + "\n")


def inline(text: str) -> str:
    """The text with a backslash before what would be markup anywhere in a line."""
    # The second half of a link as well, for readers who forget the first backslash.
    return ANYWHERE.sub(r"\\\g<0>", text).replace("](", "]\\(")


def lines(marked: str) -> str:
    """Inline Markdown as a block: its lines begin nothing, keep their spaces and their breaks."""
    begun = AT_LINE_START.sub(_unbegun, marked)
    whole = AT_LINE_EDGE.sub(lambda edge: "".join(f"&#{ord(c)};" for c in edge[0]), begun)
    return whole.replace("\n", "\\\n")


def address(url: str) -> str:
    """The address with what Markdown would read as its own in per cent notation."""
    quoted = IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)
    return quoted.replace("&", "\\&")


def _unbegun(found: re.Match[str]) -> str:
    # `1.` is escaped at its full stop: a backslash before a digit would be printed.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _blocks(piece: Piece) -> Iterator[str]:
    match piece:
        case Title(text):
            yield f"# {_heading(text)}"
        case DraftMark(text):
            yield f"**\\[{inline(text)}\\]**"
        case Note(paragraphs) | Invitation(paragraphs):
            yield from (lines(inline(text)) for text in paragraphs)
        case Subhead(text):
            yield f"## {_heading(text)}"
        case Break(divider):
            yield "---" if divider == "rule" else "***"
        case LetterPiece():
            if piece.headline:
                yield f"### {_heading(piece.headline)}"
            yield from (_paragraph(paragraph) for paragraph in piece.paragraphs)
        case _:
            assert_never(piece)


def _heading(text: str) -> str:
    return inline(text).replace("#", "\\#")


def _paragraph(paragraph: Paragraph) -> str:
    marked = ""
    for run in paragraph:
        if run.style is Style.LINK and marked.endswith("!"):
            marked = f"{marked[:-1]}\\!"  # else it would be a picture
        marked += _run(run)
    return lines(marked)


def _run(run: Run) -> str:
    words = inline(run.text)
    match run.style:
        case Style.LINK:
            return f"[{words}]({address(run.url)})"
        case Style.ITALIC:
            return f"*{words}*"
        case _:
            return words


FORMAT = Format("markdown", "text/markdown; charset=utf-8; variant=CommonMark", "md", render)
