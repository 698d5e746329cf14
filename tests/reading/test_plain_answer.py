"""Replies of few words: what is plain is understood, and nothing else is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.place import country_name, state_code
from feedback.reading.plain_answer import PlainAnswer, Says, plain_answer

ALL = ("article", "name", "town")


def read(text: str, missing: tuple[str, ...] = ALL, name: str | None = None) -> PlainAnswer:
    return plain_answer(text, missing, name, state_code, country_name)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Yes", Says.YES),
        ("Yes.", Says.YES),
        ("YES!\n\nThanks", Says.YES),
        ("Yes, I wrote this", Says.YES),
        ("yes, that is mine", Says.YES),
        ("It’s mine.", Says.YES),
        ("Dear editors,\n\nYes, I wrote this letter.\n\nSincerely,", Says.YES),
        ("I confirm that I wrote it.", Says.YES),
        ("No, I did not write this.", Says.NO),
        ("I didn’t write this letter", Says.NO),
        ("That was not me.", Says.NO),
        ("withdraw", Says.WITHDRAW),
        ("Please do not print it", Says.WITHDRAW),
        ("Please withdraw my letter. Thank you!", Says.WITHDRAW),
        ("I would like to withdraw my letter.", Says.WITHDRAW),
        ("No", None),
        ("Yes, but please cut the end", None),
        ("Yes, I wrote this, and you may print it under my name only", None),
        ("I did not write this to be insulted", None),
        ("Don’t withdraw it", None),
        ("Yes? Who are you?", None),
        ("", None),
    ],
)
def test_what_a_reply_says(text: str, says: Says | None) -> None:
    assert read(text).says is says


@pytest.mark.parametrize(
    ("text", "missing", "fields"),
    [
        ("Jane Reader", ALL, {"name": "Jane Reader"}),
        ("My name is Jane Reader.", ALL, {"name": "Jane Reader"}),
        (
            "Jane Reader\nSpokane, Wash.",
            ALL,
            {"name": "Jane Reader", "town": "Spokane", "state": "Wash."},
        ),
        (
            "Jane Reader, Spokane, Wash.",
            ALL,
            {"name": "Jane Reader", "town": "Spokane", "state": "Wash."},
        ),
        ("Smallville Creek, Kan.", ("town",), {"town": "Smallville Creek", "state": "Kan."}),
        ("Jane Reader, Ohio", ("name",), {"name": "Jane Reader", "state": "Ohio"}),
        ("Jane Reader, Ohio", ALL, {}),  # or is there a town of that name?
        ("I live in Spokane", ALL, {"town": "Spokane"}),
        ("Canada", ALL, {"country": "Canada"}),
        ("Okay", ALL, {}),  # a town in Oklahoma
        ("OK", ALL, {}),
        ("No", ALL, {}),  # the code of Norway
        ("Thanks a lot", ALL, {}),
        ("Jane Reader\nWhy do you ask?", ALL, {}),
    ],
)
def test_what_a_reply_gives(text: str, missing: tuple[str, ...], fields: dict[str, str]) -> None:
    assert read(text, missing).fields == fields


def test_the_writers_own_name_below_it_is_no_more_than_that() -> None:
    assert read("Yes\n\nJane", (), "Jane Q. Reader").says is Says.YES
    assert read("Yes\n\nTom", (), "Jane Q. Reader").says is None


@given(st.text(max_size=600))
def test_any_text_is_read(text: str) -> None:
    found = read(text)
    assert set(found.fields) <= {"name", "town", "state", "country"}


@pytest.mark.parametrize("piece", ["yes ", "i wrote it ", "please ", "a, ", "-", "Aa "])
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    for length in (100, 399, 100_000):
        read((piece * length)[:length])
    assert time.process_time() - began < 0.5
