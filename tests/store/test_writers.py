"""Who a letter is from: first letters, counts of what is in print, households."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from feedback.desk.decide import Wish, decide
from feedback.desk.undo import undo
from feedback.domain.letter import Letter
from feedback.domain.state import Decision, State
from feedback.domain.writer import Writer
from feedback.edition.publish import publish, unpublish
from feedback.intake.recheck import recheck_new
from feedback.store import editions, letters, writers
from tests.factories import a_letter, an_edition, an_editor, approved
from tests.fixtures_database import MORNING

CHIEF = an_editor("chief")


def know(place, *some):
    with place.work() as work:
        writers.know(work, [letters.by_ref(work, letter.ref) for letter in some])


def now_of(place, letter):
    with place.read() as work:
        found = letters.by_ref(work, letter.ref)
        return found, found.writer


def test_a_second_letter_by_the_same_address_is_no_first_one(store):
    first = a_letter(store, at=MORNING - timedelta(days=3))
    second = a_letter(store, name="Jane Reader", email="JANE@example.com")
    know(store, first, second)
    (first, writer), (second, same) = now_of(store, first), now_of(store, second)
    assert (first.is_first, second.is_first) == (True, False)
    assert first.reading_key[27] == "0"
    assert second.reading_key[27] == "1"
    assert writer.id == same.id
    assert (writer.letter_count, writer.name) == (2, "Jane Reader")
    assert writer.place == "Spokane, Wash."
    assert writer.first_seen_at == first.received_at


def test_what_the_desk_learns_makes_no_page_stale(store):
    letter = a_letter(store)
    know(store, letter)
    assert now_of(store, letter)[0].version == letter.version == 1


def test_an_archive_that_comes_later_takes_the_place_of_the_first_letter(store):
    today = a_letter(store)
    with store.work() as work:
        recheck_new(work)
    assert now_of(store, today)[0].is_first
    older = a_letter(store, at=MORNING - timedelta(days=700))
    with store.work() as work:
        recheck_new(work)
    assert [now_of(store, one)[0].is_first for one in (today, older)] == [False, True]
    assert now_of(store, today)[0].reading_key[27] == "1"


def test_without_an_address_name_and_place_tell_the_person(store):
    paper = a_letter(store, email=None, name="José O'Brien")
    again = a_letter(store, email=None, name="JOSE O’BRIEN")
    elsewhere = a_letter(store, email=None, name="José O’Brien", town="Tacoma")
    unsigned = a_letter(store, email=None, name=None)
    nowhere = a_letter(store, email=None, name="José O’Brien", town=None, state=None)
    know(store, paper, again, elsewhere, unsigned, nowhere)
    found = [now_of(store, one)[0] for one in (paper, again, elsewhere, unsigned, nowhere)]
    numbers = [letter.writer_id for letter in found]
    assert numbers[0] == numbers[1] != numbers[2]
    assert numbers[3:] == [None, None]
    assert [letter.is_first for letter in found] == [True, False, True, False, False]


def test_a_letter_that_turns_out_to_be_somebody_elses_leaves_its_writer_in_order(store):
    first = a_letter(store, email=None, at=MORNING - timedelta(days=9))
    second = a_letter(store, email=None)
    know(store, first, second)
    old_writer = now_of(store, second)[1].id
    with store.work() as work:
        letter = letters.by_ref(work, first.ref)
        letter.name = "Jim Reader"
        writers.know(work, [letter])
    (first, writer), (second, left) = now_of(store, first), now_of(store, second)
    assert writer.id != left.id == old_writer
    assert (first.is_first, second.is_first) == (True, True)
    assert (writer.letter_count, left.letter_count) == (1, 1)
    assert writer.household_key == left.household_key  # the same surname at the same place


def test_what_is_in_print_is_counted_through_publishing_and_its_undo(store):
    letter = approved(store)
    know(store, letter)
    writer_id = now_of(store, letter)[0].writer_id
    household = now_of(store, letter)[1].household_key
    edition = an_edition(store, groups=[(None, [letter])], published=True)

    def printed():
        with store.read() as work:
            writer = work.session.get(Writer, writer_id)
            since = writers.printed_since(work, date(2026, 11, 1), writer_id=writer_id)
            also = writers.printed_since(work, date(2026, 11, 8), household_key=household)
            later = writers.printed_since(work, date(2026, 11, 9), writer_id=writer_id)
            assert since == also
            assert later == []
            return writer.published_count, writer.last_published_on, [one.ref for one in since]

    nothing, once = (0, None, []), (1, date(2026, 11, 8), [letter.ref])
    assert printed() == once
    with store.work() as work:
        unpublish(work, editions.by_slug(work, edition.slug), CHIEF, None)
    assert printed() == nothing
    with store.work() as work:
        publish(work, editions.by_slug(work, edition.slug), CHIEF, None)
    with store.work() as work:
        wish = Wish(Decision.KILL, "It was made up.")
        decide(work, letters.by_ref(work, letter.ref), wish, CHIEF, None)
    assert printed() == nothing
    with store.work() as work:
        undo(work, letters.by_ref(work, letter.ref), CHIEF, None)
    assert printed() == once


PEOPLE = ("jane@example.com", "max@example.com", None)
ARRIVALS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 6)), min_size=1, max_size=9)


def test_exactly_the_earliest_letter_of_each_person_is_a_first_one(store):
    @settings(max_examples=30)
    @given(arrivals=ARRIVALS, data=st.data())
    def whatever_comes(arrivals, data):
        with store.work() as work:
            _try(work, arrivals, data)
            work.session.rollback()  # the next example finds an empty desk

    def _try(work, arrivals, data):
        some = [
            a_letter(work, f"Letter {n}.", email=email, at=MORNING - timedelta(hours=hours))
            for n, (email, hours) in enumerate(arrivals)
        ]
        waiting = data.draw(st.permutations(some))
        while waiting:
            size = data.draw(st.integers(1, len(waiting)))
            writers.know(work, waiting[:size])
            waiting = waiting[size:]
        rows = work.session.execute(
            select(
                Letter.writer_id, Letter.received_at, Letter.id, Letter.is_first, Letter.reading_key
            )
        ).all()
        earliest = {}
        for row in rows:
            earliest.setdefault(row.writer_id, []).append((row.received_at, row.id))
        for row in rows:
            is_earliest = (row.received_at, row.id) == min(earliest[row.writer_id])
            assert row.is_first is is_earliest
            assert row.reading_key[27] == ("0" if is_earliest else "1")
        counts = select(Writer.id, Writer.letter_count, Writer.first_seen_at)
        for writer in work.session.execute(counts):
            assert writer.letter_count == len(earliest[writer.id])
            assert writer.first_seen_at == min(earliest[writer.id])[0]

    whatever_comes()
    with store.read() as work:
        assert work.session.scalar(select(Letter.id)) is None


def test_a_letter_that_waits_in_a_draft_is_not_in_print(store):
    letter = approved(store)
    know(store, letter)
    an_edition(store, groups=[(None, [letter])])
    letter, writer = now_of(store, letter)
    assert letter.state is State.PLACED
    assert writer.published_count == 0
