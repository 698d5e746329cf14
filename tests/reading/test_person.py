"""Who is one person, who may live in one house: by name and place alone."""

import pytest

from feedback.reading.person import household_words, person_words, surname_of


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Jane Q. Reader", "reader"),
        ("Randy and Peg Malloy", "malloy"),
        ("Mr. and Mrs. John Doe", "doe"),
        ("Jane Reader & Max Reader", "reader"),
        ("Jane Reader and Max Writer", None),
        ("Martin van der Berg Jr.", "van der berg"),
        ("Smith, John", "smith"),
        ("Dr. O’Brien", "obrien"),
        ("Lee", None),
        (" and ", None),
        ("", None),
        (None, None),
    ],
)
def test_the_surname_of_a_signature(name, surname):
    assert surname_of(name) == surname


def test_a_person_is_the_same_however_the_name_is_typed():
    one = person_words("José O'Brien", "Spokane", "WA", "US")
    assert one == person_words("  JOSE O’Brien ", "spokane", "wa", "US")
    assert one != person_words("José O'Brien", "Spokane", "WA", "Canada")


def test_too_little_tells_nobody():
    assert person_words("Jane", "Spokane", "WA", "US") is None
    assert person_words("Jane Reader", None, None, "US") is None
    assert person_words(None, "Spokane", "WA", "US") is None


def test_a_household_has_surname_town_and_state_or_country():
    home = household_words("Jane Reader", "Spokane", "WA", "US")
    assert home == household_words("Max Reader", "Spokane", "WA", "US")
    assert household_words("Jane Reader", None, "WA", "US") is None
    assert household_words("Jane Reader", "Spokane", None, "US") is None
    assert household_words("Ann Lee", "Kyiv", None, "Ukraine") is not None
