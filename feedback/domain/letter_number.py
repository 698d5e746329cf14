"""Numbers of letters: they go up with the moment of receipt, so that a range of them is a time."""

import secrets
from datetime import UTC, datetime
from itertools import count

BEGIN = datetime(1900, 1, 1, tzinfo=UTC)
CHANCE_BITS = 20  # that differ within a process, and by chance between processes
_counter = count(secrets.randbits(CHANCE_BITS))


def new_number(received_at: datetime) -> int:
    """A number for a letter, 43 bits of milliseconds since 1900, then 20 others; never negative.

    The store refuses one that is taken: then another is drawn.
    """
    return first_number(received_at) | (next(_counter) & ((1 << CHANCE_BITS) - 1))


def first_number(at: datetime) -> int:
    """The lowest number that a letter of that moment, or of a later one, can have."""
    # Archives have days that cannot be; whatever they say, a database's numbers have an end.
    milliseconds = int((at - BEGIN).total_seconds() * 1000)
    return min(max(0, milliseconds), 2**43 - 1) << CHANCE_BITS
