"""Copy column: an edition for the clipboard, with what a site asks for beside the text."""

from dataclasses import dataclass

from feedback.domain.proofsheet import Proofsheet
from feedback.export.formats import text
from feedback.export.simple_html import simple_body
from feedback.export.small_copies import excerpt, tags
from feedback.export.wordpress_blocks import wordpress


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
