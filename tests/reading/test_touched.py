"""Edits that want the writer's consent: those of figures, names, quotations, negations."""

import pytest

from feedback.reading.redline import compare

LETTER = (
    "I counted 212 people on Sunday. The board did not listen to Nora Quill, who said “nobody "
    "came.” It is a fine library. We love it dearly and we will come again."
)


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("212", "213", ("figure",)),
        ("212", "two hundred", ("figure",)),
        ("212 people", "people", ("figure",)),
        ("did not listen", "listened", ("negation",)),
        ("did not listen", "didn’t listen", ("negation",)),
        ("did not listen", "refused to listen", ("negation",)),
        ("Nora Quill", "Nora Quell", ("name",)),
        ("Nora Quill", "Mrs. Quill", ("name",)),
        ("Nora Quill, who", "Quill, who", ("name",)),
        ("“nobody came.”", "“few came.”", ("quotation", "negation")),
        ("“nobody came.”", "that nobody came.", ("quotation",)),
        ("a fine library", "a good library", ()),
        ("dearly and we", "and we", ()),
        ("people on", "readers on", ()),
        # A whole sentence that goes changes nothing in the ones that stay.
        (" It is a fine library.", "", ()),
        (LETTER.partition(" It is")[0], "", ()),
        # A sentence that comes is not the writer's.
        ("It is a fine library.", "It is a fine library, said Joe Byline.", ("name",)),
        ("It is a fine library.", "It is a fine library. It has 9,000 books.", ("figure",)),
        # Replaced is not gone.
        ("I counted 212 people on Sunday.", "Many came.", ("figure", "name")),
        # Case, place, typographic marks.
        ("It is a fine library.", "it is a Fine library.", ()),
        ("We love it dearly and", "We love it and", ()),
        ("“nobody came.”", '"nobody came."', ()),
    ],
)
def test_what_an_edit_reaches(old: str, new: str, touched: tuple[str, ...]) -> None:
    assert old in LETTER
    assert compare(LETTER, LETTER.replace(old, new)).touched == touched


def test_a_short_answer_is_no_sentence_that_can_go() -> None:
    assert compare("Is it right? No. It is a shame.", "Is it right? It is a shame.").touched == (
        "negation",
    )


def test_the_first_word_of_a_sentence_may_be_a_name() -> None:
    assert compare("Biden is right on this.", "Trump is right on this.").touched == ("name",)
    assert compare("Frankly, I like it a lot.", "I like it a lot.").touched == ()
    assert compare("But we like it a lot.", "We like it a lot.").touched == ()


def test_money_and_per_cent_are_figures() -> None:
    assert compare("It costs $5 a day.", "It costs €5 a day.").touched == ("figure",)
    assert compare("It rose by 5% a day.", "It rose by 5 a day.").touched == ("figure",)


def test_an_abbreviation_ends_no_sentence() -> None:
    """Else "Smith." would be a sentence of its own, free to go."""
    assert compare("I wrote to Mr. Smith.", "I wrote to Mr.").touched == ("name",)
