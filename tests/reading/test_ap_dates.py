"""Days and hours as AP style writes them."""

from datetime import UTC, date, datetime

import pytest

from feedback.reading.ap_dates import ap_date, ap_moment, ap_time


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 2), "March 2, 2026"),
        (date(2026, 2, 27), "Feb. 27, 2026"),
        (date(2026, 9, 1), "Sept. 1, 2026"),
        (date(2026, 5, 31), "May 31, 2026"),
    ],
)
def test_days(day: date, written: str) -> None:
    assert ap_date(day) == written


def test_this_year_goes_without_saying() -> None:
    assert ap_date(date(2026, 3, 2), 2026) == "March 2"
    assert ap_date(date(2025, 3, 2), 2026) == "March 2, 2025"


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (9, 14, "9:14 a.m."),
        (15, 0, "3 p.m."),
        (0, 0, "midnight"),
        (12, 0, "noon"),
        (0, 5, "12:05 a.m."),
        (12, 30, "12:30 p.m."),
        (23, 59, "11:59 p.m."),
    ],
)
def test_hours(hour: int, minute: int, written: str) -> None:
    assert ap_time(datetime(2026, 3, 2, hour, minute, tzinfo=UTC)) == written


def test_a_moment() -> None:
    at = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
    assert ap_moment(at, at) == "March 2, 9:14 a.m."
