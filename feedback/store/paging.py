"""Keyset paging: a page goes on after the last row of the one before, however many there are."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar

from feedback.domain.errors import Refused
from feedback.domain.reading_order import KEY_LENGTH

Row = TypeVar("Row")

CAP = 1000  # counts stop here: "1,000+"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page with the cursor of the next (None at the end)."""

    rows: Sequence[Row]
    next: str | None


@dataclass(frozen=True)
class Count:
    """How many, counted up to a cap."""

    number: int

    @property
    def is_capped(self) -> bool:
        """True where there are more than were counted."""
        return self.number > CAP

    def __str__(self) -> str:
        return f"{CAP:,}+" if self.is_capped else f"{self.number:,}"


def cursor_after(at: datetime, row_id: int) -> str:
    """Cursor for the rows that follow (at, id)."""
    return _write(at.astimezone(UTC).isoformat(), row_id)


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """What a cursor says; raises Refused for anything that we did not make."""
    at, number = _read(cursor)
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise Refused("This cursor is not one of ours.", "cursor")
        return moment.astimezone(UTC), number
    except (ValueError, OverflowError) as error:  # the latter: before the year 1, after 9999
        raise Refused("This cursor is not one of ours.", "cursor") from error


def date_cursor_after(on: date, row_id: int) -> str:
    """Cursor for the rows that follow (day, id)."""
    return _write(on.isoformat(), row_id)


def read_date_cursor(cursor: str) -> tuple[date, int]:
    """What such a cursor says; raises Refused for anything that we did not make."""
    on, number = _read(cursor)
    try:
        return date.fromisoformat(on), number
    except ValueError as error:
        raise Refused("This cursor is not one of ours.", "cursor") from error


def key_cursor_after(reading_key: str) -> str:
    """Cursor for the letters that are read after the one with this key."""
    return _write(reading_key, 0)


def read_key_cursor(cursor: str) -> str:
    """The key that such a cursor holds; raises Refused for anything that we did not make."""
    key, _zero = _read(cursor)
    if len(key) != KEY_LENGTH or not (key.isascii() and key.isdigit()):
        raise Refused("This cursor is not one of ours.", "cursor")
    return key


def _write(when: str, row_id: int) -> str:
    return base64.urlsafe_b64encode(f"{when}|{row_id}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[str, int]:
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        when, row_id = text.split("|")
        number = int(row_id)
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise Refused("This cursor is not one of ours.", "cursor") from error
    if not -(2**63) <= number < 2**63:
        raise Refused("This cursor is not one of ours.", "cursor")
    return when, number
