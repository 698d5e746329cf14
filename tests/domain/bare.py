"""Letters that no database knows: for rules that are the domain's alone."""

from datetime import UTC, datetime
from typing import Any

from feedback.domain.actor import Actor, ActorKind
from feedback.domain.column import Column, PlaceRule, VerificationPolicy
from feedback.domain.letter import Channel, Letter
from feedback.domain.original import Contact, Original
from feedback.domain.revision import Revision
from feedback.domain.state import State
from feedback.domain.verification import Method, Outcome, Verification

NOON = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)
ANN = Actor(ActorKind.EDITOR, "Ann Editor", 7)


def a_bare_column(**rules: Any) -> Column:
    """A column with the house's rules."""
    plain = {
        "name": "We Hear You",
        "verification_policy": VerificationPolicy.LINK,
        "place_rule": PlaceRule.ASKED,
        "proof_threshold": 30,
        "time_zone": "America/New_York",
        "hold_days": 14,
        "tells_declined": False,
        "grace_minutes": 10,
    }
    return Column(**(plain | rules))


def a_bare_letter(state: State = State.RECEIVED, **fields: Any) -> Letter:
    """A letter that lacks nothing but its writer's yes."""
    plain = {
        "id": 1,
        "ref": "WHY-7Q2KD",
        "channel": Channel.WEB,
        "state": state,
        "version": 3,
        "received_at": NOON,
        "word_count": 3,
        "name": "Jane Q. Reader",
        "town": "Spokane",
        "place_state": "WA",
        "country": "US",
        "is_withheld": False,
        "is_general": True,
        "is_name_changed": False,
        "is_abridged": False,
        "has_bracket": False,
        "article_given": "Working Group With Beijing",
        "event_count": 1,
        "column": a_bare_column(),
        "original": Original(remarks="Meetings are cheap.", given={"name": "Jane Q. Reader"}),
        "contact": Contact(email="jane@example.com", phone="509 555 0100"),
    }
    return Letter(**(plain | fields))


def an_edit(**measures: Any) -> Revision:
    """An edited text that a letter's writer need not see, unless told."""
    plain = {"number": 1, "remarks": "Cheap.", "cut_percent": 0, "added_percent": 0}
    return Revision(**(plain | {"added_words": 0, "touched": []} | measures))


def tried(method: Method, outcome: Outcome = Outcome.CONFIRMED) -> Verification:
    """One attempt to find out who wrote it."""
    return Verification(method=method, outcome=outcome, by_kind=ActorKind.EDITOR, at=NOON)
