"""What was missing is filled by the writer's answers, and nothing else is."""

import pytest

from feedback.domain.column import PlaceRule
from feedback.domain.event import EventKind
from feedback.domain.state import OPEN, State
from feedback.intake.complete import complete
from feedback.store import letters
from tests.desk.desk import ONE_ENGINE, refused
from tests.factories import a_column, a_letter, an_article

pytestmark = ONE_ENGINE


@pytest.fixture
def bare(store):
    """A letter that lacks everything that can be missing."""
    a_column(store, place_rule=PlaceRule.REQUIRED)
    return a_letter(store, name=None, town=None, state=None)


def answered(store, letter, chosen: int | None = None, **given: str) -> list[str]:
    with store.work() as work:
        return complete(
            work, letters.by_ref(work, letter.ref, to_change=True), given, chosen=chosen
        )


def now(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref)


def test_each_gap_is_filled(store, bare) -> None:
    article = an_article(store, "Levee Board Puts Off Vote to May")
    assert now(store, bare).missing == ["article", "name", "town"]
    filled = answered(store, bare, article=article.url, name=" Max  Writer ", state="colorado")
    assert filled == ["article", "name", "town"]
    after = now(store, bare)
    assert (after.article_id, after.matched_by, after.name) == (article.id, "url", "Max Writer")
    assert (after.place_state, after.missing) == ("CO", [])
    assert after.checked_at is None
    with store.read() as work:
        last = letters.history(work, bare.id)[-1]
    assert (last.kind, last.by_name, last.facts) == (
        EventKind.COMPLETED, "the writer", {"fields": ["article", "name", "town"]},
    )  # fmt: skip
    assert "Max" not in repr((last.why, last.facts)), "no name is in a history"


def test_what_is_there_stays(store) -> None:
    letter = a_letter(store, article=an_article(store))
    other = an_article(store)
    filled = answered(store, letter, chosen=other.id, name="Mallory", town="Troy", country="Canada")
    assert filled == []
    after = now(store, letter)
    assert (after.version, after.signature.printed()) == (
        letter.version, "Jane Q. Reader, Spokane, Wash.",
    )  # fmt: skip


def test_a_choice_among_the_offered_counts_for_what_was_given(store, bare) -> None:
    article = an_article(store)
    assert answered(store, bare, chosen=article.id) == ["article"]
    after = now(store, bare)
    assert (after.article_id, after.matched_by) == (article.id, "reader")
    assert after.article_given == "Working Group With Beijing"


def test_words_that_are_not_found_are_kept_all_the_same(store, bare) -> None:
    assert answered(store, bare, article="the levee") == ["article"]
    after = now(store, bare)
    assert (after.article_given, after.missing[0]) == ("the levee", "article")


@pytest.mark.parametrize(
    "given",
    [{}, {"name": " \u200b"}, {"country": "US"}, {"article": "  "}, {"town": "\x00"}, {"x": "y"}],
)
def test_nothing_said_is_nothing_filled(store, bare, given) -> None:
    assert answered(store, bare, **given) == []
    assert now(store, bare).version == bare.version


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name": "N" * 121}, {"name": "too_long"}),
        ({"town": "T" * 101}, {"town": "too_long"}),
        ({"state": "S" * 101}, {"state": "too_long"}),
        ({"country": "C" * 101}, {"country": "too_long"}),
        ({"state": "Narnia"}, {"state": "unknown"}),
        ({"country": "Narnia", "town": "X"}, {"country": "unknown"}),
        ({"article": "a" * 2001}, {"article": "too_long"}),
        ({"name": "N" * 121, "state": "Narnia"}, {"name": "too_long", "state": "unknown"}),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_saved(store, bare, given, fields) -> None:
    good = {"name": "Max Writer"} | given
    error = refused("fields", answered, store, bare, **good)
    assert {e.field: e.code for e in error.details["errors"]} == fields
    after = now(store, bare)
    assert (after.version, after.name) == (bare.version, None)


@pytest.mark.parametrize("state", [s for s in State if s not in (State.PLACED, State.PUBLISHED)])
def test_only_an_open_letter_is_completed(store, state) -> None:
    if state is State.KILLED:
        return  # it has been in print
    letter = a_letter(store, name=None, to=state)
    if state in OPEN:
        assert answered(store, letter, name="Max Writer") == ["name"]
    else:
        refused("move", answered, store, letter, name="Max Writer")
