"""Signs that the letter went to other papers as well."""

import re

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked, outcome_of

VERSION = 1
MOST_READ = 40_000
MOST_SHOWN = 5
SAYS_SO = re.compile(
    r"\b(?:also|simultaneously|previously|already)\s(?:being\s)?(?:sent|submitted|published|printed|"
    r"appeared)\b(?:\s(?:to|in|by|at)\b[^.\n]{0,60})?"
    r"|\b(?:sent|submitted|mailed)\s(?:this\s(?:letter\s)?)?to\s(?:several|other|multiple|many|all)\s"
    r"(?:\w{1,20}\s)?(?:papers|newspapers|publications|outlets|editors)\b"
    r"|\b(?:simultaneous submission|open letter to|dear editors)\b"
    r"|^\s{0,8}(?:cc|bcc)\s{0,3}:[^\n]{3,120}",
    re.IGNORECASE | re.MULTILINE,
)
TO_A_PAPER = re.compile(
    r"\b(?i:(?:to|dear)\s(?:the\s)?editors?\s(?:of|at)\s(?:the\s)?)("
    r"[A-Z][\w'’.-]{1,30}(?:\s[A-Z][\w'’.-]{1,30}){0,4})"
)
DESK = re.compile(
    r"(?<![\w.+-])(?:letters?|editor|editors|opinions?|oped|op-ed|viewpoint|lettertoeditor|"
    r"letterstotheeditor|yourviews)@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)


def check(letter: Checked) -> Finding:
    """What in the text says that other papers have it too; what the rule makes of that."""
    text = letter.text[:MOST_READ]
    found = [" ".join(match[0].split()) for match in SAYS_SO.finditer(text)]
    own = letter.publication.casefold()
    found += [
        match[0] for match in TO_A_PAPER.finditer(text) if not own or not _is_own(match[1], own)
    ]
    found += [match[0] for match in DESK.finditer(text)]
    if not found:
        return Finding("exclusive", VERSION, Result.PASS, "Nothing says that others have it too.")
    return Finding(
        "exclusive",
        VERSION,
        outcome_of(letter.rules.exclusivity),
        "It may have gone to other papers as well.",
        tuple(dict.fromkeys(found))[:MOST_SHOWN],
    )


def _is_own(paper: str, own: str) -> bool:
    """Whether the paper that is spoken to is this one."""
    named = paper.casefold().removesuffix(".")
    return named in own or own.removeprefix("the ") in named
