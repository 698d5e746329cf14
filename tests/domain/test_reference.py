"""References are read out on the telephone: no letter in them is taken for a digit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.reference import ALPHABET, as_reference, new_reference


def test_the_alphabet_is_that_of_the_contract() -> None:
    assert set(ALPHABET) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("prefix", ["WHY", "AB", "LOUIS"])
@pytest.mark.parametrize("length", [5, 8])
def test_what_is_drawn_is_a_reference(prefix: str, length: int) -> None:
    drawn = {new_reference(prefix, length) for _ in range(200)}
    assert len(drawn) > 190
    for ref in drawn:
        assert re.fullmatch(rf"{prefix}-[0-9A-HJKMNP-TV-Z]{{{length}}}", ref)
        assert as_reference(ref) == ref


@pytest.mark.parametrize("typed", ["why-7q2kd", " WHY-7Q2KD ", "Why-7q2KD\n"])
def test_it_is_known_however_it_is_typed(typed: str) -> None:
    assert as_reference(typed) == "WHY-7Q2KD"


@pytest.mark.parametrize(
    "typed",
    ["", "WHY", "WHY-", "WHY-7Q2K", "W-7Q2KD", "LETTER-7Q2KD", "WHY-7Q2KO", "WHY-7Q2KI",
     "WHY 7Q2KD", "WHY-7Q2KD-1", "WHY-7Q2KD; DROP", "ＷＨＹ-7Q2KD", "WHY-٧Q2KD", "WHY-" + "7" * 13,
     "WHY-7Q2KD\x00"],
)  # fmt: skip
def test_other_texts_are_none(typed: str) -> None:
    assert as_reference(typed) is None


@given(st.text(max_size=30))
def test_any_text_is_one_or_none(typed: str) -> None:
    found = as_reference(typed)
    assert found is None or re.fullmatch(r"[A-Z]{2,5}-[0-9A-Z]{5,12}", found)
