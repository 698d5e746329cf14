"""Two submissions under one key: the same letter, or another one."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from feedback.domain.letter import Channel
from feedback.domain.sender_auth import SenderAuth
from feedback.domain.submission import Submission

PLAIN = Submission(channel=Channel.WEB, remarks="Meetings are cheap.", name="Jane Q. Reader")
OTHERS: dict[str, Any] = {
    "remarks": "Talk is cheap.",
    "article": "Working Group",
    "article_id": 4,
    "name": "Max Writer",
    "standing": "Mayor",
    "town": "Spokane",
    "state": "WA",
    "country": "Canada",
    "email": "jane@example.com",
    "phone": "509 555 0100",
    "affiliation": "I sell eggs.",
    "is_withheld": True,
    "withhold_reason": "My job",
    "is_general": True,
}
# How it came, not what it says.
ROUND_ABOUT: dict[str, Any] = {
    "channel": Channel.API,
    "consent": "another wording",
    "key": "k-1",
    "is_trapped": True,
    "mailbox_id": 3,
    "auth": SenderAuth(dmarc="pass"),
    "message_id": "<1@example.com>",
    "mentions": "WHY-7Q2KD",
    "received_at": datetime(2024, 2, 1, tzinfo=UTC),
    "as_typed": {"name": "jane q. reader"},
}


def test_every_field_is_one_or_the_other() -> None:
    assert {field.name for field in fields(Submission)} == {*OTHERS, *ROUND_ABOUT}


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_it_says_makes_another_letter(name: str) -> None:
    assert replace(PLAIN, **{name: OTHERS[name]}).digest() != PLAIN.digest()


@pytest.mark.parametrize("name", ROUND_ABOUT)
def test_how_it_came_does_not(name: str) -> None:
    assert replace(PLAIN, **{name: ROUND_ABOUT[name]}).digest() == PLAIN.digest()


def test_values_do_not_run_into_one_another() -> None:
    one = replace(PLAIN, town="Spokane", state="WA")
    assert one.digest() != replace(PLAIN, town="SpokaneWA", state=None).digest()
    assert replace(PLAIN, remarks="half \ud800").digest() != PLAIN.digest()
