"""A few words of a text around what a search found in it, with the found ones marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.reading.search_words import WORD, stem, words_in

ROOM = 160  # characters of a snippet
BEFORE = 50  # of them before the first find, at most
MOST_READ = 40_000  # characters of a text that are looked through


@dataclass(frozen=True)
class Piece:
    """A run of the text; `is_found` where the search meant it."""

    text: str
    is_found: bool


def snippet(text: str, wanted: Sequence[Sequence[str]], room: int = ROOM) -> list[Piece]:
    """The passage with the most finds near the first one, in pieces; empty where there is none.

    `wanted` are phrases, each of one word or more as `words_in` gives them. The pieces joined are
    a passage of the text with its white space closed up, “…” where it was cut. Linear.
    """
    line = " ".join(text[:MOST_READ].split())
    found = _finds(line, wanted)
    if not found:
        return []
    start = _start(line, found, room)
    end = _end(line, start + room)
    pieces = [Piece("…", is_found=False)] if start else []
    at = start
    for begins, ends in found:
        if begins < at or ends > end:
            continue
        if begins > at:
            pieces.append(Piece(line[at:begins], is_found=False))
        pieces.append(Piece(line[begins:ends], is_found=True))
        at = ends
    rest = line[at:end] + ("…" if end < len(line) else "")
    return [*pieces, Piece(rest, is_found=False)] if rest else pieces


def _finds(line: str, wanted: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Where the phrases stand, in order and apart from each other."""
    places: list[tuple[int, int]] = []
    stems: list[str] = []
    for match in WORD.finditer(line):
        for word in words_in(match[0]):  # one ligature or half may be more words than one
            places.append(match.span())
            stems.append(stem(word))
    asked = {tuple(stem(word) for word in phrase) for phrase in wanted if phrase}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(asked, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(stems):
        for phrase in by_first.get(stems[at], ()):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                span = (places[at][0], places[at + len(phrase) - 1][1])
                if not found or span[0] >= found[-1][1]:
                    found.append(span)
                at += len(phrase)
                break
        else:
            at += 1
    return found


def _start(line: str, found: list[tuple[int, int]], room: int) -> int:
    """Where the passage begins: before the find after which the most others follow in the room."""
    best, most, last = 0, 0, 0
    for first, (begins, _ends) in enumerate(found):
        last = max(last, first)
        while last < len(found) and found[last][1] <= begins + room - BEFORE:
            last += 1
        if last - first > most:
            best, most = first, last - first
    begins = found[best][0]
    if begins <= BEFORE:
        return 0
    space = line.find(" ", begins - BEFORE, begins)
    return space + 1 if space >= 0 else begins


def _end(line: str, most: int) -> int:
    if most >= len(line):
        return len(line)
    space = line.rfind(" ", most - BEFORE, most)
    return space if space > 0 else most
