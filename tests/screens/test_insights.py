"""Insights: figures against a desk that was counted by hand; pictures and files of them."""

import csv
import io
from datetime import date, timedelta

import pytest
from lxml import etree

from feedback.desk.decide import Wish, decide
from feedback.desk.undo import undo
from feedback.domain.letter import Channel
from feedback.domain.state import Decision
from feedback.intake.recheck import recheck_new
from feedback.screens.insight_charts import Bars, draw
from feedback.screens.insight_figures import FIGURES, at_share, duration
from feedback.store import letters
from tests.factories import a_letter, an_article, an_edition, an_editor, approved
from tests.fixtures_database import MORNING
from tests.screens.desk_page import open_page

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def decided(store, letter, decision, **more):
    with store.work() as work:
        decide(work, letters.by_ref(work, letter.ref), Wish(decision, **more), an_editor(), None)


@pytest.fixture
def desk(store, clock):
    """A week at the desk: ten letters of the period, one before it, one undone decision."""
    levee = an_article(store, "=Who Pays for the Levee?")
    old = a_letter(store, "Long ago.", at=MORNING - 200 * DAY)
    printed = [
        approved(store, f"Printed {n}.", article=levee, email=f"p{n}@example.com", at=MORNING - DAY)
        for n in range(2)
    ]
    again = approved(store, "Jane again.", article=levee, at=MORNING - DAY)
    an_edition(store, groups=[(None, [*printed, again])], published=True)
    waits = [
        a_letter(store, f"Waits {n}.", email=f"w{n}@example.com", state="ID") for n in range(2)
    ]
    late = a_letter(
        store, "Just before midnight.", email="late@example.com", at=MORNING - 10 * HOUR
    )  # 11:30 p.m. of the day before in New York
    paper = a_letter(
        store, "On paper.", channel=Channel.PAPER, email=None, town="Kyiv", state=None,
        country="Ukraine",
    )  # fmt: skip
    undone = a_letter(store, "Undone.", email="u@example.com")
    clock.advance(2 * HOUR)
    decided(store, waits[0], Decision.DECLINE)
    decided(store, waits[1], Decision.DECLINE, reason="too_long")
    decided(store, undone, Decision.SPIKE)
    with store.work() as work:
        undo(work, letters.by_ref(work, undone.ref), an_editor(), None)
    clock.advance(46 * HOUR)
    decided(store, paper, Decision.SPIKE)
    while True:
        with store.work() as work:
            if not recheck_new(work):
                break
    return {"old": old, "late": late}


