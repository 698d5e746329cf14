"""Keyset paging: a page goes on after the last row of the one before, however many there are."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from feedback.domain.errors import Refused

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
    text = f"{at.astimezone(UTC).isoformat()}|{row_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """What a cursor says; raises Refused for anything that we did not make."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        at, row_id = text.split("|")
        moment, number = datetime.fromisoformat(at), int(row_id)
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise Refused("This cursor is not one of ours.", "cursor") from error
    if moment.tzinfo is None or not -(2**63) <= number < 2**63:
        raise Refused("This cursor is not one of ours.", "cursor")
    return moment, number
