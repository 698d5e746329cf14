"""Copies of a form letter are found by few marks; letters about one article are not copies."""

import random

from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.likeness import (
    MARKS,
    is_like,
    likeness,
    mark_of_all,
    marks,
    shared_sentences,
)
from tests.reading.form_letters import a_copy, a_text, written

FORM = (
    "I urge the council to vote against the pipeline that would cross our county. It would put "
    "our wells and our children at risk for the profit of a few people who live elsewhere. "
    "Tell the council that our water is not for sale, now or ever, whatever is promised to it."
)


def test_the_same_words_have_the_same_marks_however_they_are_written():
    shouted = FORM.upper().replace(". ", ".\n\n")
    assert marks(shouted) == marks(FORM)
    assert mark_of_all(shouted) == mark_of_all(FORM)
    assert mark_of_all(FORM + " Yours.") != mark_of_all(FORM)


def test_a_form_letter_with_own_lines_is_told_with_what_it_shares():
    copy = "As a nurse I see it daily. " + FORM.replace("wells", "fields") + " Think of us."
    assert is_like(FORM, copy)
    assert shared_sentences(copy, FORM)[0].startswith("Tell the council that our water")


def test_honest_letters_that_quote_the_same_words_are_not_alike():
    quote = "“The levee will hold for another hundred years whatever the river does to it, said he”"
    one = f"{quote} I have seen it leak each spring since the year that my father built his barn."
    other = f"{quote} Who pays, though? Nobody on the hill does, and all of us below it always did."
    assert not is_like(one, other)


def test_a_short_letter_is_compared_as_a_whole_alone():
    assert marks("Vote no on the pipeline.") == ()
    assert likeness("Vote no on the pipeline.", "Vote no on the pipeline.") == 0.0


def test_copies_find_each_other_and_strangers_do_not():
    chance = random.Random(5)
    forms = [a_text(chance) for _ in range(12)]
    strangers = [written(a_text(chance)) for _ in range(300)]
    found = missed = wrong = 0
    for form in forms:
        first = written(a_copy(chance, form))
        for _ in range(10):
            copy = written(a_copy(chance, form))
            shares = len(set(marks(first)) & set(marks(copy))) >= 2
            found += shares and is_like(first, copy)
            missed += not (shares and is_like(first, copy))
        wrong += sum(is_like(first, stranger) for stranger in strangers)
    assert found / (found + missed) >= 0.95
    assert wrong == 0


@given(st.text(max_size=400))
def test_any_text_has_few_marks_that_fit_a_database(text):
    found = marks(text * 3)
    assert len(found) <= MARKS
    assert all(0 <= mark < 2**63 for mark in (*found, mark_of_all(text)))
    assert 0.0 <= likeness(text, text[::-1]) <= 1.0
