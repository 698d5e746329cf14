"""Where two texts surely run side by side: word sequences that each has once, in the same order.

Comparing the stretches between them costs little, however long the whole is.
"""

from bisect import bisect_left
from collections.abc import Sequence

from feedback.reading.tokens import Token

SEQUENCES = (3, 2, 1)  # words; the longest are the surest
LARGE = 1_000_000  # pairs of tokens in a stretch that is worth parting; below, none is needed


def anchors(before: Sequence[Token], after: Sequence[Token]) -> list[tuple[int, int]]:
    """Pairs of token numbers, rising on both sides: the words there are the same.

    None for texts that are short enough to be compared as they are.
    """
    found: list[tuple[int, int]] = []
    for length in SEQUENCES:
        parted: list[tuple[int, int]] = []
        a = b = 0
        for a1, b1 in [*found, (len(before), len(after))]:
            if (a1 - a) * (b1 - b) > LARGE:
                inner = _common(before[a:a1], after[b:b1], length)
                parted += [(a + one, b + other) for one, other in inner]
            parted.append((a1, b1))
            a, b = a1, b1
        found = parted[:-1]
    return found


def _common(before: Sequence[Token], after: Sequence[Token], length: int) -> list[tuple[int, int]]:
    one, other = _once(before, length), _once(after, length)
    pairs = [(at, other[words]) for words, at in one.items() if words in other]
    pairs.sort()
    return _rising(pairs)


def _once(found: Sequence[Token], length: int) -> dict[tuple[str, ...], int]:
    """Every sequence of words that stands once, with the number of its first token."""
    numbers = [number for number, token in enumerate(found) if token.is_word]
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(numbers) - length + 1):
        words = tuple(found[number].key for number in numbers[at : at + length])
        seen[words] = -1 if words in seen else numbers[at]
    return {words: number for words, number in seen.items() if number >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs whose second numbers rise."""
    ends: list[int] = []  # the second number that each length ends with, at the least
    which: list[int] = []  # the pair that has it
    before: list[int] = []  # of each pair, the pair in front of it
    for number, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(which[length - 1] if length else -1)
        if length == len(ends):
            ends.append(second)
            which.append(number)
        else:
            ends[length], which[length] = second, number
    result: list[tuple[int, int]] = []
    number = which[-1] if which else -1
    while number >= 0:
        result.append(pairs[number])
        number = before[number]
    return result[::-1]
