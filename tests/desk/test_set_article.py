"""Which article a letter answers, said by an editor: kept, logged, and what it changes."""

import pytest

from feedback.desk.override import override
from feedback.desk.set_article import mark_general, set_article
from feedback.domain.editor import Role
from feedback.domain.errors import Stale
from feedback.domain.event import EventKind
from feedback.domain.state import State
from feedback.store import articles, letters
from tests.desk.desk import CHIEF, EDITOR, ONE_ENGINE, Desk, refused
from tests.factories import a_letter, an_article, an_edition, an_editor, approved

pytestmark = ONE_ENGINE


def says(store, letter, article, by=EDITOR, version=None) -> None:
    """An editor says which article it answers."""
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        set_article(work, found, articles.by_id(work, article.id), by, version)


def marks(store, letter, *, general: bool = True, by=EDITOR, version=None) -> None:
    """An editor marks it general, or not."""
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        mark_general(work, found, by, version, general=general)


def test_the_editors_word_counts_and_what_was_given_stays(desk: Desk, store) -> None:
    letter = a_letter(store)
    article = an_article(store)
    says(store, letter, article)
    after = desk.now(letter)
    assert (after.article_id, after.matched_by, after.match_score) == (article.id, "editor", 100.0)
    assert after.article_given == "Working Group With Beijing"
    assert after.checked_at is None, "it is checked anew"
    last = desk.history(letter)[-1]
    assert (last.kind, last.facts) == (EventKind.ARTICLE_SET, {"article_id": article.id})
    assert desk.gates(letter)["complete"]


def test_general_is_about_no_article_and_back(desk: Desk, store) -> None:
    letter = a_letter(store, article=an_article(store))
    marks(store, letter)
    after = desk.now(letter)
    assert (after.article_id, after.is_general, after.matched_by) == (None, True, "editor")
    assert desk.gates(letter)["complete"]
    marks(store, letter, general=False)
    after = desk.now(letter)
    assert (after.is_general, after.matched_by) == (False, None)
    assert (after.missing, desk.gates(letter)["complete"]) == (["article"], False)
    says(store, letter, an_article(store))
    assert desk.now(letter).is_general is False


def test_what_a_chief_passed_over_counts_again_where_the_article_goes(desk: Desk, store) -> None:
    letter = a_letter(store, name=None, article=an_article(store), verified=True)
    with store.work() as work:
        override(work, letters.by_ref(work, letter.ref, to_change=True), "Unsigned.", CHIEF)
    marks(store, letter)
    assert desk.now(letter).overrides == {"complete": "Unsigned."}
    marks(store, letter, general=False)
    assert desk.now(letter).overrides is None
    assert desk.history(letter)[-1].facts["counts_again"] == ["complete"]


def test_everybody_at_the_desk_sets_it_from_the_present_version(desk: Desk, store) -> None:
    letter, article = a_letter(store), an_article(store)
    for role in Role:
        version = desk.now(letter).version
        with pytest.raises(Stale):
            says(store, letter, article, an_editor(role), version - 1)
        with pytest.raises(Stale):
            marks(store, letter, by=an_editor(role), version=version + 1)
        says(store, letter, article, an_editor(role), version)


def test_after_print_it_stands(desk: Desk, store) -> None:
    printed = approved(store)
    an_edition(store, groups=[(None, [printed])], published=True)
    for letter in (printed, a_letter(store, to=State.WITHDRAWN)):
        refused("move", says, store, letter, an_article(store))
        refused("move", marks, store, letter)
