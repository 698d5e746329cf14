"""Who a letter is from: one row a person, kept right as letters come, change and are printed.

None of it is a decision: letters are written to by plain updates, so that no page of an editor
goes stale by it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, Update, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value

from feedback.domain.letter import Letter
from feedback.domain.original import Contact
from feedback.domain.state import State
from feedback.domain.writer import Writer
from feedback.reading.person import household_words, person_words
from feedback.store.first_letters import QUIETLY, end_of_line, find_first
from feedback.store.work import Keys, Work

MOST_PLACE = 200  # characters that are kept
MOST_PRINTED = 500  # letters of one person or household that a rule looks at


@dataclass(frozen=True)
class Known:
    """Who sent a letter, by keyed digests."""

    person_key: str
    household_key: str | None


@dataclass(frozen=True)
class Printed:
    """A letter in print."""

    letter_id: int
    ref: str
    on: date
    writer_id: int
    opening: str


def know(work: Work, letters: Sequence[Letter]) -> None:
    """Find out whose these letters are, and whether each is the first of its writer.

    Call it with many at once. Afterwards each letter has `writer_id` and `is_first` (and its
    place in line), those of the same writers that are at the desk already are right again, and so
    are the counts. Letters that tell nobody have no writer and are never a first one.
    """
    if not letters:
        return
    work.session.flush()
    known = _who(work, letters)
    rows = _rows_of(work, {one.person_key: one for one in known.values()}, letters, known)
    before = {letter.id: letter.writer_id for letter in letters}
    after = {number: rows[one.person_key] for number, one in known.items()}
    moved = [letter for letter in letters if letter.writer_id != after.get(letter.id)]
    _give(work, moved, after)
    touched = {number for number in (*before.values(), *after.values()) if number is not None}
    find_first(work, letters, touched)
    _describe(work, letters, known, touched)
    _count_letters(work, moved, before)
    for_print = [letter for letter in moved if letter.published_on is not None]
    recount_printed(work, [n for one in for_print for n in (before[one.id], one.writer_id)])


def recount_printed(work: Work, writer_ids: Iterable[int | None]) -> None:
    """Count anew what is in print of these writers: call it after each publishing and its undo."""
    wanted = sorted({number for number in writer_ids if number is not None})
    if not wanted:
        return
    work.session.flush()
    in_print = select(func.count(), func.max(Letter.published_on)).where(
        Letter.writer_id.in_(wanted),
        Letter.published_on.is_not(None),
        Letter.state == State.PUBLISHED,
    )
    rows = work.session.execute(
        in_print.add_columns(Letter.writer_id).group_by(Letter.writer_id)
    ).all()
    found = {writer_id: (number, last) for number, last, writer_id in rows}
    for writer_id in wanted:
        number, last = found.get(writer_id, (0, None))
        work.session.execute(
            update(Writer)
            .where(Writer.id == writer_id)
            .values(published_count=number, last_published_on=last),
            execution_options=QUIETLY,
        )


def printed_since(
    work: Work,
    since: date,
    *,
    writer_id: int | None = None,
    household_key: str | None = None,
    except_id: int | None = None,
) -> list[Printed]:
    """What is in print of a person, or of a household, from that day on; newest first.

    `except_id` is a letter that does not count: the one that is asked about.
    """
    if writer_id is None and household_key is None:
        return []
    query = select(
        Letter.id, Letter.ref, Letter.published_on, Letter.writer_id, Letter.opening
    ).where(Letter.published_on >= since, Letter.state == State.PUBLISHED)
    if household_key is None:
        query = query.where(Letter.writer_id == writer_id)
    else:
        theirs = select(Writer.id).where(Writer.household_key == household_key)
        query = query.where(Letter.writer_id.in_(theirs))
    if except_id is not None:
        query = query.where(Letter.id != except_id)
    query = query.order_by(Letter.published_on.desc(), Letter.id.desc()).limit(MOST_PRINTED)
    return [
        Printed(row.id, row.ref, row.published_on, row.writer_id, row.opening)
        for row in work.session.execute(query)
    ]


def _who(work: Work, letters: Sequence[Letter]) -> dict[int, Known]:
    """Who sent them, as far as they tell."""
    ids = [letter.id for letter in letters]
    query = select(Contact.letter_id, Contact.email_key).where(Contact.letter_id.in_(ids))
    addresses = {row[0]: row[1] for row in work.session.execute(query)}
    found = {}
    for letter in letters:
        one = known_of(work.keys, letter, addresses.get(letter.id))
        if one is not None:
            found[letter.id] = one
    return found


def known_of(keys: Keys, letter: Letter, email_key: str | None) -> Known | None:
    """The person by email address, else by whole name and place; None where neither is known."""
    signed = (letter.name, letter.town, letter.place_state, letter.country)
    household = household_words(*signed)
    words = None if email_key else person_words(*signed)
    person = email_key or (keys.person(words) if words else None)
    if person is None:
        return None
    return Known(person, keys.person(household) if household else None)


def _rows_of(
    work: Work, people: dict[str, Known], letters: Sequence[Letter], known: dict[int, Known]
) -> dict[str, int]:
    """A row for each, locked in one order against another worker; their numbers by key."""
    if not people:
        return {}
    earliest: dict[str, datetime] = {}
    for letter in letters:
        if letter.id in known:
            key = known[letter.id].person_key
            earliest[key] = min(earliest.get(key, letter.received_at), letter.received_at)
    new = [
        {
            "person_key": key,
            "household_key": people[key].household_key,
            "first_seen_at": earliest[key],
            "letter_count": 0,
            "published_count": 0,
        }
        for key in sorted(people)
    ]
    is_postgresql = work.session.get_bind().dialect.name == "postgresql"
    into = postgresql.insert(Writer) if is_postgresql else sqlite.insert(Writer)
    work.session.execute(into.on_conflict_do_nothing(index_elements=["person_key"]), new)
    query = select(Writer.person_key, Writer.id).where(Writer.person_key.in_(sorted(people)))
    found = work.session.execute(query.order_by(Writer.id).with_for_update(of=Writer))
    return {row[0]: row[1] for row in found}


def _give(work: Work, moved: Sequence[Letter], after: dict[int, int]) -> None:
    """The letters have these writers from here on; None where they tell nobody."""
    _each(work, _GIVE, [{"of": one.id, "writer": after.get(one.id)} for one in moved])
    for letter in moved:
        set_committed_value(letter, "writer_id", after.get(letter.id))


def _describe(
    work: Work, letters: Sequence[Letter], known: dict[int, Known], touched: Collection[int]
) -> None:
    """A writer's name and place are those of the newest letter, as far as it gives them."""
    others = select(Writer.id, Writer.first_seen_at, end_of_line([one.id for one in letters],
                    newest=True)).where(Writer.id.in_(touched))  # fmt: skip
    rows = work.session.execute(others).all()
    ids = [row[2] for row in rows if row[2] is not None]
    at = select(Letter.id, Letter.received_at).where(Letter.id.in_(ids))
    received = {row[0]: row[1] for row in work.session.execute(at)}
    changed = []
    for writer_id, first_seen_at, other_id in rows:
        theirs = [letter for letter in letters if letter.writer_id == writer_id]
        if not theirs:
            continue
        row: dict[str, object] = {
            "of": writer_id,
            "seen": min([first_seen_at, *(letter.received_at for letter in theirs)]),
            **dict.fromkeys(("home", "called", "lives")),
        }
        newest = max(theirs, key=lambda letter: (letter.received_at, letter.id))
        if other_id is None or (newest.received_at, newest.id) > (received[other_id], other_id):
            row["home"] = known[newest.id].household_key
            row["called"] = newest.name or None
            row["lives"] = newest.signature.place()[:MOST_PLACE] or None
        changed.append(row)
    _each(work, _DESCRIBE, changed)


