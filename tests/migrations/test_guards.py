"""Nothing updates an original or a history; rows of both go with their letter alone."""

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.original import Original
from feedback.store import letters
from tests.factories import a_letter

WRITTEN_ONCE = [Original, Event]


@pytest.fixture
def letter(store):
    return a_letter(store)


@pytest.mark.parametrize(
    "change",
    [
        update(Original).values(remarks="Something else."),
        update(Original).values(consent="none"),
        update(Event).values(why="Because."),
        update(Event).values(hash="0" * 64),
        delete(Original),
        delete(Event),
    ],
    ids=str,
)
def test_no_change_is_taken(store, letter, change):
    with pytest.raises(IntegrityError), store.work() as work:
        work.session.execute(change)
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).original.remarks == letter.original.remarks
        assert len(letters.history(work, letter.id)) == 1


def test_the_orm_is_refused_as_well(store, letter):
    with pytest.raises(IntegrityError), store.work() as work:
        letters.by_ref(work, letter.ref).original.remarks = "Not what was written."


def test_rows_go_with_their_letter(store, letter):
    other = a_letter(store)
    with store.work() as work:
        work.session.delete(letters.by_ref(work, letter.ref))
    with store.read() as work:
        for table in WRITTEN_ONCE:
            count = select(func.count()).select_from(table)
            assert work.session.scalar(count.where(table.letter_id == letter.id)) == 0
            assert work.session.scalar(count.where(table.letter_id == other.id)) == 1


def test_many_letters_can_go_at_once(store, letter):
    a_letter(store)
    with store.work() as work:
        work.session.execute(delete(Letter))
    with store.read() as work:
        assert work.session.scalar(select(func.count()).select_from(Original)) == 0
        assert work.session.scalar(select(func.count()).select_from(Event)) == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_sqlite_cannot_replace_a_row_unseen(store, letter, table):
    with store.read() as work:
        row = dict(work.session.execute(select(table.__table__)).mappings().one())
    with pytest.raises(IntegrityError), store.work() as work:
        work.session.execute(insert(table).prefix_with("OR REPLACE"), [row])


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["original", "event", "letter"])
def test_postgresql_cannot_truncate(store, letter, table):
    with pytest.raises(IntegrityError), store.work() as work:
        work.session.execute(text(f"TRUNCATE {table} CASCADE"))
