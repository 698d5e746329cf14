"""Who signs a letter and from where, in all the ways in which people sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.place import country_name, state_code
from feedback.reading.signoff import Signoff, find_signoff

LETTER = (
    "Meetings are cheap. I would judge it by seizures.\n\n"
    "My brother died of it, and nobody met about that. “Enough,” I say."
)


def find(text: str) -> Signoff:
    return find_signoff(text, state_code, country_name)


@pytest.mark.parametrize(
    ("end", "name", "town", "state", "country"),
    [
        ("\n\nJane Q. Reader\nSpokane, Wash.", "Jane Q. Reader", "Spokane", "Wash.", None),
        ("\n\n—Jane Q. Reader, Spokane, WA", "Jane Q. Reader", "Spokane", "WA", None),
        ("\n\n— Jane Q. Reader\nSpokane, WA 99201", "Jane Q. Reader", "Spokane", "WA", None),
        ("—Jane Q. Reader, Spokane, Wash.", "Jane Q. Reader", "Spokane", "Wash.", None),
        (" --Ann Lee, Kyiv, Ukraine", "Ann Lee", "Kyiv", None, "Ukraine"),
        ("\n\nSincerely,\nJane", "Jane", None, None, None),
        ("\n\nSincerely,\n\nJane Reader", "Jane Reader", None, None, None),
        ("\n\nRespectfully yours,\njane reader", "jane reader", None, None, None),
        ("\n\nThank you, Jane Reader, Spokane", "Jane Reader", "Spokane", None, None),
        ("\n\nJane Reader", "Jane Reader", None, None, None),
        ("\n\nJane Reader, Ohio", "Jane Reader", None, "Ohio", None),
        ("\n\nJane Reader\nOhio", "Jane Reader", None, "Ohio", None),
        ("\n\nRandy and Peg Malloy\nLimon CO", "Randy and Peg Malloy", "Limon", "CO", None),
        ("\n\n- Max Writer\nOhio", "Max Writer", None, "Ohio", None),
        ("\n\nMax Writer, Jr., Tulsa, Okla.", "Max Writer, Jr.", "Tulsa", "Okla.", None),
        ("\n\nNora van der Berg\nPella, Iowa", "Nora van der Berg", "Pella", "Iowa", None),
        (
            "\n\nRespectfully,\nCol. John O’Brien, USAF (Ret.)\nToronto, Ontario, Canada",
            "Col. John O’Brien, USAF (Ret.)", "Toronto", "Ontario", "Canada",
        ),
        (
            "\n\nJane Reader\nPresident, Example Center\nWashington, D.C.",
            "Jane Reader", "Washington", "D.C.", None,
        ),
        (
            "\n\nName: Jane Q. Reader\nTown, State: Spokane, WA",
            "Jane Q. Reader", "Spokane", "WA", None,
        ),
        (
            "\n\nName: Jane Reader\nCity: Spokane\nState: Washington 99201",
            "Jane Reader", "Spokane", "Washington", None,
        ),
        (
            "\n\nBest regards,\nAl (“Cap”) Lee\n123 Main St\nSpokane, WA 99201\n(509) 555-0100",
            "Al (“Cap”) Lee", "Spokane", "WA", None,
        ),
    ],
)  # fmt: skip
def test_sign_offs(
    end: str, name: str, town: str | None, state: str | None, country: str | None
) -> None:
    found = find(LETTER + end)
    assert (found.name, found.town, found.state, found.country) == (name, town, state, country)
    assert found.rest == LETTER
    assert name in found.words


def test_telephone_street_and_mail_address_leave_the_text() -> None:
    found = find(
        f"{LETTER}\n\nJane Reader\n12 Elm St.\nSpokane, WA\n509-555-0100\njane@example.com"
    )
    for private in ("Elm", "509", "@"):
        assert private not in found.rest
        assert private in found.words


@pytest.mark.parametrize(
    "end",
    [
        "",
        "\n\nGod bless America",
        "\n\nThis is the end of it all.",
        "\n\nVote them out. Wake Up America",
        "\n\n- one thing\n- another thing",
        "\n\nThank you.",
        "\n\nHow long, Congress?",
        " I have said it before—and I was right, too.",
    ],
)
def test_a_letter_without_a_sign_off_stays_whole(end: str) -> None:
    found = find(LETTER + end)
    assert found == Signoff(None, None, None, None, "", LETTER + end)


@pytest.mark.parametrize(
    ("says", "town", "state", "country", "words"),
    [
        ("I live in Spokane, Wash., and I vote.", "Spokane", "Wash.", None,
         "I live in Spokane, Wash."),
        ("As a resident of Tulsa, Oklahoma, I know.", "Tulsa", "Oklahoma", None,
         "a resident of Tulsa, Oklahoma"),
        ("I am from Ohio.", None, "Ohio", None, "I am from Ohio."),
        ("We live near Coeur d’Alene, Idaho.", "Coeur d’Alene", "Idaho", None,
         "We live near Coeur d’Alene, Idaho."),
        ("I have lived near Ste. Genevieve, Mo. So there.", "Ste. Genevieve", "Mo.", None,
         "I have lived near Ste. Genevieve, Mo."),
        ("I live in Washington, D.C. So there.", "Washington", "D.C.", None,
         "I live in Washington, D.C."),
        ("I live in Tulsa. It is hot.", "Tulsa", None, None, "I live in Tulsa."),
        ("I’m writing from Kyiv, Ukraine.", "Kyiv", None, "Ukraine",
         "I’m writing from Kyiv, Ukraine."),
    ],
)  # fmt: skip
def test_where_the_letter_says_its_writer_lives(
    says: str, town: str | None, state: str | None, country: str | None, words: str
) -> None:
    text = f"{LETTER} {says} That is all."
    found = find(text)
    assert (found.name, found.town, found.state, found.country) == (None, town, state, country)
    assert found.words == words
    assert found.rest == text  # the sentence stays in the letter


def test_a_sign_off_and_a_sentence_fill_one_another() -> None:
    found = find(f"I live in Spokane, Wash. {LETTER}\n\nSincerely,\nJane Reader")
    assert (found.name, found.town, found.state) == ("Jane Reader", "Spokane", "Wash.")
    assert found.rest == f"I live in Spokane, Wash. {LETTER}"


def test_without_a_table_of_states_their_shape_tells() -> None:
    found = find_signoff(f"{LETTER}\n\nJane Q. Reader\nSpokane, Wash.")
    assert (found.name, found.town, found.state) == ("Jane Q. Reader", "Spokane", "Wash.")


def test_a_letter_that_is_nothing_but_a_name_is_left_alone() -> None:
    assert find("Jane Reader").rest == "Jane Reader"


ENDS = st.lists(
    st.sampled_from(
        ["Jane Reader", "Spokane, Wash.", "Sincerely,", "—", "\n", "\n\n", ", ", "Ohio", "x@y.org",
         "Name: ", "I live in ", "Thank you, ", "Jr.", "12 Elm St", "Enough.", " ", "“", "(", "--"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(ENDS, st.text(max_size=200)))
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    found = find(text)
    kept = "".join((found.rest + found.words).split())
    for char in set("".join(text.split())):
        assert kept.count(char) >= "".join(text.split()).count(char)


@given(st.one_of(ENDS, st.text(max_size=200)))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    found = find(text)
    for value in (found.town, found.state, found.country):
        if value:
            assert value in text
    if found.name:
        assert all(part.strip(",") in text for part in found.name.split())


@pytest.mark.parametrize(
    "unit",
    ["Jane Reader\n", "I live in A", "—", "a, ", "Sincerely,\n", "Name: x\n", "\n", "A ", "("],
)
def test_no_text_takes_long(unit: str) -> None:
    find(unit * 60_000)
