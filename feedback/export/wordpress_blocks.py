"""The column as WordPress keeps it: block markup."""

from markupsafe import Markup

from feedback.domain.proofsheet import Proofsheet
from feedback.export.simple_html import Block, blocks


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
