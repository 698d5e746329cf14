"""Where a letter's fields stood in its mail, and what is offered because nobody can be sure."""

import pytest

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.raw_mail import Door
from feedback.intake.prefill import Where
from feedback.intake.recheck import recheck_new
from feedback.intake.whence import Why, suggestions, whence
from feedback.reading.pasted_mail import read_mail
from feedback.store import letters, raw_mails
from tests.factories import an_article


@pytest.fixture
def told(newsroom):
    """`told(body, sender)`: where fields stood, what is offered, who signs."""

    def one(body, sender="Jane Q. Reader <jane@example.com>", read_from=None):
        raw = f"From: {sender}\nTo: letters@example.com\nSubject: A letter\n\n{body}".encode()
        number = keep(newsroom, raw, Door.PIPE)
        read(newsroom, number)
        with newsroom.store.work() as work:
            recheck_new(work)
        with newsroom.store.read() as work:
            letter = letters.by_id(work, raw_mails.by_id(work, number).letter_id)
            mail = read_mail(raw)
            offered = [(one.says, one.why) for one in suggestions(letter, mail)]
            return whence(letter, mail, read_from), offered, letter.signature.printed()

    return one


def test_each_field_says_where_it_stood_and_in_which_words(told):
    found, offered, who = told(
        "The bus is late. See https://news.example.com/bus\n\nJane Q. Reader\nSpokane, Wash."
    )
    assert who == "Jane Q. Reader, Spokane, Wash."
    assert [(name, one.where) for name, one in found.items()] == [
        ("name", Where.SIGN_OFF), ("town", Where.SIGN_OFF), ("state", Where.SIGN_OFF),
        ("email", Where.SENDER),
    ]  # fmt: skip
    assert found["town"].words == "Jane Q. Reader Spokane, Wash."
    assert offered == []


def test_who_does_not_sign_is_the_sender(told):
    found, offered, who = told("The bus is late.")
    assert (found["name"].where, found["name"].words) == (Where.SENDER, "Jane Q. Reader")
    assert (who, offered) == ("Jane Q. Reader", [])


def test_a_town_that_the_letter_names_in_passing_is_offered_and_not_filled_in(told):
    _found, offered, who = told("I live in Spokane. The bus is late.\n\nJane Q. Reader")
    assert who == "Jane Q. Reader"
    places = ["Spokane, La.", "Spokane, Mo.", "Spokane, Wash."]
    assert offered == [(place, Why.LIVES) for place in places]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("Name: Al Lee\nTown: Tulsa\nState: Oklahoma\n\nThe bus is late.\n", Where.SIGN_OFF),
        ("The bus is late.—Al Lee, Tulsa, Oklahoma", Where.SIGN_OFF),
        ("I live in Tulsa, Oklahoma, and the bus is late.\n\nAl Lee", Where.LETTER),
    ],
)
def test_wherever_a_place_stands_it_is_told(told, body, where):
    found, _offered, who = told(body)
    assert who == "Al Lee, Tulsa, Okla."
    assert (found["town"].where, found["state"].where) == (where, where)
    assert "Tulsa" in found["town"].words


def test_a_town_with_its_state_is_filled_in(told):
    found, offered, who = told("I live in Spokane, Wash. It rains.\n\nJane Q. Reader")
    assert who == "Jane Q. Reader, Spokane, Wash."
    assert (found["town"].where, offered) == (Where.LETTER, [])


@pytest.mark.parametrize(
    ("sender", "offered"),
    [
        ("Jonathan Lee <j@example.com>", [("Jonathan Lee", Why.SENDER)]),
        ("J. LEE <j@example.com>", []),
        ("jlee77 <j@example.com>", []),
        ("j@example.com", []),
        ("A B <a@x.example>, C D <c@x.example>", []),
    ],
)
def test_a_sender_of_another_name_is_offered(told, sender, offered):
    found = told("The bus is late.\n\nJ. Lee\nSpokane, Wash.", sender)
    assert found[1:] == (offered, "J. Lee, Spokane, Wash.")


def test_a_town_that_is_in_another_state_stands_as_written_and_the_other_is_offered(told):
    _found, offered, who = told("The bus is late.\n\nJane Q. Reader\nTacoma, Ore.")
    assert who == "Jane Q. Reader, Tacoma, Ore."
    assert offered == [("Tacoma, Wash.", Why.ELSEWHERE)]


def test_a_signature_block_offers_its_place(told):
    body = (
        "The bus is late.\n\nJane Q. Reader\n\n-- \nJane Q. Reader\n12 Elm St\nSpokane, WA 99201\n"
    )
    _found, offered, who = told(body)
    assert (who, offered) == ("Jane Q. Reader", [("Spokane, Wash.", Why.BLOCK)])


def test_of_a_letter_in_a_file_the_end_of_the_note_is_told(told):
    found, _offered, _who = told("It is attached.\n\nAl Lee\nTulsa, Oklahoma", read_from=2)
    assert {found[name].where for name in ("name", "town", "state")} == {Where.SIGN_OFF}
    assert found["name"].words == "It is attached. Al Lee Tulsa, Oklahoma"


def test_the_article_says_what_named_it(told, store):
    an_article(store, "The New Bridge")
    found, _offered, _who = told("Your story “The New Bridge” is wrong.")
    assert (found["article"].where, found["article"].words) == (Where.QUOTED, "The New Bridge")
