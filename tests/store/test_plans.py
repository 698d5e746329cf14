"""However many letters there are, a page reads one page: every list has an index in its order."""

import pytest
from sqlalchemy import event

from feedback.domain.letter import Channel
from feedback.domain.state import State
from feedback.store import article_letters, events, letters, mails, writer_pages, writers
from feedback.store.letter_filter import LetterFilter
from tests.factories import a_letter, an_article

IN_ORDER = {
    "all": LetterFilter(),
    "one state": LetterFilter(states=(State.DECLINED,)),
    "an article": LetterFilter(article_id=1),
    "a channel": LetterFilter(channel=Channel.PAPER),
}
LISTS = {**IN_ORDER, "a reference": LetterFilter(q="WHY-AAAAA")}


def plan_of(store, call):
    """How the database goes about the first statement of a call."""
    seen = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        seen.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    with store.work() as work:
        call(work)
    event.remove(store.engine, "before_cursor_execute", note)
    statement, parameters = next(one for one in seen if one[0].startswith("SELECT"))
    with store.engine.connect() as connection:
        if store.is_sqlite:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [row[3] for row in rows]
        # Of a few rows it is cheapest to read all and sort: see whether there is another way.
        for what in ("seqscan", "bitmapscan", "sort"):
            connection.exec_driver_sql(f"SET LOCAL enable_{what} = off")
        return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def is_by_index(plan):
    """Neither a whole table is read nor what was found is sorted."""
    bad = ("TEMP B-TREE", "Sort", "Seq Scan on letter", "Seq Scan on event", "Seq Scan on mail")
    lines = [line for line in plan if not line.startswith(("SCAN (subquery", "SCAN anon"))]
    scans = [line for line in lines if line.startswith("SCAN") and "INDEX" not in line]
    return not scans and not any(word in line for word in bad for line in lines)


@pytest.fixture
def desk(store):
    article = an_article(store)
    with store.work() as work:
        for number in range(12):
            a_letter(work, f"Letter {number}.", article=article)
    return store


@pytest.mark.parametrize("which", IN_ORDER.values(), ids=IN_ORDER)
def test_a_page_is_read_in_the_order_of_an_index(desk, which):
    assert is_by_index(plan_of(desk, lambda work: letters.page(work, which)))


@pytest.mark.parametrize("which", IN_ORDER.values(), ids=IN_ORDER)
def test_the_next_page_begins_where_the_last_one_ended(desk, which):
    with desk.read() as work:
        cursor = letters.page(work, LetterFilter(), limit=10).next
    plan = plan_of(desk, lambda work: letters.page(work, which, cursor))
    assert is_by_index(plan)
    assert any("received_at" in line for line in plan)


@pytest.mark.parametrize("which", LISTS.values(), ids=LISTS)
def test_a_count_reads_an_index(desk, which):
    assert is_by_index(plan_of(desk, lambda work: letters.count(work, which)))


@pytest.mark.parametrize("typed", ["letter", '"letter" -seven'])
def test_a_search_reads_one_page_of_the_words(desk, typed):
    plan = plan_of(desk, lambda work: letters.page(work, LetterFilter(q=typed)))
    if desk.is_sqlite:
        assert any("VIRTUAL TABLE" in line for line in plan)
        assert not any("TEMP B-TREE" in line for line in plan)


@pytest.mark.parametrize(
    "call",
    [
        lambda work: letters.unchecked(work, 10),
        lambda work: letters.hold_is_over(work, work.now.date()),
        lambda work: mails.claim_due(work, 10),
        events.page,
        lambda work: letters.history(work, 5),
    ],
    ids=["owed checks", "holds", "owed mails", "audit", "history"],
)
def test_what_the_worker_and_the_desk_ask_for_has_an_index(desk, call):
    plan = plan_of(desk, call)
    assert not any(line.startswith("SCAN letter") and "INDEX" not in line for line in plan)
    assert is_by_index([line for line in plan if "TEMP B-TREE" not in line and "Sort" not in line])


@pytest.mark.parametrize(
    "call",
    [
        lambda work: writer_pages.letters_of(work, [1]),
        lambda work: writer_pages.printed(work, 1),
        lambda work: writers.printed_since(work, work.now.date(), writer_id=1),
        lambda work: article_letters.page(work, 1),
        lambda work: article_letters.printed(work, 1),
    ],
    ids=[
        "letters of a writer",
        "in print of a writer",
        "quota",
        "answers",
        "in print of an article",
    ],
)
def test_a_writers_and_an_articles_page_read_no_more_than_they_show(desk, call):
    # Letters of one day of print, which the index puts together, are sorted among themselves.
    within_a_day = ("edition", "Incremental Sort", "Sort Key", "Presorted Key")
    plan = [line for line in plan_of(desk, call) if not any(word in line for word in within_a_day)]
    assert is_by_index(plan), plan
