"""House style as single changes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.house_style import tidy
from feedback.reading.tidying import KINDS, accept, accept_all, offers, picked

STATES = {"WA": ("WA", "Wash."), "Washington": ("WA", "Wash."), "Wash": ("WA", "Wash."),
          "IA": ("IA", "Iowa"), "Iowa": ("IA", "Iowa")}  # fmt: skip


def changes(text: str) -> list[tuple[str, str, str]]:
    return [(one.before, one.after, one.kind) for one in offers(text, STATES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It's fine.", [("It's", "It’s", "marks")]),
        ('He said "no" twice.', [('"', "“", "marks"), ('"', "”", "marks")]),
        ("Wait -- what?", [(" -- ", "—", "dashes")]),
        ("Well... no.", [("...", "…", "dots")]),
        ("Two  spaces.", [("  ", " ", "spaces")]),
        ("In Spokane, WA it rains.", [("WA", "Wash.", "states")]),
        ("I live in Spokane, Washington.", [("Washington.", "Wash.", "states")]),
        ("Ames, IA", [("IA", "Iowa", "states")]),
        ("Ames, Iowa, is far.", []),
        ("Nowhereville, WA", []),
        ("At 9:00 AM.", [("9:00 AM.", "9 a.m.", "dates")]),
        ("At 9:15pm we left.", [("9:15pm", "9:15 p.m.", "dates")]),
        ("On January 2nd we met.", [("January 2nd", "Jan. 2", "dates")]),
        ("On March 2 and in January 2026.", []),
        ("On Sep 5.", [("Sep 5", "Sept. 5", "dates")]),
        ("This is NOT true.", [("NOT", "not", "capitals")]),
        ("NEVER again.", [("NEVER", "Never", "capitals")]),
        ("We say: STOP THE COUNCIL NOW. NASA and the EPA agree.",
         [("STOP THE COUNCIL NOW", "stop the council now", "capitals")]),
        ("The USDA FDA list.", []),
        ("It is the the bus.", [("the the", "the", "twice")]),
        ("I know that that is so.", []),
        ("Tidy already: “yes”—and so on…", []),
    ],
)  # fmt: skip
def test_what_is_offered(text, found):
    assert changes(text) == found


def test_only_what_was_taken_is_changed():
    text = "It's NOT so -- is it?"
    found = offers(text, STATES)
    assert accept(text, []) == text
    assert accept(text, picked(found, {found[1].key})) == "It's not so -- is it?"
    assert accept_all(text, STATES) == "It’s not so—is it?"


def test_a_change_is_known_again_after_another_was_taken_elsewhere():
    text = "It's so. And in the long run, at last, it's well -- so."
    first, *_, last = offers(text, STATES)
    then = accept(text, [first])
    assert last.key in {one.key for one in offers(then, STATES)}


LETTERS = st.text(alphabet="aI'\"“’ .,-—\nTHE NOT…9:00 am", max_size=200)


@given(LETTERS)
def test_all_of_it_is_the_tidy_text_and_leaves_nothing_to_offer(text):
    found = offers(text, STATES)
    for one in found:
        assert text[one.start : one.end] == one.before != one.after
        assert one.kind in KINDS
    assert all(one.end <= other.start for one, other in pairwise(found))
    done = accept_all(text, STATES)
    assert tidy(done) == done
    assert offers(done, STATES) == []


def test_long_and_strange_texts_cost_little():
    for text in (
        "A" * 50_000,
        "' \" " * 9000,
        "SHOUT " * 5000,
        "Deer Park, " * 3000,
        "am 9 " * 5000,
    ):
        assert len(offers(text, STATES)) <= 300
