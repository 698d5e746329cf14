"""The steps of an outline: no letter is ever lost or doubled by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.errors import Refused
from feedback.edition.arrange import Group
from feedback.screens.builder_moves import MOVES, move_to

OUTLINE = [Group("One", ["a", "b"]), Group(None, []), Group("Two", ["c"])]


def shape(groups) -> list[tuple[str | None, str]]:
    return [(group.subhead, "".join(group.refs)) for group in groups]


@pytest.mark.parametrize(
    ("do", "about", "after"),
    [
        ("up", "b", [("One", "ba"), (None, ""), ("Two", "c")]),
        ("up", "a", [("One", "ab"), (None, ""), ("Two", "c")]),
        ("up", "c", [("One", "ab"), (None, "c"), ("Two", "")]),
        ("down", "a", [("One", "ba"), (None, ""), ("Two", "c")]),
        ("down", "b", [("One", "a"), (None, "b"), ("Two", "c")]),
        ("down", "c", [("One", "ab"), (None, ""), ("Two", "c")]),
        ("out", "a", [("One", "b"), (None, ""), ("Two", "c")]),
        ("out", "c", [("One", "ab"), (None, "")]),
        ("section_up", "2", [("One", "ab"), ("Two", "c"), (None, "")]),
        ("section_up", "0", [("One", "ab"), (None, ""), ("Two", "c")]),
        ("section_down", "0", [(None, ""), ("One", "ab"), ("Two", "c")]),
        ("section_down", "2", [("One", "ab"), (None, ""), ("Two", "c")]),
        ("add_section", "", [("One", "ab"), (None, ""), ("Two", "c"), (None, "")]),
        ("remove_section", "1", [("One", "ab"), ("Two", "c")]),
        ("remove_section", "2", [("One", "ab"), (None, "c")]),
        ("remove_section", "0", [(None, "ab"), ("Two", "c")]),
    ],
)
def test_each_step_does_what_its_button_says(do, about, after) -> None:
    assert shape(MOVES[do](OUTLINE, about)) == after


def test_a_letter_goes_to_another_section_or_a_new_one() -> None:
    assert shape(move_to(OUTLINE, "a", "2")) == [("One", "b"), (None, ""), ("Two", "ca")]
    assert shape(move_to(OUTLINE, "c", "new"))[-2:] == [("Two", ""), (None, "c")]


def test_the_last_section_loses_its_subhead_before_its_letters() -> None:
    assert shape(MOVES["remove_section"]([Group("One", ["a"])], "0")) == [(None, "a")]


@pytest.mark.parametrize(("do", "about"), [("up", "x"), ("out", ""), ("section_up", "3")])
@pytest.mark.parametrize("junk", ["", "-1", "9" * 30, "１", "\x00"])
def test_what_is_not_there_is_refused(do, about, junk) -> None:
    for what in (about, junk):
        with pytest.raises(Refused):
            MOVES[do](OUTLINE, what)
    with pytest.raises(Refused):
        move_to(OUTLINE, "a", junk)


@given(
    sizes=st.lists(st.integers(0, 4), min_size=1, max_size=5),
    steps=st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 8)), max_size=20),
)
def test_whatever_is_pressed_every_letter_stands_once(sizes, steps) -> None:
    numbers = iter(range(100))
    groups = [
        Group(str(n), [str(next(numbers)) for _ in range(size)]) for n, size in enumerate(sizes)
    ]
    letters = {ref for group in groups for ref in group.refs}
    for do, about in steps:
        try:
            groups = MOVES[do](groups, str(about))
        except Refused:
            continue
        if do == "out":
            letters -= {str(about)}
        refs = [ref for group in groups for ref in group.refs]
        assert sorted(refs) == sorted(letters)
