"""Towns, however people spell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.place import STATES
from feedback.reading.gazetteer import PLACES, is_known_town, states_of


@pytest.mark.parametrize(
    ("town", "code"),
    [
        ("Spokane", "WA"), ("spokane", "wa"), ("SPOKANE", "WA"), (" Spokane ", "WA"),
        ("St. Louis", "MO"), ("Saint Louis", "MO"), ("St Louis", "MO"), ("Ste. Genevieve", "MO"),
        ("Ft. Worth", "TX"), ("Fort Worth", "TX"), ("Mt. Pleasant", "SC"), ("Mount Pleasant", "SC"),
        ("Coeur d’Alene", "ID"), ("Coeur d'Alene", "ID"), ("coeur dalene", "ID"),
        ("O'Fallon", "IL"), ("OFallon", "IL"), ("Winston-Salem", "NC"), ("Winston Salem", "NC"),
        ("DeKalb", "IL"), ("De Kalb", "IL"), ("N. Little Rock", "AR"), ("New York City", "NY"),
        ("Bayamón", "PR"), ("Hagåtña", "GU"), ("City of Spokane", "WA"), ("Washington", "DC"),
        ("APO", "AE"), ("Limon", "CO"), ("Wheaton", "IL"), ("Springfield", "OR"),
    ],
)  # fmt: skip
def test_known(town: str, code: str) -> None:
    assert is_known_town(town, code)


@pytest.mark.parametrize(
    ("town", "code"),
    [
        ("Nowhereville", "OH"), ("Spokane", "TX"), ("Spokane", "XX"), ("", "WA"), (" ", "WA"),
        (".", "WA"), ("Spokane", ""), ("a" * 5000, "WA"), ("\x00", "WA"), ("city", "NY"),
    ],
)  # fmt: skip
def test_unknown(town: str, code: str) -> None:
    assert not is_known_town(town, code)


def test_states_of_a_town() -> None:
    assert states_of("Bozeman") == ["MT"]
    assert {"IL", "MA", "MO", "OR"} <= set(states_of("Springfield"))
    assert states_of("Nowhereville") == []


def test_its_states_are_those_of_the_house() -> None:
    assert set(PLACES) == {state.code for state in STATES}


@given(st.text(max_size=60), st.text(max_size=4))
def test_anything_can_be_asked(town: str, code: str) -> None:
    assert is_known_town(town, code) in (True, False)
