"""The writer's own words in a mail, apart from what was quoted, signed and disclaimed.

By lines, each looked at a few times at most, so that no text costs more than its length.
"""

import re
from dataclasses import dataclass

MOST_LINE = 500  # characters of a line that are looked at
INTRO_LINES = 3  # over which a program breaks "On … wrote:"
SIGNATURE_LINES = 15
MOST_FIELD_LINES = 12  # of a quoted mail's head, blank ones with them
INTRO_START = re.compile(r"\s*(?:>\s*)?On\b.{3,}", re.IGNORECASE)
INTRO_END = re.compile(r"\bwrote:\s*\Z", re.IGNORECASE)
INTRO_FACTS = re.compile(r"[0-9]{4}|[0-9]{1,2}[:/][0-9]{2}|@")
SEPARATOR = re.compile(
    r"\s*(?:[-_]{2,}\s*(?:Original Message|Forwarded message|Forwarded Message|Original Mail|"
    r"Reply message|Reply Message)\s*[-_]{2,}|Begin forwarded message:)\s*\Z",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"\s*\*?(From|Sent|Date|To|Cc|Subject|Reply-To|Importance)\s*:\*?\s*(.{0,400})", re.IGNORECASE
)
RULE = re.compile(r"\s*_{10,}\s*\Z")
FROM_DEVICE = re.compile(
    r"\s*(?:Sent from (?:my|Mail for|Yahoo|Outlook|Proton|AOL|the)\b.{0,80}|"
    r"Get Outlook for\b.{0,60}|Sent (?:via|using)\b.{0,60})\Z",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"\s*\**(?:CONFIDENTIALITY|PRIVILEGED|DISCLAIMER|NOTICE OF CONFIDENTIALITY)\b.{0,40}[:.]?|"
    r"\s*(?:This|The information (?:contained )?in this) (?:e-?mail|message|communication)\b"
    r".{0,120}\b(?:confidential|privileged|intended (?:only|solely)|attachments)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OwnWords:
    """`text` is the writer's own; `removed` is all the rest, in the order of the mail.

    `forwarded` has the header lines of a mail that was handed on without a word of one's own.
    """

    text: str
    removed: str
    forwarded: dict[str, str]


def own_words(text: str) -> OwnWords:
    """Take quoted lines, quoted mails, a signature block and disclaimers off a mail's text."""
    lines = text.split("\n")
    end, behind, fields = _quoted_mail(lines)
    own = [line for line in lines[:end] if not line.lstrip().startswith(">")]
    removed = [line for line in lines[:end] if line.lstrip().startswith(">")] + lines[end:]
    if fields and not any(line.strip() for line in own):
        # Handed on as it is: the letter is what was forwarded.
        inner = own_words("\n".join(line.removeprefix(">").strip() for line in lines[behind:]))
        marked = [line for line in lines[:end] if line.strip()]
        left = _text([*marked, *inner.removed.split("\n")])
        return OwnWords(inner.text, left, {**fields, **inner.forwarded})
    own, signed = _without_end(own)
    return OwnWords(_text(own), _text(signed + removed), {})


def _quoted_mail(lines: list[str]) -> tuple[int, int, dict[str, str]]:
    """Where a quoted mail begins, where its own text begins, its header lines."""
    for at, whole in enumerate(lines):
        line = whole[:MOST_LINE]
        if SEPARATOR.match(line) or (RULE.match(line) and _fields(lines, at + 1)[0]):
            fields, behind = _fields(lines, at + 1)
            return at, behind, fields
        first = FIELD.match(line)
        if first and first[1].lower() == "from":
            fields, behind = _fields(lines, at)
            if len(fields) >= 3:
                return at, behind, fields
        if INTRO_START.match(line):
            length = _intro(lines, at)
            if length:
                return _behind_intro(lines, at, length)
    return len(lines), len(lines), {}


def _intro(lines: list[str], at: int) -> int:
    """How many lines "On Monday … Jane wrote:" takes; 0 where it is a sentence of the letter."""
    said = ""
    for length in range(1, INTRO_LINES + 1):
        if at + length > len(lines):
            return 0
        said += " " + lines[at + length - 1][:MOST_LINE]
        if INTRO_END.search(said):
            return length if INTRO_FACTS.search(said) else 0
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
        found.setdefault(field[1].lower(), field[2].strip())
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
