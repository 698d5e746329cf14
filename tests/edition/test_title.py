"""Titles in the house form."""

import pytest

from feedback.edition.title import title_of

LONG = "How a Very Long Headline About the County and Its Many Unfinished Bridges Goes On and On"


@pytest.mark.parametrize(
    ("topics", "title"),
    [
        ([], "We Hear You"),
        (["student debt"], "We Hear You: Student Debt"),
        (["Fentanyl", "student debt"], "We Hear You: Fentanyl and Student Debt"),
        (
            ["fentanyl", "student debt", "the price of eggs"],
            "We Hear You: Fentanyl, Student Debt, and the Price of Eggs",
        ),
        (["A", "b", "C", "d", "E"], "We Hear You: A, B, C, and D"),
        (["Fentanyl", "FENTANYL", "Debt"], "We Hear You: Fentanyl and Debt"),
        (["“Don't Tread on Me”"], "We Hear You: “Don’t Tread on Me”"),
    ],
)
def test_a_title_is_made_of_topics(topics: list[str], title: str) -> None:
    assert title_of("We Hear You", topics) == title


def test_topics_without_room_are_left_out() -> None:
    title = title_of("We Hear You", [f"{LONG} {n}" for n in range(4)])
    assert len(title) <= 300
    assert title.count("How a Very Long Headline") == 3
