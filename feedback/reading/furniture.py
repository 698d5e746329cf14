"""The column's furniture in a text: salutation and article bracket, which count as no edit.

The contract, section 4: they and house-style tidying do not count.
"""

import re
from collections.abc import Iterable, Iterator

from feedback.reading.redline_blocks import Block
from feedback.reading.salutation import salutation_end
from feedback.reading.tokens import Token

BRACKET = re.compile(r"\s*\([“\"][^“”\"\n]{1,400}[”\"]\)\s*")


def without_furniture(
    changed: Iterable[Block], before: list[Token], after: list[Token]
) -> Iterator[Block]:
    """The changed blocks without a salutation at the beginning, without a bracket that came."""
    greeted, greets = _greeting(before), _greeting(after)
    for block in changed:
        a0, b0 = max(block.a0, min(greeted, block.a1)), max(block.b0, min(greets, block.b1))
        added = "".join(token.text for token in after[b0 : block.b1])
        if a0 == block.a1 and (b0 == block.b1 or BRACKET.fullmatch(added)):
            continue
        yield Block(False, a0, block.a1, b0, block.b1)


def _greeting(found: list[Token]) -> int:
    """How many tokens the salutation takes."""
    start = "".join(token.text for token in found[:40])
    end = salutation_end(start)
    return sum(token.at < end for token in found[:40])
