"""Two edits of one text put together."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.merging import BREAK, Clash, merge

BASE = "One is here. Two is here.\n\nThree is here.\n\nFour is here."


def test_edits_of_different_paragraphs_both_stand():
    mine = BASE.replace("Three is here.", "Three was here.")
    theirs = BASE.replace("Four is here.", "Four is gone.\n\nFive came.")
    found = merge(BASE, mine, theirs)
    assert found.text == (
        "One is here. Two is here.\n\nThree was here.\n\nFour is gone.\n\nFive came."
    )
    assert found.clashes == ()


def test_edits_of_different_sentences_in_one_paragraph_both_stand():
    base = "One is here. Two is here. Three is here."
    mine = "One was here. Two is here. Three is here."
    found = merge(base, mine, "One is here. Two is here.")
    assert found.text == "One was here. Two is here."
    assert found.clashes == ()


def test_a_sentence_that_both_changed_stands_as_mine_and_theirs_is_told():
    mine, theirs = BASE.replace("Three is", "Three was"), BASE.replace("Three is", "Three will be")
    found = merge(BASE, mine, theirs)
    assert found.text == mine
    assert found.clashes == (Clash("Three was here.", "Three will be here."),)


def test_a_cut_meets_a_change():
    mine = BASE.replace("Three is here.\n\n", "")
    theirs = BASE.replace("Three is", "Three was")
    found = merge(BASE, mine, theirs)
    assert found.text == mine
    assert found.clashes == (Clash("", "Three was here."),)


def test_a_split_paragraph_takes_the_others_sentence():
    base = "One is here. Two is here. Three is here."
    mine = "One is here. Two is here.\n\nThree is here."
    theirs = base.replace("One is", "One was")
    assert merge(base, mine, theirs).text == mine.replace("One is", "One was")


SENTENCES = st.sampled_from(["It is so.", "Why?", "“No,” he said.", "We saw 3 of them.", "a", "x"])
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, max_size=6).map(BREAK.join)


@given(TEXTS, TEXTS)
def test_who_changed_nothing_loses_nothing(base, other):
    assert merge(base, base, other) == merge(base, other, base)
    assert merge(base, base, other).text == other
    assert merge(base, other, other).text == other
    assert merge(base, base, other).clashes == ()


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_of_either_edit_is_lost(base, mine, theirs):
    found = merge(base, mine, theirs)
    shown = found.text + " ".join(f"{one.mine} {one.theirs}" for one in found.clashes)
    for side in (mine, theirs):
        added = set(side.split()) - set(base.split())
        assert added <= set(shown.split())


@given(st.text(alphabet="ab. \n", max_size=300), st.text(alphabet="ab. \n", max_size=300))
def test_any_text_is_merged(mine, theirs):
    assert merge("a b. a\n\nb", mine, theirs) is not None


def test_a_text_of_thousands_of_like_paragraphs_costs_no_minutes():
    base = BREAK.join(["a", "b"] * 3000)
    assert merge(base, BREAK.join(["b"] * 6000), BREAK.join(["a"] * 5000)).text
