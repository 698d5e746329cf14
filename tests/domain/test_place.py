"""What people write for a state or a country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.place import (
    BIG_CITIES,
    STATES,
    country_name,
    country_names,
    standing_alone,
    state_code,
    state_name,
    state_with_town,
)

# The house form's own list, as it stands there.
AP_FORMS = """
    Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Md. Mass. Mich. Minn.
    Miss. Mo. Mont. Neb. Nev. N.H. N.J. N.M. N.Y. N.C. N.D. Okla. Ore. Pa. R.I. S.C. S.D. Tenn. Vt.
    Va. Wash. W.Va. Wis. Wyo.
    """.split()  # noqa: SIM905 -- as the house form has it
IN_FULL = ["Alaska", "Hawaii", "Idaho", "Iowa", "Maine", "Ohio", "Texas", "Utah"]
CITIES = """
    Atlanta, Baltimore, Boston, Chicago, Cincinnati, Cleveland, Dallas, Denver, Detroit, Honolulu,
    Houston, Indianapolis, Las Vegas, Los Angeles, Miami, Milwaukee, Minneapolis, New Orleans,
    New York, Oklahoma City, Philadelphia, Phoenix, Pittsburgh, St. Louis, Salt Lake City,
    San Diego, San Francisco, Seattle, Washington
    """


def test_there_are_fifty_states_the_district_five_territories_three_military() -> None:
    assert len(STATES) == 50 + 1 + 5 + 3
    assert len({state.code for state in STATES}) == len(STATES)


def test_the_ap_forms_are_those_of_the_house() -> None:
    forms = {state.with_town for state in STATES}
    assert forms >= {*AP_FORMS, *IN_FULL, "D.C.", "Puerto Rico", "Guam", "U.S. Virgin Islands"}


def test_the_cities_that_stand_alone_are_those_of_the_house() -> None:
    assert list(BIG_CITIES) == " ".join(CITIES.split()).split(", ")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_every_form_of_a_state_leads_back_to_it(state: object) -> None:
    code, name, ap = state.code, state.name, state.with_town  # type: ignore[attr-defined]
    for form in (code, name, ap, *state.also):  # type: ignore[attr-defined]
        for typed in (form, form.lower(), form.upper(), f"  {form} ", form.replace(".", "")):
            assert state_code(typed) == code, typed
    assert state_name(code) == name
    assert state_with_town(code) == ap


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("W A", "WA"), ("w.a.", "WA"), ("N. J.", "NJ"), ("N J", "NJ"), ("West Va", "WV"),
        ("W. Va.", "WV"), ("State of Ohio", "OH"), ("Commonwealth of Virginia", "VA"),
        ("WA 99201", "WA"), ("Wash. 99201-0001", "WA"), ("Hawai‘i", "HI"), ("USVI", "VI"),
        ("Washington, D.C.", "DC"), ("WASHINGTON DC", "DC"), ("Tex.", "TX"), ("Penn.", "PA"),
        ("N. Dakota", None), ("No. Dakota", "ND"), ("Minn", "MN"), ("Me.", "ME"), ("Wash", "WA"),
    ],
)  # fmt: skip
def test_states_as_people_write_them(typed: str, code: str | None) -> None:
    assert state_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", " ", ".", "Minnesotta", "Wahington", "Main", "XX", "Ontario", "12", "99201", "W@A",
     "WA\x00", "ＷＡ1", "Ohio or so", "\ud800", "a" * 5000, "stateof"],
)  # fmt: skip
def test_what_is_no_state_is_none(typed: str) -> None:
    assert state_code(typed) is None


def test_nothing_is_guessed_by_sound() -> None:
    assert state_code("Minn.") == "MN"
    assert state_code("Maine") == "ME"
    for typed in ("Mane", "Mayne", "Ohiho", "Kansass", "Texus", "Idahoe"):
        assert state_code(typed) is None


@pytest.mark.parametrize(
    "typed", ["US", "us", "U.S.", "USA", "U.S.A.", "United States", "the United States",
              "United States of America", "UNITED STATES", "America"],
)  # fmt: skip
def test_every_spelling_of_the_united_states(typed: str) -> None:
    assert country_name(typed) == "US"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("GB", "United Kingdom"), ("UK", "United Kingdom"), ("u.k.", "United Kingdom"),
        ("England", "United Kingdom"), ("Scotland", "United Kingdom"), ("Wales", "United Kingdom"),
        ("Northern Ireland", "United Kingdom"), ("Great Britain", "United Kingdom"),
        ("the United Kingdom", "United Kingdom"), ("GBR", "United Kingdom"),
        ("UA", "Ukraine"), ("ukraine", "Ukraine"), ("DEU", "Germany"), ("Germany", "Germany"),
        ("The Netherlands", "Netherlands"), ("Holland", "Netherlands"), ("Ireland", "Ireland"),
        ("South Korea", "South Korea"), ("Korea", "South Korea"), ("Burma", "Myanmar"),
        ("Côte d’Ivoire", "Ivory Coast"), ("cote d'ivoire", "Ivory Coast"), ("Türkiye", "Turkey"),
        ("Czech Republic", "Czechia"), ("Russian Federation", "Russia"), ("Viet Nam", "Vietnam"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina"), ("hong kong", "Hong Kong"),
        ("Georgia", "Georgia"), ("Puerto Rico", "Puerto Rico"), ("Niger", "Niger"),
        ("Nigeria", "Nigeria"), ("DRC", "Democratic Republic of the Congo"),
    ],
)  # fmt: skip
def test_countries_as_people_write_them(typed: str, name: str) -> None:
    assert country_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    ["", " ", "Atlantis", "XX", "ZZ", "EU", "UN", "QO", "XA", "the", "\x00", "\ud800", "a" * 5000],
)  # fmt: skip
def test_what_is_no_country_is_none(typed: str) -> None:
    assert country_name(typed) is None


def test_every_name_of_the_list_is_understood() -> None:
    names = country_names()
    assert len(names) > 240
    assert len(set(names)) == len(names)
    for name in names:
        assert country_name(name) == ("US" if name == "United States" else name)
        assert "&" not in name


def test_the_list_is_in_the_alphabet_whatever_the_accents() -> None:
    names = country_names()
    assert names.index("Åland Islands") < names.index("Albania") < names.index("Zimbabwe")


@pytest.mark.parametrize(
    ("town", "code", "alone"),
    [
        ("Chicago", "IL", "Chicago"), ("chicago", None, "Chicago"), ("St Louis", "MO", "St. Louis"),
        ("Saint Louis", "MO", "St. Louis"), ("New York City", "NY", "New York"),
        ("Miami", "OK", None), ("Washington", "PA", None), ("Spokane", "WA", None),
        ("San Antonio", "TX", None), ("Portland", "OR", None), ("a" * 5000, None, None),
    ],
)  # fmt: skip
def test_big_cities_stand_alone_in_their_own_state(
    town: str, code: str | None, alone: str | None
) -> None:
    assert standing_alone(town, code) == alone


@given(st.text(max_size=200))
def test_anything_can_be_typed(typed: str) -> None:
    code = state_code(typed)
    assert code is None or state_code(state_name(code)) == code
    country = country_name(typed)
    assert country is None or country_name(country) == country
