"""Lines that a mail program broke, joined again."""

import re
from itertools import pairwise

LEAST, MOST = 45, 82  # characters of a line that a program broke, before the break
SLACK = 2  # programs differ in what they still let on a line
BLANK_LINES = re.compile(r"\n[ \t]*\n")
BEGINS_ITEM = re.compile(r"\s*(?:[-*•·–—>]|[0-9]{1,2}[.)]\s|[A-Za-z][.)]\s)")
STOPS = (".", "!", "?", "…", ":", ".”", "?”", "!”", '."', '?"', '!"', ".)")


def rejoined(text: str, most: int = MOST) -> str:
    """The text with each paragraph's lines joined where a program broke them at a margin.

    `most` is how many characters a program puts on a line.
    """
    return "\n\n".join("\n".join(unwrapped(block, most)) for block in BLANK_LINES.split(text))


def unwrapped(block: str, most: int = MOST) -> list[str]:
    """The lines of a block without a blank line in it; where a program broke it, joined.

    A line that had room for the next word was broken by its writer, and stays.
    """
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if len(lines) < 2 or not _is_wrapped(lines, most):
        return lines
    margin = max(map(len, lines)) - SLACK
    joined: list[str] = [lines[0]]
    for before, line in pairwise(lines):
        had_room = len(before) + 1 + len(line.split(" ", 1)[0]) <= margin
        if had_room or BEGINS_ITEM.match(line):
            joined.append(line)
        elif joined[-1].endswith("-") and not joined[-1].endswith((" -", "--")):
            joined[-1] += line
        else:
            joined[-1] += f" {line}"
    return joined


def _is_wrapped(lines: list[str], most: int) -> bool:
    """A program's margin is in sight, and one line at least breaks inside a sentence."""
    long = [line for line in lines[:-1] if LEAST <= len(line) <= most]
    breaks_inside = any(not line.endswith(STOPS) for line in long)
    return breaks_inside and len(long) * 2 >= len(lines) - 1 and max(map(len, lines)) <= most
