"""Which letters may be like another one: by the marks that they share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import BigInteger, CompoundSelect, bindparam, insert, select, union_all, update

from feedback.domain.letter import Letter
from feedback.domain.likeness import Likeness
from feedback.domain.original import Original
from feedback.store.letters import FOR_CHECKS
from feedback.store.work import Work

OF_A_MARK = 60  # newest letters that are looked at; more have it only of a campaign, or by chance


@dataclass(frozen=True)
class Other:
    """A letter to compare with."""

    letter: Letter
    text: str  # as it came


def uncompared(work: Work, limit: int) -> list[Letter]:
    """Letters that were not compared yet, the first ones first: the lead of a campaign is first."""
    query = (
        select(Letter)
        .where(Letter.compared_at.is_(None))
        .order_by(Letter.id)
        .limit(limit)
        .options(*FOR_CHECKS)
        .with_for_update(of=Letter, skip_locked=True)
    )
    return list(work.session.scalars(query).unique())


def has_uncompared(work: Work) -> bool:
    """Whether some letter was not compared yet."""
    return (
        work.session.scalar(select(Letter.id).where(Letter.compared_at.is_(None)).limit(1))
        is not None
    )


def sharing(work: Work, letter_id: int, marks: Sequence[int]) -> Counter[int]:
    """Numbers of other letters with any of the marks, and how many of them they have."""
    if not marks:
        return Counter()
    given = {f"mark{number}": mark for number, mark in enumerate(marks)}
    query = _newest_of_each(len(marks))
    return Counter(work.session.scalars(query, {"own": letter_id, **given}))


@cache
def _newest_of_each(marks: int) -> CompoundSelect[tuple[int]]:
    """The question for so many marks; to put it together takes longer than to answer it."""
    parts = []
    for number in range(marks):
        newest = (
            select(Likeness.letter_id)
            .where(
                Likeness.mark == bindparam(f"mark{number}", type_=BigInteger),
                Likeness.letter_id != bindparam("own", type_=BigInteger),
            )
            .order_by(Likeness.letter_id.desc())
            .limit(OF_A_MARK)
            .subquery()
        )
        parts.append(select(newest.c.letter_id))
    return union_all(*parts)


def others(work: Work, ids: Iterable[int]) -> list[Other]:
    """The letters with these numbers, with their original words."""
    query = (
        select(Letter, Original.remarks)
        .join(Original, Original.letter_id == Letter.id)
        .where(Letter.id.in_(list(ids)))
    )
    return [Other(row[0], row[1]) for row in work.session.execute(query).unique()]


def put(work: Work, letter_id: int, marks: Iterable[int]) -> None:
    """Keep a letter's marks."""
    rows = [{"mark": mark, "letter_id": letter_id} for mark in set(marks)]
    if rows:
        work.session.execute(insert(Likeness), rows)


def mark_compared(work: Work, ids: Sequence[int]) -> None:
    """Note that letters were compared; their versions stay as editors know them."""
    work.session.execute(
        update(Letter).where(Letter.id.in_(ids)).values(compared_at=work.now),
        execution_options={"synchronize_session": False},
    )
