"""Are the histories whole: every letter's chain of events, worked out anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, select

from feedback.domain.event import Event, chain, words_digest
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.store.work import CHAINED, Work

BATCH = 500  # letters that are looked at together

_EVENT = tuple(getattr(Event, name) for name in (*CHAINED, "why", "facts", "hash"))


@dataclass(frozen=True)
class Broken:
    """A letter whose history is not as it was written: the line where it breaks, and how."""

    ref: str
    seq: int
    problem: str


@dataclass
class Audit:
    """What was looked at, what is broken."""

    letters: int = 0
    events: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """True where nothing is broken."""
        return not self.broken


def verify(work: Work, tell: Callable[[int], None] | None = None) -> Audit:
    """Walk every letter's history; `tell` is given how many letters are done after each batch.

    Finds lines that were changed, taken out, put in or put in another order, and a letter whose
    state or end of the chain is not that of its last line. The keys must be those under which
    the letters were taken: with another secret key every history counts as broken.
    """
    audit = Audit()
    for batch in _batches(work):
        for _letter_id, rows in groupby(batch, key=lambda row: row.id):
            lines = list(rows)
            audit.letters += 1
            audit.events += sum(line.seq is not None for line in lines)
            broken = _broken(work.keys.digests, lines)
            if broken:
                audit.broken.append(broken)
        if tell:
            tell(audit.letters)
    return audit


def verify_letter(work: Work, letter_id: int) -> Broken | None:
    """Where the history of one letter breaks first; None where it is whole."""
    lines = list(work.session.execute(_lines(_LETTERS.where(Letter.id == letter_id))))
    return _broken(work.keys.digests, lines) if lines else None


_LETTERS = select(Letter.id, Letter.ref, Letter.state, Letter.event_count, Letter.chain_head)


def _batches(work: Work) -> Iterator[list[Row[tuple[object, ...]]]]:
    """Letters with their lines, in order; a batch is one statement, so nothing moves in it."""
    last = -1
    while True:
        some = _LETTERS.where(Letter.id > last).order_by(Letter.id).limit(BATCH)
        rows = list(work.session.execute(_lines(some)))
        if not rows:
            return
        last = rows[-1].id
        yield rows


def _lines(letters: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """These letters with the lines of their histories, in order."""
    some = letters.subquery()
    return (
        select(*some.c, *_EVENT)
        .outerjoin(Event, Event.letter_id == some.c.id)
        .order_by(some.c.id, Event.seq)
    )


def _broken(key: bytes, lines: list[Row[tuple[object, ...]]]) -> Broken | None:
    """Where the history of one letter breaks first; None where it is whole."""
    letter = lines[0]
    head, state = "", None
    for number, line in enumerate(lines, start=1):
        if line.seq is None:
            return Broken(letter.ref, 0, "it has no history")
        if line.seq != number:
            return Broken(letter.ref, number, "a line is missing")
        if line.words_digest != words_digest(key, line.why, line.facts):
            return Broken(letter.ref, number, "the words of this line were changed")
        head = chain(head, {name: getattr(line, name) for name in CHAINED})
        if line.hash != head:
            return Broken(letter.ref, number, "this line was changed, or one before it")
        state = line.to_state or state
    return _broken_end(letter, head, state, len(lines))


def _broken_end(
    letter: Row[tuple[object, ...]], head: str, state: State | None, number: int
) -> Broken | None:
    """Whether the letter itself stands where its history ends."""
    if letter.event_count != number:
        return Broken(letter.ref, number, "the last lines are missing")
    if letter.chain_head != head:
        return Broken(letter.ref, number, "the letter does not end its history")
    if letter.state is not state:
        return Broken(letter.ref, number, f"it is {letter.state}, its history says {state}")
    return None
