"""Two edits of one text put together, so that neither editor types theirs again.

A three-way merge (as diff3 does it) over paragraphs; where both changed the same paragraph, over
its sentences. A sentence that both changed stands as `mine`, and the other's is told beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.reading.redline_blocks import blocks
from feedback.reading.sentences import spans
from feedback.reading.tokens import Token

BLANK_LINES = re.compile(r"\n\s*\n")
BREAK = "\n\n"


@dataclass(frozen=True)
class Clash:
    """A passage that both changed, as each left it; empty where one took it out."""

    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """Both edits in one text, and where they met: there `mine` stands in it."""

    text: str
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class _Chunk:
    """A stretch of the base with what each side made of it."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]

    def agreed(self) -> Sequence[str] | None:
        """What stands there, None where both changed it, each otherwise."""
        if self.theirs in (self.base, self.mine):
            return self.mine
        return self.theirs if self.mine == self.base else None


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Put together two texts that both were made from `base`.

    Blank lines part paragraphs. Bounded in time as the redline is: a text that is too strange to
    be compared counts as changed altogether.
    """
    clashes: list[Clash] = []
    paragraphs: list[str] = []
    for chunk in _chunks(_paragraphs(base), _paragraphs(mine), _paragraphs(theirs)):
        agreed = chunk.agreed()
        if agreed is None:
            inner = _by_sentences(chunk)
            clashes += inner.clashes
            agreed = _paragraphs(inner.text)
        paragraphs += agreed
    return Merged(BREAK.join(paragraphs), tuple(clashes))


def _by_sentences(chunk: _Chunk) -> Merged:
    parts: list[str] = []
    clashes: list[Clash] = []
    sides = (_sentences(chunk.base), _sentences(chunk.mine), _sentences(chunk.theirs))
    for inner in _chunks(*sides):
        agreed = inner.agreed()
        if agreed is None:
            agreed = inner.mine
            clashes.append(Clash("".join(inner.mine).strip(), "".join(inner.theirs).strip()))
        parts += agreed
    return Merged("".join(parts), tuple(clashes))


def _paragraphs(text: str) -> list[str]:
    return [part for part in BLANK_LINES.split(text.strip()) if part]


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    """Sentences, and what parts them (spaces, breaks), each a part of its own."""
    found: list[str] = []
    for paragraph in paragraphs:
        if found:
            found.append(BREAK)
        start = 0
        for begin, end in spans(paragraph):
            found += [part for part in (paragraph[start:begin], paragraph[begin:end]) if part]
            start = end
        if paragraph[start:]:
            found.append(paragraph[start:])
    return found


def _chunks(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Chunk]:
    """The stretches between parts that all three have, and those parts, in order."""
    in_mine, in_theirs = _kept(base, mine), _kept(base, theirs)
    b = m = t = 0
    for at in range(len(base)):
        if at not in in_mine or at not in in_theirs:
            continue
        m1, t1 = in_mine[at], in_theirs[at]
        yield _Chunk(base[b:at], mine[m:m1], theirs[t:t1])
        kept = base[at : at + 1]
        yield _Chunk(kept, kept, kept)
        b, m, t = at + 1, m1 + 1, t1 + 1
    yield _Chunk(base[b:], mine[m:], theirs[t:])


def _kept(base: Sequence[str], edited: Sequence[str]) -> dict[int, int]:
    """The number of each part of the base that was kept, with its number in the edited text."""
    changed = blocks(_tokens(base), _tokens(edited)).changed
    found: dict[int, int] = {}
    at = moved = 0
    for block in changed:
        found |= {number: number + moved for number in range(at, block.a0)}
        at, moved = block.a1, block.b1 - block.a1
    found |= {number: number + moved for number in range(at, len(base))}
    return found


def _tokens(parts: Sequence[str]) -> list[Token]:
    return [Token(part, part, 0, is_word=True, is_gap=False) for part in parts]
