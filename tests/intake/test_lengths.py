"""Limits of the fields count what was typed."""

import pytest

from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.intake.fields import LIMITS, read_fields

WHOLE = {
    "article": "Working Group With Beijing",
    "remarks": "Meetings are cheap.",
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "email": "jane@example.com",
    "consent": "y",
}


def wrong_fields(**changes: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read_fields(WHOLE | changes, Channel.WEB)
    return [(error.field, error.code) for error in refused.value.details["errors"]]


@pytest.mark.parametrize("name", [n for n in LIMITS if n not in ("email", "country", "state")])
def test_one_character_too_many_is_refused(name: str) -> None:
    read_fields(WHOLE | {name: "x" * LIMITS[name]}, Channel.WEB)
    assert wrong_fields(**{name: "x" * (LIMITS[name] + 1)}) == [(name, "too_long")]


def test_five_thousand_marks_on_one_letter_are_counted() -> None:
    assert wrong_fields(name="e" + "\u0301" * 5000) == [("name", "too_long")]


def test_a_line_end_counts_once() -> None:
    lines = "\r\n".join(["x" * 99] * 200)  # 19,999 characters as a person counts
    assert read_fields(WHOLE | {"remarks": lines}, Channel.WEB).remarks.count("\n") == 199
