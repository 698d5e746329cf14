"""Which letter of a writer is the first one: kept right whatever order letters come in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ScalarSelect, Table, bindparam, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from feedback.domain.letter import Letter
from feedback.domain.reading_order import ARTICLE_ENDS
from feedback.domain.writer import Writer
from feedback.store.work import Work

QUIETLY = {"synchronize_session": False}


@dataclass(frozen=True)
class _Place:
    """Where a letter stands among those of its writer."""

    received_at: datetime
    id: int
    reading_key: str
    is_first: bool

    @property
    def order(self) -> tuple[datetime, int]:
        return self.received_at, self.id


def find_first(work: Work, letters: Sequence[Letter], touched: Collection[int]) -> None:
    """Exactly the earliest letter of each of these writers is a first one.

    Of the letters that are not in the batch only the earliest can be one: no other is read.
    """
    batch = [letter.id for letter in letters]
    by_writer: dict[int | None, list[_Place]] = {number: [] for number in touched}
    for place, writer_id in _earliest_of(work, touched, batch):
        by_writer[writer_id].append(place)
    for letter in letters:
        own = _Place(letter.received_at, letter.id, letter.reading_key, letter.is_first)
        by_writer.setdefault(letter.writer_id, []).append(own)
    in_hand = {letter.id: letter for letter in letters}
    changed = []
    for owner, places in by_writer.items():
        first = min(places, key=lambda place: place.order, default=None)
        for place in places:
            is_first = owner is not None and place is first
            if place.is_first != is_first:
                changed.append(_marked(work, place, is_first, in_hand.get(place.id)))
    if changed:
        work.session.connection().execute(_MARK, changed)


def _earliest_of(
    work: Work, writer_ids: Collection[int], batch: Sequence[int]
) -> list[tuple[_Place, int]]:
    """The earliest letter of each writer that is not in the batch."""
    found = select(Letter.id, Letter.writer_id, Letter.received_at, Letter.reading_key,
                   Letter.is_first)  # fmt: skip
    ids = work.session.scalars(
        select(end_of_line(batch, newest=False)).where(Writer.id.in_(writer_ids))
    )
    rows = work.session.execute(found.where(Letter.id.in_([n for n in ids if n is not None])))
    return [
        (_Place(row.received_at, row.id, row.reading_key, row.is_first), row.writer_id)
        for row in rows
    ]


def end_of_line(batch: Sequence[int], *, newest: bool) -> ScalarSelect[int]:
    """Number of a writer's earliest (or newest) letter outside of the batch, by the index."""
    one = aliased(Letter)
    order = (one.received_at, one.id)
    return (
        select(one.id)
        .where(one.writer_id == Writer.id, one.id.not_in(batch))
        .order_by(*(column.desc() if newest else column for column in order))
        .limit(1)
        .correlate(Writer)
        .scalar_subquery()
    )


_LETTERS = cast("Table", Letter.__table__)
_MARK = (
    update(_LETTERS)
    .where(_LETTERS.c.id == bindparam("of"))
    .values(is_first=bindparam("first"), reading_key=bindparam("key"))
)


def _marked(work: Work, place: _Place, is_first: bool, letter: Letter | None) -> dict[str, object]:
    """The row's new values; a letter that is loaded has them already."""
    key = place.reading_key
    if key:
        key = f"{key[:ARTICLE_ENDS]}{0 if is_first else 1}{key[ARTICLE_ENDS + 1 :]}"
    loaded = letter or work.session.identity_map.get(identity_key(Letter, place.id))
    if loaded is not None:
        set_committed_value(loaded, "is_first", is_first)
        set_committed_value(loaded, "reading_key", key)
    return {"of": place.id, "first": is_first, "key": key}
