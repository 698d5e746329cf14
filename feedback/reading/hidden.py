"""Characters that cannot be seen, made visible."""

import re
import unicodedata
from dataclasses import dataclass

MOST_FOUND = 100
AROUND = 12  # characters shown on each side

# Kept by the cleaning, and worth an editor's look all the same.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
WORD = re.compile(r"[^\W\d_]+")
ASCII_WORD = re.compile(r"[A-Za-z]")
LOOKS_LATIN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
CONTROL_NAMES = {0: "NULL", 7: "BELL", 8: "BACKSPACE", 27: "ESCAPE", 127: "DELETE"}


@dataclass(frozen=True)
class Hidden:
    """One hidden or disguised character: its name, where it stands (from 0), what is around it."""

    name: str
    at: int
    code: int
    around: str

    def __str__(self) -> str:
        return f"{self.name} (U+{self.code:04X}) in “{self.around}”"


def hidden_characters(text: str) -> list[Hidden]:
    """Those that cannot be seen, and letters of another alphabet inside Latin words.

    In the order in which they stand, 100 at most. Joiners that make one emoji are left out.
    """
    found = {m.start() for m in UNSEEN.finditer(text) if not _is_in_emoji(text, m.start())}
    if not text.isascii():
        for word in WORD.finditer(text):
            if ASCII_WORD.search(word[0]):
                found.update(word.start() + m.start() for m in LOOKS_LATIN.finditer(word[0]))
    return [_hidden(text, at) for at in sorted(found)[:MOST_FOUND]]


def visible(text: str) -> str:
    """The text with each unseen character as ⟨U+202E⟩."""
    return UNSEEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text)


def _hidden(text: str, at: int) -> Hidden:
    char = text[at]
    code = ord(char)
    around = visible(" ".join(text[max(0, at - AROUND) : at + AROUND + 1].split(" ")))
    return Hidden(_name(char), at, code, around.replace("\n", " "))


def _name(char: str) -> str:
    name = unicodedata.name(char, "") or CONTROL_NAMES.get(ord(char), "")
    if name:
        return name
    return "PRIVATE USE CHARACTER" if unicodedata.category(char) == "Co" else "CONTROL CHARACTER"


def _is_in_emoji(text: str, at: int) -> bool:
    """A joiner between two pictures, as in a family of four."""
    if text[at] != "\u200d" or not 0 < at < len(text) - 1:
        return False
    return unicodedata.category(text[at + 1]) == "So" and (
        unicodedata.category(text[at - 1]) in ("So", "Sk", "Mn")
    )
