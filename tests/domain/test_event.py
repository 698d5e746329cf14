"""The chain covers who, what, when and in which order; words take part by their digest alone."""

from datetime import timedelta
from typing import Any

import pytest

from feedback.domain.actor import MACHINE, WRITER, ActorKind
from feedback.domain.event import EventKind, chain, words_digest
from feedback.domain.state import State
from tests.domain.bare import ANN, NOON

KEY = b"a key for tests alone"
LINE: dict[str, Any] = {
    "letter_id": 5,
    "seq": 2,
    "at": NOON,
    "kind": EventKind.MOVED,
    "by_kind": ActorKind.EDITOR,
    "by_id": 7,
    "by_name": "Ann Editor",
    "from_state": State.RECEIVED,
    "to_state": State.HELD,
    "words_digest": words_digest(KEY, "The council meets.", {"edition": "eggs"}),
}


@pytest.mark.parametrize(
    "other",
    [
        {"letter_id": 6},
        {"seq": 3},
        {"at": NOON + timedelta(microseconds=1)},
        {"kind": EventKind.UNDONE},
        {"by_kind": ActorKind.WRITER},
        {"by_id": 8},
        {"by_id": None},
        {"by_name": "Bo Editor"},
        {"from_state": None},
        {"to_state": State.DECLINED},
        {"words_digest": words_digest(KEY, "The council met.", {"edition": "eggs"})},
    ],
    ids=str,
)
def test_whatever_is_changed_another_hash_comes_out(other: dict[str, Any]) -> None:
    assert chain("", LINE | other) != chain("", LINE)


def test_a_line_hangs_on_the_line_before() -> None:
    assert chain("", LINE) == chain("", dict(LINE))
    assert chain(chain("", LINE), LINE) != chain("", LINE)


def test_words_that_were_erased_leave_the_chain_whole() -> None:
    told = LINE | {"why": "The council meets.", "facts": {"edition": "eggs"}}
    assert chain("", told) == chain("", LINE | {"why": None, "facts": None})


def test_nobody_guesses_words_from_their_digest_without_the_key() -> None:
    assert words_digest(b"another key", "x", None) != words_digest(KEY, "x", None)
    assert words_digest(KEY, "x", None) != words_digest(KEY, None, {"x": 1})
    assert words_digest(KEY, None, {"a": 1, "b": 2}) == words_digest(KEY, None, {"b": 2, "a": 1})
    assert len(words_digest(KEY, "half a letter \ud800", None)) == 64


def test_the_history_never_holds_a_writers_name() -> None:
    assert (WRITER.name, WRITER.id) == ("the writer", None)
    assert MACHINE.kind is ActorKind.MACHINE
    assert ANN.kind is ActorKind.EDITOR
