"""Text from outside, made fit to be kept, shown and searched.

What is kept is what the writer wrote; what goes is what no reader can see and no database can
hold. The same rules apply on every database:

- gone everywhere: NUL and other control characters, byte order marks, zero-width spaces, soft
  hyphens, word joiners, fillers, tags, characters that Unicode never assigns;
- gone from lines (names, towns, headlines), kept and noted in texts: marks that turn the reading
  direction, which Hebrew and Arabic need and which forgers use;
- kept everywhere: joiners between letters of scripts that need them and inside emoji;
- half a character (a lone surrogate) becomes U+FFFD, so that the loss can be seen.
"""

import re
import unicodedata

from feedback.reading.hidden import Hidden, hidden_characters
from feedback.reading.words import MARKS

__all__ = ["Hidden", "clean_line", "clean_text", "hidden_characters"]

MOST_MARKS = 8  # accents on one letter; the scripts that stack most need fewer

# Written with escapes: in a source file nobody could see them.
NEVER = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u2060-\u2065\u206a-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SURROGATES = re.compile("[\ud800-\udfff]")
PARAGRAPHS = re.compile("\u2029")
BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028]")
SPACES = re.compile("[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
ROUNDS = 4
JOINERS = re.compile("[\u200c\u200d]+")
LAST_LATIN = "\u036f"  # no writing before it, or accent up to it, has a use for joiners
TOO_MANY_MARKS = re.compile(rf"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")


def clean_line(text: str) -> str:
    """One line: composed letters, single spaces, nothing invisible; empty where nothing is left."""
    return " ".join(_clean(DIRECTION.sub("", text)).split())


def clean_text(text: str) -> str:
    """A text: lines without spaces at their ends, at most one blank line between paragraphs."""
    kept: list[str] = []
    for line in _clean(text).split("\n"):
        bare = line.strip(" ")
        if bare or (kept and kept[-1]):
            kept.append(bare)
    return "\n".join(kept).rstrip("\n")


def _clean(text: str) -> str:
    """What lines and texts have in common."""
    if text.isascii() and text.isprintable():
        return text
    if SURROGATES.search(text):
        # Two halves that belong together are one character; what is left alone is lost.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = SPACES.sub(" ", BREAKS.sub("\n", PARAGRAPHS.sub("\n\n", text)))
    text = NEVER.sub("", text)
    if text.isascii():
        return text
    return TOO_MANY_MARKS.sub(r"\1", _joined(unicodedata.normalize("NFC", text)))


def _joined(text: str) -> str:
    """Without joiners that join nothing; a text in which that never ends has no use for any."""
    for _ in range(ROUNDS):
        # Accents that a joiner kept apart are put in order, and may stand beside the next one.
        kept = unicodedata.normalize("NFC", JOINERS.sub(_joiner, text))
        if kept == text:
            return kept
        text = kept
    return unicodedata.normalize("NFC", JOINERS.sub("", text))


def _joiner(found: re.Match[str]) -> str:
    """One joiner between two characters that are not Latin, else none."""
    text = found.string
    if not found.start() or found.end() == len(text):
        return ""
    before, after = text[found.start() - 1], text[found.end()]
    joins = min(before, after) > LAST_LATIN and not (before.isspace() or after.isspace())
    return found[0][0] if joins else ""
