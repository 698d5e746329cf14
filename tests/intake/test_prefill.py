"""What a pasted mail tells of a letter: who wrote, from where, about which article."""

import pytest

from feedback.intake.prefill import Where, prefill
from tests.factories import an_article

HOSTS = frozenset({"www.news.example.com"})


@pytest.fixture
def read(store):
    """`read(raw)`: what is found in it."""

    def one(raw):
        with store.read() as work:
            return prefill(work, raw, HOSTS)

    return one


def mail(body, subject="A letter", sender="Jane Reader <jane@example.com>"):
    return f"From: {sender}\nSubject: {subject}\nContent-Type: text/plain\n\n{body}"


def test_who_signs_counts_for_more_than_whose_mail_it_is(read):
    got = read(mail("The bus is late.\n\nAl Lee\nTulsa, Oklahoma", sender="Ann Lee <a@b.example>"))
    assert got.remarks == "The bus is late."
    assert (got.found["name"].value, got.found["name"].where) == ("Al Lee", Where.SIGN_OFF)
    assert (got.found["town"].value, got.found["state"].value) == ("Tulsa", "Oklahoma")
    assert "Al Lee" in got.found["name"].words
    assert (got.found["email"].value, got.found["email"].where) == ("a@b.example", Where.SENDER)


def test_an_unsigned_letter_has_its_senders_name(read):
    got = read(mail("The bus is late."))
    assert (got.found["name"].value, got.found["name"].where) == ("Jane Reader", Where.SENDER)
    assert "town" not in got.found


def test_where_a_writer_says_that_they_live_stays_in_the_letter(read):
    got = read(mail("I live in Spokane, Wash., and the bus is late."))
    assert got.found["town"].value == "Spokane"
    assert got.remarks.startswith("I live in Spokane")


def test_a_sender_who_is_not_clear_gives_no_address(read):
    got = read(mail("The bus is late.", sender="a@x.example, b@x.example"))
    assert "email" not in got.found


@pytest.mark.parametrize(
    ("body", "subject", "where"),
    [
        ("See https://news.example.com/bridge?utm_source=x for it.", "Hi", Where.LINK),
        ("Your story “The New Bridge” is wrong.", "Hi", Where.QUOTED),
        ("It is wrong.", "Re: The New Bridge", Where.SUBJECT),
        ("It is wrong.", "AW: Re: The New Bridge", Where.SUBJECT),
        ("It is wrong.\n\n> https://news.example.com/bridge\n", "Hi", Where.QUOTED_LINK),
    ],
)
def test_the_article_is_found_wherever_it_is_named(read, store, body, subject, where):
    article = an_article(store, "The New Bridge", url="https://news.example.com/bridge")
    an_article(store, "Something Else Altogether Happened")
    got = read(mail(body, subject))
    assert got.article is not None
    assert got.article.id == article.id
    assert got.found["article"].where is where


def test_an_address_of_the_house_that_nobody_knows_is_kept_as_given(read):
    got = read(mail("See https://shop.example.org/x and https://news.example.com/new-story now."))
    assert got.article is None
    assert got.found["article"].value == "https://news.example.com/new-story"


def test_plain_text_is_a_letter_without_a_mail(read):
    got = read("The bus is late, and it rains.\n\n—Jane Q. Reader, Spokane, Wash.")
    assert not got.is_mail
    assert got.remarks == "The bus is late, and it rains."
    assert got.values["name"] == "Jane Q. Reader"
    assert "email" not in got.found


def test_what_was_quoted_is_left_out_and_told(read):
    got = read(mail("It is wrong.\n\n> You wrote this.\n> And that."))
    assert got.remarks == "It is wrong."
    assert "You wrote this." in got.left_out
