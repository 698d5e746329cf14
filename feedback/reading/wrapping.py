"""Lines that a mail program broke, joined again."""

import re
from itertools import pairwise

LEAST, MOST = 45, 82  # characters of a line that a program broke, before the break
BEGINS_ITEM = re.compile(r"\s*(?:[-*•·–—>]|[0-9]{1,2}[.)]\s|[A-Za-z][.)]\s)")
STOPS = (".", "!", "?", "…", ":", ".”", "?”", "!”", '."', '?"', '!"', ".)")


def unwrapped(block: str) -> list[str]:
    """The paragraphs of a block of lines without a blank line in it.

    Where a program broke the lines at a margin they are one paragraph; else each line is a
    paragraph of its own, as its writer set it.
    """
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2 or not _is_wrapped(lines):
        return lines
    joined: list[str] = [lines[0]]
    for before, line in pairwise(lines):
        ends = before.endswith(STOPS) and len(before) < LEAST
        if ends or BEGINS_ITEM.match(line):
            joined.append(line)
        elif joined[-1].endswith("-") and not joined[-1].endswith((" -", "--")):
            joined[-1] += line
        else:
            joined[-1] += f" {line}"
    return joined


def _is_wrapped(lines: list[str]) -> bool:
    """All lines but the last have a program's length, and one at least breaks inside a sentence."""
    broken = lines[:-1]
    long = [line for line in broken if LEAST <= len(line) <= MOST]
    breaks_inside = any(not line.endswith(STOPS) for line in long)
    return breaks_inside and len(long) * 4 >= len(broken) * 3 and max(map(len, lines)) <= MOST
