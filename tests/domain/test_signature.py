"""How a writer is printed: what stands behind the em dash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.place import STATES
from feedback.domain.signature import Signature

NAME = "Jane Q. Reader"


def signed(
    name: str | None = NAME,
    standing: str | None = None,
    town: str | None = None,
    state: str | None = None,
    country: str | None = "US",
    *,
    withheld: bool = False,
) -> Signature:
    return Signature(name, standing, town, state, country, withheld)


@pytest.mark.parametrize(
    ("signature", "printed"),
    [
        # The examples of the house form.
        (signed(town="Spokane", state="WA"), "Jane Q. Reader, Spokane, Wash."),
        (
            signed("Ann Lee", "President, Example Research Center", "Washington", "DC"),
            "Ann Lee, President, Example Research Center, Washington, D.C.",
        ),
        (signed(state="AZ"), "Jane Q. Reader, Arizona"),
        (signed("Ann Lee", town="Kyiv", country="Ukraine"), "Ann Lee, Kyiv, Ukraine"),
        (signed("Max Writer", state="OH"), "Max Writer, Ohio"),
        (signed("Randy and Peg Lee", town="Limon", state="CO"), "Randy and Peg Lee, Limon, Colo."),
        (signed(town="Spokane", state="WA", withheld=True), "Name withheld, Spokane, Wash."),
        (signed('Al ("Cap") Lee'), "Al (“Cap”) Lee"),
        (signed(), "Jane Q. Reader"),
        # Cities that stand alone, and their namesakes.
        (signed(town="Chicago", state="IL"), "Jane Q. Reader, Chicago"),
        (signed(town="new york city", state="NY"), "Jane Q. Reader, New York"),
        (signed(town="Miami", state="OK"), "Jane Q. Reader, Miami, Okla."),
        (signed(town="San Antonio", state="TX"), "Jane Q. Reader, San Antonio, Texas"),
        (signed(town="Washington", state="PA"), "Jane Q. Reader, Washington, Pa."),
        # The capital, and what lies elsewhere.
        (signed(state="DC"), "Jane Q. Reader, Washington, D.C."),
        (signed(town="San Juan", state="PR"), "Jane Q. Reader, San Juan, Puerto Rico"),
        (signed(town="Hagatna", state="GU"), "Jane Q. Reader, Hagatna, Guam"),
        (signed(state="VI"), "Jane Q. Reader, U.S. Virgin Islands"),
        (signed(town="APO", state="AE"), "Jane Q. Reader, APO, AE"),
        # Abroad: town and country; without a town the region.
        (signed(town="Toronto", state="Ontario", country="Canada"), f"{NAME}, Toronto, Canada"),
        (signed(state="Ontario", country="Canada"), "Jane Q. Reader, Ontario, Canada"),
        (signed(country="Canada"), "Jane Q. Reader, Canada"),
        # What people write into the wrong field.
        (signed(town="Spokane, WA", state="WA"), "Jane Q. Reader, Spokane, Wash."),
        (signed(town="Spokane, Wash.", state="WA"), "Jane Q. Reader, Spokane, Wash."),
        (signed(town="Spokane"), "Jane Q. Reader, Spokane"),
        (signed(town="Spokane", state="WA", country=None), "Jane Q. Reader, Spokane, Wash."),
        (signed("Pat O'Brien"), "Pat O’Brien"),
        # Nothing known.
        (signed(None), ""),
        (signed(None, town="Spokane", state="WA"), "Spokane, Wash."),
        (signed(None, withheld=True), "Name withheld"),
    ],
)  # fmt: skip
def test_prints_as_the_house_does(signature: Signature, printed: str) -> None:
    assert signature.printed() == printed


def test_an_office_names_a_person_and_is_withheld_with_the_name() -> None:
    hidden = signed("Ann Lee", "President, Example Center", "Spokane", "WA", withheld=True)
    assert hidden.printed() == "Name withheld, Spokane, Wash."


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_every_state_prints_with_a_town_and_alone(state: object) -> None:
    code, ap, name = state.code, state.with_town, state.name  # type: ignore[attr-defined]
    assert signed(town="Anytown", state=code).printed() == f"{NAME}, Anytown, {ap}"
    alone = "Washington, D.C." if code == "DC" else name
    assert signed(state=code).printed() == f"{NAME}, {alone}"


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("Jane Reader", "Jane Reader", False),
        ("jane reader", "Jane Reader", False),
        ("Jane  Reader", "Jane Reader", False),
        ("J.Q. Reader", "J. Q. Reader", False),
        ("Pat O'Brien", "Pat O’Brien", False),
        ("José Reader", "José Reader", False),
        ("Jane Reader", "Jane Q. Reader", True),
        ("Jane Reader", "Janet Reader", True),
        ("José Reader", "Jose Reader", True),
        ("Jane Reader", None, True),
        (None, None, False),
    ],
)
def test_a_name_changes_in_more_than_case_or_spacing(
    before: str | None, after: str | None, differs: bool
) -> None:
    assert signed(before).differs_from(signed(after)) is differs
    assert signed(after).differs_from(signed(before)) is differs


def test_the_place_is_no_part_of_the_name() -> None:
    assert not signed(town="Spokane").differs_from(signed(town="Tulsa", standing="President"))


words = st.one_of(st.none(), st.text(min_size=1, max_size=30))


@given(words, words, words, words, words)
def test_a_withheld_name_is_nowhere(
    name: str | None, standing: str | None, town: str | None, state: str | None, country: str | None
) -> None:
    mark = "Zyxwv"
    hidden = Signature(f"{mark}{name}", f"{mark}{standing}", town, state, country, withheld=True)
    assert mark not in hidden.printed()
    assert hidden.printed().startswith("Name withheld")


@given(words, words)
def test_a_name_never_changes_the_place(name: str | None, standing: str | None) -> None:
    printed = Signature(name, standing, "Spokane", "WA", "US").printed()
    assert printed.endswith("Spokane, Wash.")
    assert printed.count(", ") <= 1 + (name or "").count(", ") + (standing or "").count(", ") + 2
