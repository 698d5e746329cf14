"""Copy column: an edition for the clipboard, with what a site asks for beside the text."""

from dataclasses import dataclass

from markupsafe import Markup

from feedback.domain.proofsheet import Proofsheet
from feedback.export.formats import text
from feedback.export.simple_html import Block, blocks, simple_body
from feedback.reading.editors_note import bare_note
from feedback.reading.sentences import ends

MOST_WORDS = 55  # what WordPress cuts an excerpt to


@dataclass(frozen=True)
class CopiedColumn:
    """The small copies and the large ones; `html` and `wordpress` are markup, the rest is text.

    `is_draft` says that the edition is not published; its texts say so as well.
    """

    title: str
    excerpt: str
    tags: tuple[str, ...]
    html: str
    wordpress: str
    text: str
    is_draft: bool


def copy_column(sheet: Proofsheet) -> CopiedColumn:
    """The column as rich text, as WordPress blocks and as plain text."""
    return CopiedColumn(
        title=sheet.title or "",
        excerpt=excerpt(sheet),
        tags=tags(sheet),
        html=str(simple_body(sheet)),
        wordpress=wordpress(sheet),
        text=text.render(sheet).decode(),
        is_draft=sheet.provisional,
    )


def excerpt(sheet: Proofsheet) -> str:
    """The first sentences, at most 55 words: of the editor's note, else of the first letter.

    A first sentence that is longer is cut at a word.
    """
    words = _opening(sheet)
    short = [end for end in ends(words) if len(words[:end].split()) <= MOST_WORDS]
    if short or not words:
        return words[: max(short, default=0)]
    return " ".join(words.split()[:MOST_WORDS]) + "…"


def tags(sheet: Proofsheet) -> tuple[str, ...]:
    """The subheads, printed or not, each once."""
    subheads = [s.subhead for s in sheet.sections if s.subhead and s.letters]
    return tuple(dict.fromkeys(subheads))


def wordpress(sheet: Proofsheet) -> str:
    """The column as block markup: pasted into the code editor, each part is a block by itself."""
    return "\n\n".join(_wordpress(block) for block in blocks(sheet)) + "\n"


def _wordpress(block: Block) -> str:
    # WordPress takes brackets for its own short codes: in a letter they are the writer's.
    block = Block(block.tag, Markup(block.inner.translate(_BRACKETS)))  # noqa: S704 (was markup)
    match block.tag:
        case "hr":
            name, inner = "separator", _SEPARATOR
        case "h2" | "h3":
            name, inner = "heading", _HEADINGS[block.tag].format(block.inner)
        case _:
            name, inner = "paragraph", block.html()
    attributes = ' {"level":3}' if block.tag == "h3" else ""
    return f"<!-- wp:{name}{attributes} -->\n{inner}\n<!-- /wp:{name} -->"


_BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;"})
_SEPARATOR = Markup('<hr class="wp-block-separator has-alpha-channel-opacity"/>')
_HEADINGS = {
    "h2": Markup('<h2 class="wp-block-heading">{}</h2>'),
    "h3": Markup('<h3 class="wp-block-heading">{}</h3>'),
}


def _opening(sheet: Proofsheet) -> str:
    if sheet.editors_note:
        return " ".join(bare_note(sheet.editors_note).split())
    standing = [letter for letter in sheet.letters() if letter.paragraphs]
    return " ".join(" ".join(standing[0].paragraphs).split()) if standing else ""
