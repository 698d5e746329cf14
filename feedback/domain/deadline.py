"""The deadline of the column: a weekday and an hour, before each edition."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Deadline:
    """Letters that come by then are considered for the next edition; 0 is Monday."""

    weekday: int
    at: time

    @classmethod
    def of(cls, kept: str) -> Self:
        """From its kept form, “2 17:00”. Raises ValueError."""
        weekday, _space, at = kept.partition(" ")
        return cls(int(weekday), time.fromisoformat(at))

    def kept(self) -> str:
        """As JSON keeps it."""
        return f"{self.weekday} {self.at:%H:%M}"

    def before(self, edition_on: date, zone: ZoneInfo) -> datetime:
        """The deadline of an edition of that day: the last such weekday, at most its own day."""
        day = edition_on - timedelta(days=(edition_on.weekday() - self.weekday) % 7)
        return datetime.combine(day, self.at, zone)
