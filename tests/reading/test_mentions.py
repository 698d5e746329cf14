"""Who is meant by “@name” in a note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.mentions import MOST, mentioned

DESK = {
    1: ("Ana Ruiz", "ana.ruiz@example.com"),
    2: ("Tom Hale", "tom@example.com"),
    3: ("Tom Reyes", "reyes@example.com"),
}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("@ana, look", [1]),
        ("What says @AnaRuiz?", [1]),
        ("@ana.ruiz.", [1]),
        ("@tom and @reyes", [3]),  # two are called Tom
        ("@tomhale @ana @tomhale", [2, 1]),
        ("mail me@ana.example.com", []),
        ("@nobody", []),
        ("", []),
    ],
)
def test_a_name_tells_one_person_or_nobody(text, numbers):
    assert mentioned(text, DESK) == numbers


@given(st.text(alphabet="@anatom. \n", max_size=300))
def test_any_note(text):
    found = mentioned(text, DESK)
    assert len(found) == len(set(found)) <= MOST
    assert set(found) <= set(DESK)
