"""The writer's own words in a mail; what was taken off is kept beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.quoting import own_words

OWN = "I like trains.\n\nThey run on time."


@pytest.mark.parametrize(
    "behind",
    [
        "\n\nOn Mon, Mar 2, 2026 at 9:14 AM, X <x@example.org> wrote:\n> Old words.\n> More.",
        "\n\nOn Mon, Mar 2, 2026 at 9:14 AM The Signal\n<x@example.org> wrote:\n\n> Old words.",
        "\n\nOn Monday, March 2, 2026, 09:14, X <x@example.org> wrote:\nOld words without a mark.",
        "\n\n-----Original Message-----\nFrom: X\nSent: Monday\nTo: Y\nSubject: Z\n\nOld words.",
        "\n\n____________________________\nFrom: X\nSent: Monday\nTo: Y\nSubject: Z\n\nOld words.",
        "\n\nFrom: X <x@example.org>\nSent: Monday\nTo: Y\nSubject: Z\n\nOld words.",
        "\n\nBegin forwarded message:\n\nFrom: X\nSubject: Z\n\nOld words.",
        "\n\n> Old words.\n> More.",
        "\n\n-- \nJane Reader\nOld words Inc.",
        "\n\nSent from my iPhone",
        "\n\nGet Outlook for iOS",
        "\n\nCONFIDENTIALITY NOTICE: Old words.",
        "\n\nThis email and any attachments are confidential and intended only for you. Old words.",
    ],
)
def test_taken_off_and_kept_beside(behind: str) -> None:
    found = own_words(OWN + behind)
    assert found.text == OWN
    for word in behind.replace(">", " ").split():
        assert word in found.removed


@pytest.mark.parametrize(
    "text",
    [
        "On the other hand, he wrote:\n“Trains are late.” I disagree.",
        "On Monday the mayor wrote: nothing.",
        "On 5 May 2020 I rode a train. I loved it.",
        "From: a reader who loves trains, to: one who does not.",
        "This email finds you well, I hope.",
        "I am confidential about trains -- and more.",
        "Sent from my heart to yours, this letter goes on.\n\nAnd on.",
        "I rode it on 2026-03-02.\n\nX wrote:\nthe timetable.",
        "",
    ],
)
def test_sentences_of_a_letter_stay(text: str) -> None:
    assert own_words(text).text == text


def test_answers_between_quoted_lines_stay() -> None:
    found = own_words(
        "On Mar 2, 2026, X wrote:\n> Do you like trains?\n\nYes.\n\n> And buses?\n\nNo."
    )
    assert found.text.split() == ["Yes.", "No."]


def test_a_mail_that_was_handed_on_is_the_letter() -> None:
    found = own_words(
        "---------- Forwarded message ---------\nFrom: Al Lee <al@example.com>\nDate: Mon, Mar 2\n"
        "Subject: Trains\nTo: <us@example.org>\n\nI like trains.\n\nAl Lee"
    )
    assert found.text == "I like trains.\n\nAl Lee"
    assert found.forwarded["from"] == "Al Lee <al@example.com>"
    assert found.forwarded["subject"] == "Trains"


PIECES = st.lists(
    st.sampled_from(
        [
            "> q\n",
            "On 2026 x wrote:\n",
            "On\n",
            "wrote:\n",
            "-- \n",
            "From: x\n",
            "Sent: y\n",
            "To: z\n",
            "Subject: s\n",
            "\n",
            "word\n",
            "-----Original Message-----\n",
            "____________\n",
            "Date: d\n",
            "Sent from my phone\n",
            "Disclaimer:\n",
            "  ",
            "Begin forwarded message:\n",
        ]
    ),
    max_size=24,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=200)))
def test_every_word_is_on_one_side(text: str) -> None:
    found = own_words(text)
    kept = found.text + found.removed + "".join(f"{k}{v}" for k, v in found.forwarded.items())
    for word in set(text.replace(">", " ").split()) & {"word", "q", "phone"}:
        assert kept.count(word) >= 1


@pytest.mark.parametrize(
    "line", ["> ", "On 2026 x", "From: x", "Sent: x", "_" * 12, "-- ", "", "-" * 9]
)
def test_no_text_takes_long(line: str) -> None:
    own_words(f"{line}\n" * 60_000)
