"""The writer's own words in a mail, apart from what was quoted, signed and disclaimed.

By lines, each looked at a few times at most, so that no text costs more than its length.
"""

import re
from dataclasses import dataclass

from feedback.reading.quoting_words import FIELD_NAMES, FROM_DEVICE, HANDED_ON, SEPARATORS, WROTE

MOST_LINE = 500  # characters of a line that are looked at
INTRO_LINES = 3  # over which a program breaks "On … wrote:"
SIGNATURE_LINES = 15
MOST_FIELD_LINES = 12  # of a quoted mail's head, blank ones with them
MOST_NOTE, LEAST_LETTER = 60, 12  # words of a cover note, of the letter below it
INTRO_END = re.compile(r"[:：]\s*\Z|\bwrote\s*-{2,}\s*\Z", re.IGNORECASE)
# Every program gives the hour or the address; a letter that says “In 2024 he wrote:” does not.
INTRO_FACTS = re.compile(r"\b[0-9]{1,2}[:.h][0-9]{2}\b|\S@\S")
INTRO_DATE = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2}\b")
SEPARATOR = re.compile(
    rf"\s*(?:[-_]{{2,}}\s*({'|'.join(SEPARATORS)})\s*[-_]{{2,}}|(Begin forwarded message):)\s*\Z",
    re.IGNORECASE,
)
FIELD = re.compile(
    rf"\s*\*?({'|'.join(sorted(FIELD_NAMES, key=len, reverse=True))})\s?:\*?\s*(.{{0,400}})",
    re.IGNORECASE,
)
RULE = re.compile(r"\s*_{10,}\s*\Z")
DISCLAIMER = re.compile(
    r"\s*\**(?:CONFIDENTIALITY|PRIVILEGED|DISCLAIMER|NOTICE OF CONFIDENTIALITY)\b.{0,40}[:.]?|"
    r"\s*(?:This|The information (?:contained )?in this) (?:e-?mail|message|communication)\b"
    r".{0,120}\b(?:confidential|privileged|intended (?:only|solely)|attachments)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OwnWords:
    """`text` is the writer's own; `removed` is all the rest, in the order of the mail.

    `forwarded` has the header lines of a mail that was handed on; then `text` is that mail's.
    """

    text: str
    removed: str
    forwarded: dict[str, str]


def own_words(
    text: str, *, is_handed_on: bool = False, to: frozenset[str] = frozenset()
) -> OwnWords:
    """Take quoted lines, quoted mails, a signature block and disclaimers off a mail's text.

    `is_handed_on` where the subject says so: then, as where the text does, a short word above a
    longer mail is a cover note. `to` are the addresses that the mail went to, in small letters:
    what came from there is no reader's.
    """
    lines = text.split("\n")
    end, behind, fields = _quoted_mail(lines)
    own = [line for line in lines[:end] if not line.lstrip().startswith(">")]
    removed = [line for line in lines[:end] if line.lstrip().startswith(">")] + lines[end:]
    note = _text(own)
    is_handed_on = is_handed_on or (end < len(lines) and bool(HANDED_ON.search(lines[end])))
    if fields and (not note.strip() or is_handed_on):
        inner = own_words("\n".join(line.removeprefix(">").strip() for line in lines[behind:]))
        if not note.strip() or _is_cover_note(note, inner.text, fields, to):
            marked = [line for line in lines[:end] if line.strip()]
            left = _text([*marked, *inner.removed.split("\n")])
            return OwnWords(inner.text, left, {**fields, **inner.forwarded})
    own, signed = _without_end(own)
    return OwnWords(_text(own), _text(signed + removed), {})


def _is_cover_note(note: str, inner: str, fields: dict[str, str], to: frozenset[str]) -> bool:
    """Whether a colleague's few words stand above somebody else's letter."""
    few, many = len(note.split()), len(inner.split())
    came_from_us = any(address in fields.get("from", "").lower() for address in to)
    return few <= MOST_NOTE and many >= max(LEAST_LETTER, few) and not came_from_us


def _quoted_mail(lines: list[str]) -> tuple[int, int, dict[str, str]]:
    """Where a quoted mail begins, where its own text begins, its header lines."""
    for at, whole in enumerate(lines):
        line = whole[:MOST_LINE]
        if SEPARATOR.match(line) or (RULE.match(line) and _fields(lines, at + 1)[0]):
            fields, behind = _fields(lines, at + 1)
            return at, behind, fields
        first = FIELD.match(line)
        if first and FIELD_NAMES[first[1].lower()] == "from":
            fields, behind = _fields(lines, at)
            if len(fields) >= 3:
                return at, behind, fields
        if line.strip() and (at == 0 or not lines[at - 1].strip()):
            length = _intro(lines, at)
            if length:
                return _behind_intro(lines, at, length)
    return len(lines), len(lines), {}


def _intro(lines: list[str], at: int) -> int:
    """How many lines "On Monday … Jane wrote:" takes; 0 where it is a sentence of the letter.

    What is said in no language that is known here is told by date and hour, and quoted lines below.
    """
    said = ""
    for length in range(1, INTRO_LINES + 1):
        if at + length > len(lines) or not lines[at + length - 1].strip():
            return 0
        said += " " + lines[at + length - 1][:MOST_LINE].lstrip("> ")
        if not INTRO_END.search(said):
            continue
        below = [line for line in lines[at + length : at + length + 3] if line.strip()]
        is_dated = bool(INTRO_DATE.search(said))
        if is_dated and below and below[0].lstrip().startswith(">"):
            return length
        if not INTRO_FACTS.search(said):
            return 0
        return length if WROTE.search(said) or (is_dated and "@" in said) else 0
    return 0


def _behind_intro(lines: list[str], at: int, length: int) -> tuple[int, int, dict[str, str]]:
    """With marked lines only these go (answers may stand between them), else all to the end."""
    rest = lines[at + length :]
    if any(line.lstrip().startswith(">") for line in rest[:5]):
        lines[at : at + length] = [f"> {line}" for line in lines[at : at + length]]
        return len(lines), len(lines), {}
    return at, at + length, {}


def _fields(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """Header lines from `at` on (blank lines before them skipped), and where they end."""
    last = min(len(lines), at + MOST_FIELD_LINES)
    while at < last and not lines[at].strip():
        at += 1
    found: dict[str, str] = {}
    while at < last:
        field = FIELD.match(lines[at][:MOST_LINE].lstrip("> "))
        if field is None:
            break
        found.setdefault(FIELD_NAMES[field[1].lower()], field[2].strip())
        at += 1
    return found, at


def _without_end(lines: list[str]) -> tuple[list[str], list[str]]:
    """Without signature block, device line and disclaimer; what was taken off comes second."""
    cut = len(lines)
    for at in range(len(lines) - 1, max(-1, len(lines) - SIGNATURE_LINES - 1), -1):
        if lines[at].rstrip("\r") in ("-- ", "--"):
            cut = at
    for at, line in enumerate(lines[:cut]):
        if FROM_DEVICE.match(line[:MOST_LINE]) and not any(x.strip() for x in lines[at + 1 : cut]):
            cut = at
            break
        if DISCLAIMER.match(line[:MOST_LINE]) and any(x.strip() for x in lines[:at]):
            cut = at
            break
    return lines[:cut], lines[cut:]


def _text(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
