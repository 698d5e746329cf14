"""Quotation marks, apostrophes, dashes and dots as a newspaper sets them.

Each rule leaves its own result as it is, so that a text can be set twice.
"""

import re
from collections.abc import Iterator

# Addresses stay as they are; while the rest is set, one character stands for each.
STAND_IN = "\ufffc"
ADDRESS = re.compile(
    rf"{STAND_IN}|(?:https?://|www\.)\S+|[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}"
)

LIST_MARK = re.compile(r"\A(?:[-*•·–‣◦—]|-{2,3}) +(?=[^\s*•·–-])|\A-{2,3}(?=[^\s-])")
SPACES = re.compile(r" {2,}")
DOTS = re.compile(r"\.(?: ?\.){2,}")
HYPHENS = re.compile(r"(?<=[^\s-]) ?-{2,3} ?(?=[^\s-]|\Z)")
# Between figures a lone hyphen is a minus, a score or a span.
LONE_HYPHEN = re.compile(r"(?<=[^\s\d-]) [-–] (?=[^\s-])|(?<=\d) [-–] (?=[^\s\d-])")
SPACED_DASH = re.compile(r"(?<=\S) *— *(?=\S)|(?<=\S) +—\Z")

QUOTES = re.compile("[\"'`´‘’“”„‟]")
TWO_SINGLES = re.compile(r"(?<![\d'])''(?!')|(?<!`)``(?!`)")
OPENING = frozenset(" ([{“‘\t\n")
CLOSING = frozenset(" .,;:!?…)]}\t\n")
DASHES = frozenset("—–-/")
# Words that begin with an apostrophe, and years without their century.
ELIDED = re.compile(
    r"(?:tis|twas|twere|twill|em|til|till|cause|n|bout|round|fraid|nuff|cept|neath|ol)\b"
    r"|[0-9]{2}s?\b",
    re.IGNORECASE,
)
INCHES = re.compile(r"(?<!\d)[0-9]{1,2}\Z")
FEET = re.compile(r"['’]\s?[0-9]{1,2}\Z")
INCHES_FOLLOW = re.compile(r"\s?[0-9]{1,2}(?:\"|\b)")


def set_line(line: str) -> str:
    """One line (without a break) with typographic marks; addresses in it stay as they are."""
    addresses = ADDRESS.findall(line)
    line = ADDRESS.sub(STAND_IN, line) if addresses else line
    line = SPACES.sub(" ", LIST_MARK.sub("—", line))
    line = DOTS.sub(_dots, line)
    line = SPACED_DASH.sub("—", LONE_HYPHEN.sub("—", HYPHENS.sub("—", line)))
    if QUOTES.search(line):
        line = "".join(_quotes(TWO_SINGLES.sub('"', line)))
    if addresses:
        parts = line.split(STAND_IN)
        pairs = zip(parts, [*addresses, ""], strict=True)
        line = "".join(part + address for part, address in pairs)
    return line


def _dots(found: re.Match[str]) -> str:
    """Three are an ellipsis; a fourth ends the sentence."""
    return "…." if found[0].count(".") == 4 else "…"


def _quotes(line: str) -> Iterator[str]:
    """The line's characters with each quotation mark turned the way that its neighbours say."""
    last_closing = _last_closing(line)
    pending = {'"': False, "'": False}  # whether one was opened
    for at, char in enumerate(line):
        before = line[at - 1] if at else " "
        after = line[at + 1] if at + 1 < len(line) else " "
        mark = char
        if char in '"“”„‟':
            mark = _double(line, at, before, after, is_open=pending['"'])
            pending['"'] = mark == "“" or (pending['"'] and mark != "”")
        elif char in "'‘’":
            mark = _single(line, at, before, after, is_open=pending["'"], closes=last_closing > at)
            pending["'"] = mark == "‘" or (pending["'"] and before.isalnum() and after.isalnum())
        elif char in "`´" and before.isalnum() and after.isalnum():
            mark = "’"
        yield mark


def _double(line: str, at: int, before: str, after: str, *, is_open: bool) -> str:
    char = line[at]
    if char == "”":
        return "“" if before == " " and (after.isalnum() or after == "‘") else char
    if char != '"':
        is_misplaced = before not in OPENING and before not in DASHES and after in CLOSING
        return "”" if is_misplaced else "“"
    if FEET.search(line, max(0, at - 4), at) or (
        not is_open and INCHES.search(line, max(0, at - 3), at)
    ):
        return char
    return "“" if _opens(before, after, is_open=is_open) else "”"


def _opens(before: str, after: str, *, is_open: bool) -> bool:
    if (before == " " and after == " ") or (before in DASHES and after not in CLOSING):
        return not is_open
    return before in OPENING


def _single(line: str, at: int, before: str, after: str, *, is_open: bool, closes: bool) -> str:
    char = line[at]
    is_measure = after.isspace() or after == '"' or INCHES_FOLLOW.match(line, at + 1)
    if char == "'" and before.isdigit() and not is_open and is_measure:
        return char  # feet
    if before.isalnum() or after in CLOSING:
        return "’" if char != "‘" or before.isalnum() else char
    if ELIDED.match(line, at + 1):
        return "’"
    if char != "'":
        return char
    opens = before in OPENING or before in DASHES or before in '"“'
    return "‘" if opens and closes else "’"


def _last_closing(line: str) -> int:
    """Where the last mark stands that can close single quotation marks; -1 where there is none."""
    for at in range(len(line) - 1, 0, -1):
        ends_word = line[at] in "'’" and not line[at - 1].isspace()
        if ends_word and (at + 1 == len(line) or not line[at + 1].isalnum()):
            return at
    return -1
