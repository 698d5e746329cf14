"""Pages follow one another without a gap or a double, and forged cursors lead nowhere."""

import base64
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from feedback.domain.errors import Refused
from feedback.domain.house_rules import QueueOrder
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import State
from feedback.store import letters
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import CAP, Count, cursor_after, read_cursor, read_date_cursor
from tests.factories import a_letter, an_article


def walk(store, which, limit):
    """References of all pages, page by page."""
    pages, cursor = [], None
    while True:
        with store.read() as work:
            page = letters.page(work, which, cursor, limit)
        pages.append([one.ref for one in page.rows])
        cursor = page.next
        if cursor is None:
            return pages


@pytest.fixture
def desk(store, clock):
    """Eleven letters, several of the same moment, of several states, channels and articles."""
    article = an_article(store)
    with store.work() as work:
        for number in range(11):
            at = clock.now - timedelta(minutes=number // 3)
            a_letter(
                work,
                at=at,
                received_at=at,
                article=article if number % 2 else None,
                channel=Channel.PAPER if number % 5 == 0 else Channel.WEB,
                to=State.HELD if number % 4 == 0 else State.RECEIVED,
            )
    return store


@pytest.mark.parametrize("limit", [1, 2, 3, 10, 11, 12])
@pytest.mark.parametrize(
    "which",
    [
        LetterFilter(),
        LetterFilter(states=(State.RECEIVED,)),
        LetterFilter(states=(State.RECEIVED, State.HELD)),
        LetterFilter(article_id=1),
        LetterFilter(channel=Channel.PAPER),
        LetterFilter(states=(State.HELD,), channel=Channel.PAPER),
    ],
    ids=["all", "state", "states", "article", "channel", "two filters"],
)
def test_pages_give_every_letter_once_newest_first(desk, which, limit):
    pages = walk(desk, which, limit)
    with desk.read() as work:
        whole = [one.ref for one in letters.page(work, which, limit=500).rows]
        assert letters.count(work, which).number == len(whole)
    assert [ref for page in pages for ref in page] == whole
    assert all(len(page) == limit for page in pages[:-1])
    assert len(set(whole)) == len(whole) > 0


def test_newest_first(desk):
    with desk.read() as work:
        rows = letters.page(work, LetterFilter()).rows
    places = [(one.received_at, one.id) for one in rows]
    assert places == sorted(places, reverse=True)


def test_a_letter_that_comes_in_meanwhile_shifts_nothing(desk, clock):
    with desk.read() as work:
        first = letters.page(work, LetterFilter(), limit=4)
    clock.advance(timedelta(minutes=5))
    new = a_letter(desk)
    with desk.read() as work:
        second = letters.page(work, LetterFilter(), first.next, limit=4)
    seen = {one.ref for one in (*first.rows, *second.rows)}
    assert len(seen) == 8
    assert new.ref not in seen


def test_numbers_go_up_with_the_moment_of_receipt(store, clock):
    """Old letters of an archive stand where they belong, also in a search."""
    new = a_letter(store)
    ages = [timedelta(days=1), timedelta(days=40 * 365), timedelta(days=120 * 365)]
    old = [a_letter(store, received_at=clock.now - age) for age in ages]
    assert [one.id for one in (new, *old)] == sorted((one.id for one in (new, *old)), reverse=True)
    assert old[-1].id > 0


def test_a_search_is_paged_like_a_list(desk):
    from feedback.store import search

    with desk.work() as work:
        for letter in letters.page(work, LetterFilter()).rows:
            search.put(work, search.LETTER_SEARCH, letter.id, "cheap meetings")
    which = LetterFilter(q="meeting", states=(State.RECEIVED,))
    pages = walk(desk, which, 3)
    with desk.read() as work:
        plain = letters.page(work, LetterFilter(states=(State.RECEIVED,)), limit=100).rows
        assert letters.count(work, which).number == len(plain)
    assert sorted(ref for page in pages for ref in page) == sorted(one.ref for one in plain)


# --- Cursors


FORGED = [
    "",
    "x",
    "!!!!",
    "é",
    "\x00",
    "A" * 5000,
    *(
        base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        for text in (
            "2026-11-09",
            "2026-11-09|",
            "|5",
            "2026-11-09T10:00:00|5",  # no zone
            "2026-11-09T10:00:00+00:00|five",
            "2026-11-09T10:00:00+00:00|5|5",
            "0001-01-01T00:00:00+14:00|5",  # before the year 1 in UTC
            "9999-12-31T23:00:00-12:00|5",
            "2026-11-09T10:00:00+00:00|9223372036854775808",
            "2026-11-09T10:00:00+00:00|" + "9" * 5000,
            "99999-01-01T00:00:00+00:00|5",
            "' OR 1=1--|5",
        )
    ),
]


@pytest.mark.parametrize("cursor", FORGED[1:])
def test_a_forged_cursor_is_refused(store, cursor):
    with store.read() as work, pytest.raises(Refused):
        letters.page(work, LetterFilter(), cursor)
    with pytest.raises(Refused):
        read_date_cursor(cursor)


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    st.integers(-(2**63), 2**63 - 1),
)
def test_a_cursor_says_what_was_put_into_it(at, number):
    at = at.replace(tzinfo=UTC)
    assert read_cursor(cursor_after(at, number)) == (at, number)


@given(st.text(max_size=200))
def test_any_text_is_a_cursor_or_refused(text):
    for read in (read_cursor, read_date_cursor):
        with suppress(Refused):  # and nothing else
            read(text)


def test_counts_are_said_up_to_the_cap():
    assert str(Count(0)) == "0"
    assert str(Count(CAP)) == "1,000"
    assert str(Count(CAP + 1)) == "1,000+"
    assert not Count(CAP).is_capped


# --- The reading order


@settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=9),
       st.integers(1, 4), st.booleans())  # fmt: skip
def test_letters_in_any_order_of_arrival_are_read_once_each_in_order(store, arrivals, size, narrow):
    with store.work() as work:
        work.session.execute(delete(Letter))
        known = [an_article(work, published_on=date(2026, 3, day)) for day in (1, 2, 2)]
        for about, minutes in arrivals:
            at = datetime(2026, 3, 3, 12, minutes, tzinfo=UTC)
            a_letter(work, article=known[about] if about < 3 else None, at=at)
    which = LetterFilter(
        (State.RECEIVED,), order=QueueOrder.READING, fits=10_000 if narrow else None
    )
    read, cursor = [], None
    with store.read() as work:
        for _ in range(20):
            page = letters.page(work, which, cursor, size)
            read += page.rows
            cursor = page.next
            if cursor is None:
                break
        everything = letters.page(work, LetterFilter(), limit=100).rows
    keys = [letter.reading_key for letter in read]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys)) == len(everything)
