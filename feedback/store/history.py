"""Whether a letter's history is as it was written: each event's hash holds the one before."""

from collections.abc import Sequence

from feedback.domain.event import Event, chain, words_digest
from feedback.domain.letter import Letter
from feedback.store.work import CHAINED, Keys


def broken_at(keys: Keys, letter: Letter, events: Sequence[Event]) -> int | None:
    """Number of the first event (oldest first) that does not fit; None where the chain holds.

    A line that was changed, taken out or put in breaks it; so does one that is missing at the end.
    """
    previous = ""
    for number, event in enumerate(events, 1):
        fields = {name: getattr(event, name) for name in CHAINED}
        is_whole = (
            event.seq == number
            and event.words_digest == words_digest(keys.digests, event.why, event.facts)
            and event.hash == chain(previous, fields)
        )
        if not is_whole:
            return number
        previous = event.hash
    is_end = len(events) == letter.event_count and previous == letter.chain_head
    return None if is_end else len(events) + 1
