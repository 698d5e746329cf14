"""Where two texts surely run side by side: word sequences that each has once, in the same order.

Comparing the stretches between them costs little, however long the whole is.
"""

from bisect import bisect_left
from collections.abc import Sequence

from feedback.reading.tokens import Token

SEQUENCE = 3  # words


def anchors(before: Sequence[Token], after: Sequence[Token]) -> list[tuple[int, int]]:
    """Pairs of token numbers, rising on both sides: the words there are the same."""
    one, other = _once(before), _once(after)
    pairs = [(at, other[words]) for words, at in one.items() if words in other]
    pairs.sort()
    return _rising(pairs)


def _once(found: Sequence[Token]) -> dict[tuple[str, ...], int]:
    """Every sequence of words that stands once, with the number of its first token."""
    numbers = [number for number, token in enumerate(found) if token.is_word]
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(numbers) - SEQUENCE + 1):
        words = tuple(found[number].key for number in numbers[at : at + SEQUENCE])
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
