"""The editor's note: how it begins, how its signature runs into it."""

import re

OPENING = "Editor’s note: "
# Editors type the opening themselves, in one of its spellings.
_OPENS = re.compile(r"(?:An? )?editor(?:[’'‘]s|s[’'‘]|s)? note\s*:\s*", re.IGNORECASE)
# A dash and a name at the very end, behind a stop.
_SIGNED = re.compile(r"(?<=[.!?…”’)\]])\s*(?:—|–|--)\s*[^—\n.!?]{1,100}\.?\Z")
_STOPPED = re.compile(r"[.!?…][”’)\]]*\Z")


def whole_note(note: str, signed_by: str) -> str:
    """The note as it prints: its opening, its words, the name of whoever signs the column.

    What is there already is not put there twice; a note without words is empty. Expects
    typographic marks.
    """
    words = _OPENS.sub("", note.strip(), count=1) if _OPENS.match(note.strip()) else note.strip()
    if not words:
        return ""
    if signed_by and not _SIGNED.search(words):
        stop = "" if _STOPPED.search(words) else "."
        words = f"{words}{stop}—{signed_by}"
    return OPENING + words


def bare_note(note: str) -> str:
    """The words alone, without opening and signature."""
    return _SIGNED.sub("", note.strip().removeprefix(OPENING)).strip()