def _count_letters(work: Work, moved: Sequence[Letter], before: dict[int, int | None]) -> None:
    """Letters that found their writer, or another one."""
    more = Counter(letter.writer_id for letter in moved)
    more.subtract(before[letter.id] for letter in moved)
    _each(
        work,
        _COUNT,
        [{"of": who, "more": number} for who, number in more.items() if who is not None and number],
    )


# Statements that are written once for many rows: what is told of a writer replaces what was known.
_LETTERS, _WRITERS = cast("Table", Letter.__table__), cast("Table", Writer.__table__)
_GIVE = (
    update(_LETTERS).where(_LETTERS.c.id == bindparam("of")).values(writer_id=bindparam("writer"))
)
_COUNT = (
    update(_WRITERS)
    .where(_WRITERS.c.id == bindparam("of"))
    .values(letter_count=_WRITERS.c.letter_count + bindparam("more"))
)
_DESCRIBE = (
    update(_WRITERS)
    .where(_WRITERS.c.id == bindparam("of"))
    .values(
        first_seen_at=bindparam("seen"),
        household_key=func.coalesce(
            bindparam("home", type_=_WRITERS.c.household_key.type), _WRITERS.c.household_key
        ),
        name=func.coalesce(bindparam("called", type_=_WRITERS.c.name.type), _WRITERS.c.name),
        place=func.coalesce(bindparam("lives", type_=_WRITERS.c.place.type), _WRITERS.c.place),
    )
)


def _each(work: Work, statement: Update, rows: Sequence[Mapping[str, object]]) -> None:
    """The statement for each of the rows, by one call of the driver."""
    if rows:
        work.session.connection().execute(statement, list(rows))
