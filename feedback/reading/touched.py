"""Whether an edit reached a figure, a name, a quotation or a negation.

When in doubt it did: the price is a question to the writer. A whole sentence that was cut, with
nothing in its place, changed nothing in what still stands.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.reading.redline_blocks import Block
from feedback.reading.sentences import spans
from feedback.reading.tokens import Token

KINDS = ("figure", "name", "quotation", "negation")
SHORT_SENTENCE = 3  # words; "No." is an answer and not a sentence that can go

FIGURE_WORDS = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions trillion trillions dozen
    dozens half third quarter double triple twice percent per-cent
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
NEGATIONS = frozenset(
    """
    no not never none nobody nothing nowhere neither nor without cannot hardly scarcely unless
    """.split()  # noqa: SIM905 -- see above
)
# Words that sentences begin with; a capital on them names nobody.
OPENERS = frozenset(
    """
    a about after again all also although am an and another any are as at be because before being
    both but by can could dear did do does each either even every few finally first for from had
    has have having he her here hers him his how however i if in indeed instead is it its just last
    let like many may maybe me might mine more most much must my next now of often on once one only
    or other our ours out over perhaps please rather really second several shall she should since
    so some soon still such surely than thank thanks that the their them then there these they
    think this those though through thus to today too under until up upon us was we well were what
    when where whether which while who whom whose why will with within would yes yet you your yours
    """.split()  # noqa: SIM905 -- see above
)
QUOTE = '"'
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class _Side:
    """One of the two texts, with what is known of its tokens by number."""

    tokens: list[Token]
    sentence_of: list[int]
    is_first: list[bool]  # the first word of its sentence
    is_quoted: list[bool]

    @classmethod
    def of(cls, text: str, found: list[Token]) -> "_Side":
        starts = [start for start, _ in spans(text)] or [0]
        sentence_of = [max(0, bisect_right(starts, token.at) - 1) for token in found]
        is_first: list[bool] = []
        last = -1
        for number, token in enumerate(found):
            first = token.is_word and sentence_of[number] != last
            is_first.append(first)
            if first:
                last = sentence_of[number]
        return cls(found, sentence_of, is_first, _quoted(found))


def touched_kinds(
    original: str,
    edited: str,
    before: list[Token],
    after: list[Token],
    changed: Sequence[Block],
) -> tuple[str, ...]:
    """Which kinds (the words of KINDS, in that order) the changed blocks reach."""
    old, new = _Side.of(original, before), _Side.of(edited, after)
    gone = _words_cut(old, changed)
    small = {token.text for token in (*before, *after) if token.is_word and token.text.islower()}
    found: set[str] = set()
    for block in changed:
        cut = [n for n in range(block.a0, block.a1) if not _is_free(old, n, block, gone)]
        added = list(range(block.b0, block.b1))
        had = {old.tokens[n].key.casefold() for n in range(block.a0, block.a1)}
        has = {new.tokens[n].key.casefold() for n in added}
        for side, numbers, other in ((old, cut, has), (new, added, had)):
            for number in numbers:
                found |= _kinds(side, number, other, small)
    return tuple(kind for kind in KINDS if kind in found)


def _kinds(side: _Side, number: int, other: set[str], small: set[str]) -> set[str]:
    token = side.tokens[number]
    found: set[str] = set()
    if token.key == QUOTE or (side.is_quoted[number] and not token.is_gap):
        found.add("quotation")
    if not token.is_word:
        if token.text in "$€£%" and token.text not in other:
            found.add("figure")
        return found
    plain = token.key.casefold()
    if plain in other:
        return found  # only its case or its place changed
    if any(char.isdigit() for char in plain) or any(
        part in FIGURE_WORDS for part in plain.split("-")
    ):
        found.add("figure")
    if plain in NEGATIONS or plain.endswith("n't"):
        found.add("negation")
    if _is_name(side, number, plain, small):
        found.add("name")
    return found


def _is_name(side: _Side, number: int, plain: str, small: set[str]) -> bool:
    text = side.tokens[number].text
    if not any(char.isupper() for char in text) or plain.partition("'")[0] in OPENERS | NEGATIONS:
        return False
    if not side.is_first[number]:
        return True
    return not plain.endswith("ly") and plain not in small


def _words_cut(old: _Side, changed: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """Of each sentence of the original: its words, and how many of them were cut."""
    total: dict[int, int] = {}
    cut: dict[int, int] = {}
    for number, token in enumerate(old.tokens):
        if token.is_word:
            total[old.sentence_of[number]] = total.get(old.sentence_of[number], 0) + 1
    for block in changed:
        for number in range(block.a0, block.a1):
            if old.tokens[number].is_word:
                cut[old.sentence_of[number]] = cut.get(old.sentence_of[number], 0) + 1
    return {sentence: (count, cut.get(sentence, 0)) for sentence, count in total.items()}


def _is_free(old: _Side, number: int, block: Block, gone: dict[int, tuple[int, int]]) -> bool:
    """Whether the token went with its whole sentence, and nothing came instead."""
    words, cut = gone.get(old.sentence_of[number], (0, 0))
    return block.b0 == block.b1 and words == cut and words >= SHORT_SENTENCE


def _quoted(found: list[Token]) -> list[bool]:
    """Whether each token stands between double quotation marks of one paragraph."""
    result = [False] * len(found)
    opened: int | None = None
    for number, token in enumerate(found):
        if token.is_gap and "\n" in token.text:
            opened = None
        elif token.key == QUOTE:
            if opened is None:
                opened = number
            else:
                result[opened : number + 1] = [True] * (number + 1 - opened)
                opened = None
    return result
