"""The fixtures themselves: what every other test stands on."""

from datetime import timedelta

from sqlalchemy import func, select

from feedback.domain.letter import Letter
from feedback.store import columns


def test_an_empty_desk_has_one_column_with_its_rules(store):
    with store.read() as work:
        column = columns.first(work)
        assert (column.id, column.slug, column.name) == (1, "we-hear-you", "We Hear You")
        assert column.address == "letters@example.com"
        assert column.greeting == "Dear We Hear You: "
        assert work.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_the_clock_is_the_tests(store, clock):
    clock.advance(timedelta(hours=3))
    with store.work() as work:
        assert work.now == clock.now
