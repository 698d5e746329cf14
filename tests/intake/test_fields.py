"""The fields of a letter: cleaned, checked, told in words, the same for every way in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.domain.submission import CONSENT_GIVEN_OTHERWISE, CONSENT_VERSION, Submission
from feedback.intake.fields import LIMITS, is_yes, read_fields

WHOLE = {
    "article": "Working Group With Beijing",
    "remarks": "Meetings are cheap.",
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "state": "Wash.",
    "email": "jane@example.com",
    "consent": "y",
}


def read(channel: Channel = Channel.WEB, **changes: str) -> Submission:
    return read_fields(WHOLE | changes, channel)


def wrong(channel: Channel = Channel.WEB, **changes: str) -> dict[str, str]:
    """What is wrong: field to code, in the order of the form."""
    with pytest.raises(Refused) as refused:
        read(channel, **changes)
    assert refused.value.kind == "fields"
    assert all(error.message for error in refused.value.details["errors"])
    return {error.field: error.code for error in refused.value.details["errors"]}


def test_a_whole_letter() -> None:
    letter = read(phone=" 509 555 0100 ", affiliation="I sell eggs.")
    assert (letter.name, letter.town, letter.state, letter.country) == (
        "Jane Q. Reader", "Spokane", "WA", "US",
    )  # fmt: skip
    assert (letter.phone, letter.affiliation) == ("509 555 0100", "I sell eggs.")
    assert letter.consent == CONSENT_VERSION
    assert letter.as_typed == {
        "article": WHOLE["article"], "name": "Jane Q. Reader", "town": "Spokane", "state": "Wash.",
    }  # fmt: skip


def test_what_is_kept_as_typed_is_no_way_to_reach_anybody() -> None:
    letter = read(phone="509 555 0100", withhold_reason="My job")
    kept = repr(letter.as_typed)
    for secret in ("jane@", "555", "My job"):
        assert secret not in kept


@pytest.mark.parametrize("name", ["article", "remarks", "name", "email", "consent"])
def test_each_required_field_is_asked_for(name: str) -> None:
    for nothing in ("", "   ", "\u200b\x00"):
        assert wrong(**{name: nothing}) == {name: "required"}


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_form() -> None:
    with pytest.raises(Refused) as refused:
        read_fields({}, Channel.WEB)
    errors = [error.field for error in refused.value.details["errors"]]
    assert errors == ["article", "remarks", "name", "town", "email", "consent"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"town": "", "state": ""}, {"town": "required"}),
        ({"town": "", "state": "Narnia"}, {"state": "unknown"}),
        ({"country": "Narnia"}, {"country": "unknown"}),
        ({"town": "", "state": "", "country": "usa"}, {"town": "required"}),
    ],
)
def test_a_place_that_will_not_do(place: dict[str, str], code: dict[str, str]) -> None:
    assert wrong(**place) == code


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ({"state": "washington"}, ("Spokane", "WA", "US")),
        ({"town": ""}, (None, "WA", "US")),
        ({"state": ""}, ("Spokane", None, "US")),
        ({"country": "DE", "state": "", "town": ""}, (None, None, "Germany")),
        ({"country": "United Kingdom", "state": "Kent"}, ("Spokane", "Kent", "United Kingdom")),
    ],
)
def test_a_place_that_will(place: dict[str, str], found: tuple) -> None:
    letter = read(**place)
    assert (letter.town, letter.state, letter.country) == found


@pytest.mark.parametrize("typed", ["true", "y", "on", "1", " ON ", "Y", "True"])
def test_yes(typed: str) -> None:
    assert is_yes(typed)
    assert read(withhold_name=typed).is_withheld


@pytest.mark.parametrize("typed", ["", "no", "false", "0", "yes", "2", "on!", "\x00"])
def test_anything_else_is_no(typed: str) -> None:
    assert not read(withhold_name=typed).is_withheld
    assert wrong(consent=typed) == {"consent": "required"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jane@example.com", "jane@example.com"),
        (" Jane@EXAMPLE.com ", "Jane@example.com"),
        ("zoë@example.com", "zoë@example.com"),
        ("jane@bücher.example.com", "jane@bücher.example.com"),
        ("Ｆ@example.com", "F@example.com"),
        ("a@ⓔxample.com", "a@example.com"),
    ],
)
def test_an_address_is_kept_in_its_normal_form(typed: str, kept: str) -> None:
    assert read(email=typed).email == kept


@pytest.mark.parametrize(
    "typed",
    ["jane", "jane@", "@example.com", "a@b", "a b@example.com", "a@example.com, b@example.com",
     "a@example.com\r\nBcc: x@example.org", "<a@example.com>", "a@example.com>",
     "x" * 65 + "@example.com", "a@" + "x" * 64 + ".com", "a@example..com", "a@-example.com",
     "jane@localhost", "jane@127.0.0.1", "jane@[127.0.0.1]", '"a b"@example.com', "a@example.com.",
     "é" * 40 + "@example.com"],
)  # fmt: skip
def test_what_is_no_address_is_refused_or_cleaned(typed: str) -> None:
    assert wrong(email=typed) == {"email": "invalid"}


@pytest.mark.parametrize(
    "typed", ["a\x00@example.com", "a@exa\u202emple.com", "a\u200b@example.com"]
)
def test_hidden_characters_are_no_part_of_an_address(typed: str) -> None:
    assert read(email=typed).email == "a@example.com"


@pytest.mark.parametrize("channel", [c for c in Channel if c not in (Channel.WEB, Channel.API)])
def test_what_the_desk_takes_in_needs_its_text_alone(channel: Channel) -> None:
    letter = read_fields({"remarks": "Meetings are cheap."}, channel)
    assert (letter.name, letter.email, letter.article) == (None, None, "")
    assert letter.consent == CONSENT_GIVEN_OTHERWISE
    assert wrong(channel, remarks=" ") == {"remarks": "required"}
    assert wrong(channel, email="nonsense", state="Narnia") == {
        "state": "unknown", "email": "invalid",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from([*LIMITS, "consent", "other"]), st.text(max_size=200)))
def test_any_text_is_taken_or_told(given_: dict[str, str]) -> None:
    for channel in (Channel.WEB, Channel.PAPER):
        try:
            letter = read_fields(WHOLE | given_, channel)
        except Refused:
            continue
        assert letter.remarks.strip()
        for value in (letter.name, letter.town, letter.email, letter.remarks, letter.article):
            assert value is None or "\x00" not in value
            (value or "").encode()