def rows(browser, name, period="from=2026-11-01&to=2026-11-12"):
    answer = browser.get(f"/desk/insights/{name}.csv?{period}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}.csv"
    found = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    return {row[0]: row[1:] for row in found[1:]}


def test_the_figures_are_those_that_were_counted_by_hand(log_in, desk):
    browser = log_in("publisher")
    days = rows(browser, "by-day")
    assert len(days) == 12
    assert {day: row for day, row in days.items() if row != ["0", "0"]} == {
        "2026-11-08": ["4", "0"],
        "2026-11-09": ["4", "5"],  # three approved, two declined; the undone one is none
        "2026-11-11": ["0", "1"],
    }
    assert rows(browser, "outcome") == {
        "Printed": ["3"], "Waiting": ["2"], "Not chosen": ["1"], "Declined": ["1"], "Spiked": ["1"],
    }  # fmt: skip
    assert rows(browser, "channel") == {"By web form": ["7"], "On paper": ["1"]}
    assert rows(browser, "state") == {"Washington": ["5"], "Idaho": ["2"], "Ukraine": ["1"]}
    assert rows(browser, "first-time") == {
        "First-time writers": ["7", "2"], "Everybody else": ["1", "1"],
    }  # fmt: skip
    assert rows(browser, "decision")["within a day"] == ["2"]
    assert rows(browser, "decision")["within two days"] == ["3"]
    assert rows(browser, "decision")["within four days"] == ["1"]


def test_a_headline_that_a_spreadsheet_would_compute_is_guarded(log_in, desk):
    assert rows(log_in(), "article") == {"'=Who Pays for the Levee?": ["3", "3", "2"]}


def test_the_page_shows_them_with_pictures_and_tables(log_in, desk):
    page = open_page(log_in("reader_editor"), "/desk/insights?from=2026-11-01&to=2026-11-12")
    for words in (
        "Letters received 8",
        "Printed 3",
        "2 of 3",
        "Half within 1 day, nine of 10 within 2 days.",
        "Most came on Nov. 8: 4.",
        "=Who Pays for the Levee?",
    ):
        assert words in page.main, words
    pictures = list(page.tree.iter("img"))
    assert len(pictures) == len(FIGURES)
    assert all(one.get("alt") for one in pictures)
    for one in pictures:
        answer = page.browser.get(one.get("src"))
        assert answer.mimetype == "image/svg+xml"
        policy = answer.headers["Content-Security-Policy"]
        assert "sandbox" in policy
        assert "script-src" not in policy


def test_without_a_period_it_is_the_last_90_days(log_in, desk):
    assert len(rows(log_in(), "by-day", "")) == 90
    year = rows(log_in(), "by-day", "from=2026-01-01&to=2026-11-12")
    assert year["2026-04-23"] == ["1", "0"]  # the week in which the old letter came
    assert len(year) == 46


@pytest.mark.parametrize(
    "period",
    ["from=x", "to=2026-13-01", "from=2026-03-02&to=2026-03-01", "from=1950-01-01", "column=none",
     "from=0001-01-01&to=0001-02-01", "from=%00"],
)  # fmt: skip
def test_a_period_that_cannot_be_is_refused_in_words(log_in, store, period):
    browser = log_in()
    page = open_page(browser, f"/desk/insights?{period}")
    assert page.status == 422
    assert "This period cannot be shown" in page.main
    assert browser.get(f"/desk/insights/by-day.csv?{period}").status_code == 422


def test_an_empty_desk_says_so(log_in, store):
    page = open_page(log_in(), "/desk/insights")
    assert "No letters came in this period." in page.main
    assert list(page.tree.iter("img")) == []
    assert log_in().get("/desk/insights/other.svg").status_code == 404


def test_nobody_outside_sees_them(client, store):
    for path in ("", "/by-day.svg", "/by-day.csv"):
        assert client.get(f"/desk/insights{path}").status_code in (302, 303, 401)


def test_a_picture_runs_nothing_and_asks_nobody():
    bars = Bars(["<b>&\x00", "b" * 300], [3, 0], is_lying=True)
    for is_narrow in (True, False):
        drawn = draw(bars, is_narrow=is_narrow)
        tree = etree.fromstring(drawn)
        names = {etree.QName(one).localname for one in tree.iter()}
        assert names.isdisjoint({"script", "foreignObject", "image", "use", "a", "b"})
        assert not any(one.get("style") or one.get("href") for one in tree.iter())
        assert b"@import" not in drawn
        assert b"url(" not in drawn
    assert draw(Bars([str(date(2026, 1, 1))], [0], is_lying=False), is_narrow=False)


def test_the_share_of_waits_is_the_nearest_one():
    waits = [timedelta(days=n) for n in (5, 1, 4, 2, 3, 6, 7, 8, 9, 10)]
    assert at_share(waits, 0.5) == timedelta(days=5)
    assert at_share(waits, 0.9) == timedelta(days=9)
    assert at_share(waits[:1], 0.9) == timedelta(days=5)


def test_waits_in_words(app):
    with app.test_request_context():
        assert duration(timedelta(minutes=40)) == "40 minutes"
        assert duration(timedelta(hours=5)) == "5 hours"
        assert duration(timedelta(days=1)) == "1 day"
        assert duration(timedelta(days=3.6)) == "3.6 days"
