"""What an editor did to a letter, word by word."""

import re
from dataclasses import dataclass

from feedback.reading.furniture import without_furniture
from feedback.reading.redline_blocks import blocks
from feedback.reading.tokens import Token, tokens
from feedback.reading.touched import touched_kinds

BREAK = re.compile(r"\n\s*")
MOST_QUOTED = 160  # characters of a change that a sentence quotes


@dataclass(frozen=True)
class Piece:
    """A stretch of the redline: `same`, `cut` or `added`, and its text.

    `is_marked` is False for spaces, and for marks that only house style turned (" to “): the page
    prints `shown` without `del` or `ins`.
    """

    kind: str
    text: str
    is_marked: bool = True

    @property
    def shown(self) -> str:
        """The text on the page; nothing for a mark that house style replaced."""
        is_replaced = self.kind == "cut" and not self.is_marked and not self.text.isspace()
        return "" if is_replaced else self.text


@dataclass(frozen=True)
class Change:
    """One change in words: what went, what came; either may be empty."""

    cut: str
    added: str

    def __str__(self) -> str:
        cut, added = _quoted(self.cut), _quoted(self.added)
        if cut and added:
            return f"{cut} became {added}"
        if cut or added:
            return f"Cut: {cut}" if cut else f"Added: {added}"
        return "Paragraphs joined" if "\n" in self.cut else "New paragraph"


@dataclass(frozen=True)
class Redline:
    """An original beside its edited text.

    `cut_percent` and `added_percent` are of the original's words; `touched` says which of
    `figure`, `name`, `quotation`, `negation` changed. The pieces that are not `added` give the
    original back, those that are not `cut` the edited text. A short word that stands alone between
    two changes is marked with them, but counts as standing.
    """

    cut_percent: int
    added_percent: int
    cut_words: int
    added_words: int
    touched: tuple[str, ...]
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]

    def paragraphs(self) -> list[list[Piece]]:
        """The pieces by paragraph, with ¶ where a break was cut or added."""
        found: list[list[Piece]] = [[]]
        for piece in self.pieces:
            for number, line in enumerate(BREAK.split(piece.text)):
                if number:
                    _break(found, piece)
                if line:
                    found[-1].append(Piece(piece.kind, line, piece.is_marked))
        return [pieces for pieces in found if pieces]


def compare(original: str, edited: str) -> Redline:
    """The redline from `original` to `edited`; bounded in time for texts of any kind."""
    before, after = tokens(original), tokens(edited)
    found = blocks(before, after)
    total = sum(token.is_word for token in before)
    counted = list(without_furniture(found.changed, before, after))
    cut = added = 0
    for block in counted:
        cut += sum(token.is_word for token in before[block.a0 : block.a1])
        added += sum(token.is_word for token in after[block.b0 : block.b1])
    pieces: list[Piece] = []
    changes: list[Change] = []
    for block in found.shown:
        old, new = before[block.a0 : block.a1], after[block.b0 : block.b1]
        if block.is_same:
            pieces += _same(old, new)
        else:
            pieces += _stretch("cut", old)
            pieces += _stretch("added", new)
            changes.append(Change(_text(old), _text(new)))
    return Redline(
        cut_percent=_percent(cut, total),
        added_percent=_percent(added, total),
        cut_words=cut,
        added_words=added,
        touched=touched_kinds(original, edited, before, after, counted),
        pieces=tuple(pieces),
        changes=tuple(change for change in changes if _is_told(change)),
    )


def _percent(part: int, of: int) -> int:
    """Rounded to whole numbers, halves up."""
    if not of:
        return 100 if part else 0
    return (200 * part + of) // (2 * of)


def _text(tokens_: list[Token]) -> str:
    return "".join(token.text for token in tokens_)


def _same(old: list[Token], new: list[Token]) -> list[Piece]:
    """What stayed; where house style turned a mark, both forms, unmarked."""
    pieces: list[Piece] = []
    run: list[Token] = []
    for one, other in zip(old, new, strict=True):
        if one.text == other.text:
            run.append(one)
            continue
        if run:
            pieces.append(Piece("same", _text(run)))
            run = []
        pieces += (Piece("cut", one.text, False), Piece("added", other.text, False))
    if run:
        pieces.append(Piece("same", _text(run)))
    return pieces


def _stretch(kind: str, found: list[Token]) -> list[Piece]:
    """A marked stretch with the spaces at its ends outside the mark."""
    first, last = 0, len(found)
    while first < last and found[first].is_gap:
        first += 1
    while last > first and found[last - 1].is_gap:
        last -= 1
    parts = ((found[:first], False), (found[first:last], True), (found[last:], False))
    return [Piece(kind, _text(part), is_marked) for part, is_marked in parts if part]


def _break(found: list[list[Piece]], piece: Piece) -> None:
    if piece.kind != "same":
        found[-1].append(Piece(piece.kind, "¶"))
    if piece.kind != "cut":
        found.append([])


def _is_told(change: Change) -> bool:
    """Spaces alone are not worth a sentence; paragraphs are."""
    return bool((change.cut + change.added).strip()) or change.cut.count(
        "\n"
    ) != change.added.count("\n")


def _quoted(text: str) -> str:
    """The words in quotation marks, the middle left out where they are many."""
    line = " ".join(text.split())
    if not line:
        return ""
    if len(line) > MOST_QUOTED:
        head, tail = line[: MOST_QUOTED - 50], line[-50:]
        line = f"{head.rsplit(' ', 1)[0]} … {tail.split(' ', 1)[-1]}"
    inner = line.replace("“", "‘").replace("”", "’").replace('"', "’")
    return f"“{inner}”"
