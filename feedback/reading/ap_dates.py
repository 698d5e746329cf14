"""Days as AP style writes them."""

from datetime import date

# Months of five letters and fewer are never abbreviated.
MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June",
    "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


def ap_date(day: date, this_year: int | None = None) -> str:
    """“March 2, 2026”; without the year where it is `this_year`."""
    words = f"{MONTHS[day.month - 1]} {day.day}"
    return words if day.year == this_year else f"{words}, {day.year}"
