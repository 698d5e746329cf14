"""What became of a letter that was handed in, also of one that was handed in before."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, select

from feedback.domain.errors import Refused
from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.link import Link, Purpose
from feedback.domain.state import State

MISSING = "missing"  # key of the first event's facts

_letter, _event, _link = Letter.__table__.c, Event.__table__.c, Link.__table__.c

# With its first event and the oldest link to the reader's page: the answer of the first time.
_KNOWN = (
    select(
        _letter.submission_key,
        _letter.submission_digest,
        _letter.id,
        _letter.ref,
        _event.to_state,
        _event.facts,
        _link.nonce,
    )
    .join_from(
        Letter.__table__,
        Event.__table__,
        and_(_event.letter_id == _letter.id, _event.seq == 1),
    )
    .outerjoin(Link.__table__, and_(_link.letter_id == _letter.id, _link.purpose == Purpose.STATUS))
    .order_by(_link.made_at.desc())  # the oldest comes last and stays
)


class Taken(NamedTuple):
    """What became of a letter when it came in; `was_known` for a repeat.

    `state` and `missing` are those of the first time. `nonce` is that of the link to the
    reader's own page, None where it has none; `links.status_token` makes the token of it.
    """

    letter_id: int
    ref: str
    was_known: bool
    state: State
    missing: tuple[str, ...]
    nonce: str | None


class Known(NamedTuple):
    """A letter that came in under a submission key, with the digest of what it said."""

    digest: str | None
    taken: Taken

    def answer_to(self, digest: str | None) -> Taken:
        """What a repeat is told; raises Refused (kind `key_reused`) where it says other things."""
        if digest != self.digest:
            raise Refused(
                "This key was used for another letter.",
                "key_reused",
                {"letter": self.taken.letter_id},
            )
        return self.taken._replace(was_known=True)


def taken_now(rows: Mapping[str, Any]) -> Taken:
    """The answer to a letter that is new."""
    letter, event = rows["letter"][0], rows["event"][0]
    links = rows.get("link")
    nonce = links[0]["nonce"] if links else None
    return _taken(letter["id"], letter["ref"], event["to_state"], event["facts"], nonce)


def known(connection: Connection, keys: Collection[str]) -> dict[str, Known]:
    """The letters that came in under these submission keys, by key."""
    if not keys:
        return {}
    found = connection.execute(_KNOWN.where(_letter.submission_key.in_(list(keys))))
    return {
        row.submission_key: Known(
            row.submission_digest, _taken(row.id, row.ref, row.to_state, row.facts, row.nonce)
        )
        for row in found
    }


def _taken(
    letter_id: int, ref: str, state: State, facts: Mapping[str, Any] | None, nonce: str | None
) -> Taken:
    return Taken(letter_id, ref, False, state, tuple((facts or {}).get(MISSING, ())), nonce)
