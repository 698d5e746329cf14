"""A mail's HTML as plain text: what a reader would read, no code, no pictures, no addresses."""

import re
from html import unescape

from inscriptis import get_text  # type: ignore[import-untyped]  # the package carries no types

MOST = 200_000  # characters, and tags, that are laid out; of more only the words are taken
MOST_TAGS = 12_000
QUOTE_LINE = "-----Original Message-----"
# Where mail programs begin what they quote.
QUOTED = re.compile(
    r"<(?:blockquote[^<>]{0,300}type=[\"']?cite|div[^<>]{0,300}(?:gmail_quote|yahoo_quoted|"
    r"divRplyFwdMsg|appendonsend|moz-cite-prefix|protonmail_quote|OutlookMessageHeader))",
    re.IGNORECASE,
)
UNSEEN = ("<!--", "-->"), ("<style", "</style"), ("<script", "</script"), ("<head", "</head")
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote)\b[^<>]*>?", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>?")


def text_of(html: str) -> str:
    """The words of the HTML, a blank line between paragraphs; a quoted mail behind a line."""
    html = html.replace("\x00", "")
    for start, end in UNSEEN:
        html = _without(html, start, end)
    html = QUOTED.sub(lambda m: f"<p>{QUOTE_LINE}</p>{m[0]}", html, count=1)
    text = ""
    if len(html) <= MOST and html.count("<") <= MOST_TAGS:
        try:
            text = get_text(html)
        except Exception:  # noqa: BLE001 -- lxml has many errors of its own; no letter is lost to one
            text = ""
    # A tree that is nested too deep comes back empty.
    text = text if text.strip() else unescape(TAG.sub("", BREAKS.sub("\n", html)))
    return "\n".join(line.strip() for line in text.split("\n"))


def _without(html: str, start: str, end: str) -> str:
    """Without what stands between two marks; one walk through the text."""
    small = html.lower()
    if len(small) != len(html):  # some capitals are longer in small letters
        small = html
    kept: list[str] = []
    at = 0
    while (opening := small.find(start, at)) >= 0:
        kept.append(html[at:opening])
        closing = small.find(end, opening + len(start))
        if closing < 0:
            at = len(html) if start != "<head" else opening + len(start)
            break
        at = small.find(">", closing) + 1 or len(html)
    return "".join(kept) + html[at:]
