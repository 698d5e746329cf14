"""Days and hours as AP style writes them."""

from datetime import date, datetime

# Months of five letters and fewer are never abbreviated.
MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


def ap_date(day: date, this_year: int | None = None) -> str:
    """“March 2, 2026”; without the year where it is `this_year`."""
    words = f"{MONTHS[day.month - 1]} {day.day}"
    return words if day.year == this_year else f"{words}, {day.year}"


def ap_time(at: datetime) -> str:
    """“9:14 a.m.”, of a moment in its own zone."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "noon" if at.hour else "midnight"
    half = "a.m." if at.hour < 12 else "p.m."
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes} {half}"


def ap_moment(at: datetime, now: datetime) -> str:
    """“March 2, 9:14 a.m.”, in the zone of `at`; with the year where it is not this one."""
    return f"{ap_date(at.date(), now.year)}, {ap_time(at)}"
