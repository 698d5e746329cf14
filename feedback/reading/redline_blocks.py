"""Which tokens of two texts are the same, which changed.

diff-match-patch does the comparing, on one character a token, between anchors that both texts
have once; its deadline keeps hostile texts from costing more than a moment. The standard library's
difflib takes minutes on some.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diff_match_patch import diff_match_patch

from feedback.reading.anchors import anchors
from feedback.reading.tokens import Token

SECONDS = 0.3  # for all stretches; after it what is left counts as changed altogether
SMALL = 4000  # pairs of tokens in a stretch that needs no deadline: a millisecond or two
FIRST_CODE, SURROGATES, BEHIND_SURROGATES = 0x100, 0xD800, 0xE000
FARTHEST = 60  # tokens that a change is moved along to a better place
LONE_WORD = 3  # letters of a word that two changes around it swallow


@dataclass(frozen=True, slots=True)
class Block:
    """Tokens a0:a1 of the original beside b0:b1 of the edited text."""

    is_same: bool
    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True)
class Blocks:
    """`changed`: the least that changed, for counting; `shown`: whole, for reading."""

    changed: list[Block]
    shown: list[Block]


class _Differ(diff_match_patch):
    """Without the search for a common middle, which costs more than it saves and has no bound."""

    def diff_halfMatch(self, text1: str, text2: str) -> None:  # noqa: N802 -- the package's name
        return None


def blocks(before: list[Token], after: list[Token]) -> Blocks:
    """The two texts in blocks that alternate between same and changed."""
    codes: dict[str, str] = {}
    one, other = _coded(before, codes), _coded(after, codes)
    least = _alternating(_compared(one, other, [*anchors(before, after), (len(one), len(other))]))
    moved = _moved(least, before, after)
    return Blocks([block for block in moved if not block.is_same], _joined(moved, before))


def _coded(found: list[Token], codes: dict[str, str]) -> str:
    """One character for each different token, none of them half of a pair."""
    for token in found:
        if token.key not in codes:
            code = FIRST_CODE + len(codes)
            if code >= SURROGATES:
                code += BEHIND_SURROGATES - SURROGATES
            codes[token.key] = chr(code)
    return "".join(codes[token.key] for token in found)


def _compared(one: str, other: str, stops: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The differences of each stretch between two anchors, one after another."""
    differ = _Differ()
    a = b = 0
    for a1, b1 in stops:
        left, right = one[a:a1], other[b:b1]
        share = (len(left) + len(right)) / (len(one) + len(other) or 1)
        differ.Diff_Timeout = 0 if len(left) * len(right) <= SMALL else SECONDS * share
        yield from differ.diff_main(left, right, False)
        a, b = a1, b1


def _alternating(diffs: Iterable[tuple[int, str]]) -> list[Block]:
    result: list[Block] = []
    a = b = 0
    for kind, text in diffs:
        a1 = a + (len(text) if kind <= 0 else 0)
        b1 = b + (len(text) if kind >= 0 else 0)
        last = result[-1] if result else None
        if last and last.is_same == (kind == 0):
            result[-1] = Block(last.is_same, last.a0, a1, last.b0, b1)
        else:
            result.append(Block(kind == 0, a, a1, b, b1))
        a, b = a1, b1
    return result


def _moved(found: list[Block], before: list[Token], after: list[Token]) -> list[Block]:
    """Each pure cut or addition moved along equal words to where a sentence or word begins."""
    result = list(found)
    for at in range(1, len(result) - 1):
        block, left, right = result[at], result[at - 1], result[at + 1]
        if block.is_same or not (block.a0 == block.a1 or block.b0 == block.b1):
            continue
        is_cut = block.b0 == block.b1
        side = before if is_cut else after
        start, end = (block.a0, block.a1) if is_cut else (block.b0, block.b1)
        # One token at least stays on each side, so that blocks go on alternating.
        back = min(FARTHEST, left.a1 - left.a0 - 1)
        ahead = min(FARTHEST, right.a1 - right.a0 - 1)
        shift = _best_shift(side, start, end, back, ahead)
        if shift:
            result[at - 1] = Block(True, left.a0, left.a1 + shift, left.b0, left.b1 + shift)
            result[at] = Block(
                False, block.a0 + shift, block.a1 + shift, block.b0 + shift, block.b1 + shift
            )
            result[at + 1] = Block(True, right.a0 + shift, right.a1, right.b0 + shift, right.b1)
    return result


def _best_shift(side: list[Token], start: int, end: int, back: int, ahead: int) -> int:
    best, most = 0, _worth(side, start) + _worth(side, end)
    for step, bound in ((-1, back), (1, ahead)):
        shift = 0
        while abs(shift) < bound:
            leaves, enters = (end, start) if step < 0 else (start, end)
            if side[leaves + shift - (step < 0)].key != side[enters + shift - (step < 0)].key:
                break
            shift += step
            worth = _worth(side, start + shift) + _worth(side, end + shift)
            if worth > most:
                best, most = shift, worth
    return best


def _worth(side: list[Token], at: int) -> int:
    """How good a place before token `at` is to begin or end a change."""
    if at == 0 or at >= len(side):
        return 5
    last = side[at - 1]
    if last.is_gap and not side[at].is_gap:
        if "\n" in last.text:
            return 5
        is_sentence = at > 1 and side[at - 2].text in (".", "!", "?", "…", "”", '"')
        return 4 if is_sentence else 3
    if side[at].is_gap:
        return 2 if last.is_word else 3
    return 0 if last.is_word and side[at].is_word else 1


def _joined(found: list[Block], before: list[Token]) -> list[Block]:
    """Changes around a lone short word, or around nothing but spaces, made one."""
    result: list[Block] = []
    for at, block in enumerate(found):
        is_between = 0 < at < len(found) - 1
        swallowed = block.is_same and is_between and _is_island(before[block.a0 : block.a1])
        last = result[-1] if result else None
        if last and not last.is_same and (swallowed or not block.is_same):
            result[-1] = Block(False, last.a0, block.a1, last.b0, block.b1)
        else:
            result.append(block)
    return result


def _is_island(between: list[Token]) -> bool:
    if len(between) > 5 or any("\n" in token.text or token.text in ".!?" for token in between):
        return False
    found = [token for token in between if token.is_word]
    return not found or (len(found) == 1 and len(found[0].text) <= LONE_WORD)
