"""A text cut into words, spaces and single marks, for comparing two of them."""

import re
from dataclasses import dataclass

from feedback.reading.words import APOSTROPHES, HYPHENS, LETTERS

# Words have no apostrophe at their ends here: those may be quotation marks.
TOKEN = re.compile(
    rf"(?P<word>{LETTERS}+(?:(?:[{APOSTROPHES}]|[{APOSTROPHES}]?[{HYPHENS}][{APOSTROPHES}]?){LETTERS}+)*)"
    r"|(?P<gap>\n\s*|[^\S\n]+)|(?P<mark>\.{3}|-{2,3}|(?s:.))"
)
# House style changes these and nobody need be asked: they compare as the same.
SAME_MARKS = {
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‘’`´", "'"),
    "...": "…",
    "--": "—",
    "---": "—",
}
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a gap or a mark: its text, what it compares as, where it begins."""

    text: str
    key: str
    at: int
    is_word: bool
    is_gap: bool


def tokens(text: str) -> list[Token]:
    """The text in tokens; joined they give it back."""
    return [_token(match) for match in TOKEN.finditer(text)]


def _token(match: re.Match[str]) -> Token:
    text, kind = match[0], match.lastgroup
    if kind == "word":
        key = APOSTROPHE.sub("'", text)
    elif kind == "gap":
        key = "\n" if "\n" in text else " "
    else:
        key = SAME_MARKS.get(text, text)
    return Token(text, key, match.start(), kind == "word", kind == "gap")
