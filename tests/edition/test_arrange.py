"""Letters are placed, ordered and taken out; none is lost, none stands twice."""

import pytest
from sqlalchemy import func, select

from feedback.desk.decide import Wish, decide
from feedback.domain.edition import Edition, Section
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, NotFound, Refused, Stale
from feedback.domain.letter import Letter
from feedback.domain.state import Decision, State
from feedback.edition.arrange import Group, add, arrange, groups_of
from feedback.edition.length import length_of
from feedback.edition.title import suggested_title
from feedback.store import editions, letters
from feedback.store.work import Store
from feedback.writer.withdraw import withdraw
from tests.factories import a_column, a_letter, an_article, an_edition, an_editor, approved

EDITOR = an_editor()


def put(store: Store, groups: list[tuple[str | None, list[str]]], version: int | None = None):
    """Arrange the edition `eggs`; how it stands afterwards, read anew."""
    with store.work() as work:
        edition = editions.by_slug(work, "eggs", to_change=True)
        arrange(work, edition, [Group(head, refs) for head, refs in groups], EDITOR, version)
    return stands(store)


def stands(store: Store) -> list[tuple[str | None, list[str]]]:
    with store.read() as work:
        return [(g.subhead, list(g.refs)) for g in groups_of(editions.by_slug(work, "eggs"))]


def letter(store: Store, ref: str) -> Letter:
    with store.read() as work:
        return letters.by_ref(work, ref)


def edition(store: Store) -> Edition:
    with store.read() as work:
        return editions.by_slug(work, "eggs")


def sections_in_all(store: Store) -> int:
    with store.read() as work:
        return work.session.scalar(select(func.count()).select_from(Section)) or 0


def test_letters_are_placed_and_ordered_as_asked(store: Store) -> None:
    an_edition(store, slug="eggs")
    a, b, c, d = (approved(store).ref for _ in range(4))
    before = edition(store).version
    asked = [(None, [b, a]), ("Student Debt", [d, c])]
    assert put(store, asked) == asked
    assert {letter(store, ref).state for ref in (a, b, c, d)} == {State.PLACED}
    assert edition(store).version > before


@pytest.mark.parametrize("moved", [
    [(None, ["a", "b", "c", "d"])],
    [("New", ["d"]), ("Old", ["c", "b", "a"])],
    [("Debt", ["c", "d"]), (None, ["a", "b"])],
    [(None, ["c"]), ("X", ["d"]), ("Y", ["a"]), ("Z", ["b"])],
    [(None, []), ("Later", ["b", "d", "a", "c"])],
    [("Only", ["b"])],
    [],
])  # fmt: skip
def test_any_new_arrangement_is_what_was_asked_and_loses_no_letter(store: Store, moved) -> None:
    an_edition(store, slug="eggs")
    refs = {name: approved(store).ref for name in "abcd"}
    put(store, [(None, [refs["a"], refs["b"]]), ("Debt", [refs["c"], refs["d"]])])
    asked = [(head, [refs[name] for name in names]) for head, names in moved]
    assert put(store, asked) == asked
    kept = {ref for _head, group in asked for ref in group}
    for ref in refs.values():
        one = letter(store, ref)
        assert one.state is (State.PLACED if ref in kept else State.APPROVED)
        assert (one.section_id is not None) == (ref in kept)
    assert sections_in_all(store) == len(asked), "a section without its edition was left over"


def test_letters_that_stay_put_keep_their_version(store: Store) -> None:
    an_edition(store, slug="eggs")
    a, b, c = (approved(store).ref for _ in range(3))
    put(store, [(None, [a, b])])
    before = letter(store, a).version, letter(store, b).version
    put(store, [("A Subhead", [a, b]), ("More", [c])])
    assert (letter(store, a).version, letter(store, b).version) == before


def test_a_stale_arrangement_is_refused_and_changes_nothing(store: Store) -> None:
    an_edition(store, slug="eggs")
    a, b = (approved(store).ref for _ in range(2))
    version = edition(store).version
    put(store, [(None, [a])], version)
    with pytest.raises(Stale) as stale:
        put(store, [(None, [b])], version)
    assert stale.value.version == edition(store).version
    assert stands(store) == [(None, [a])]
    assert letter(store, b).state is State.APPROVED


def test_a_letter_of_another_edition_is_refused(store: Store) -> None:
    a = approved(store)
    an_edition(store, slug="ham", groups=[(None, [a])])
    an_edition(store, slug="eggs")
    with pytest.raises(Refused, match="another edition") as refused:
        put(store, [(None, [a.ref])])
    assert refused.value.kind == "move"


@pytest.mark.parametrize("state", [State.RECEIVED, State.SHORTLISTED, State.DECLINED])
def test_only_approved_letters_are_placed(store: Store, state: State) -> None:
    an_edition(store, slug="eggs")
    good, bad = approved(store).ref, a_letter(store, to=state).ref
    with pytest.raises(Refused) as refused:
        put(store, [(None, [good, bad])])
    assert refused.value.kind == "move"
    assert letter(store, good).state is State.APPROVED
    assert stands(store) == []


def test_a_letter_stands_once_under_whatever_spelling(store: Store) -> None:
    an_edition(store, slug="eggs")
    a = approved(store).ref
    assert put(store, [(None, [f" {a.lower()} "])]) == [(None, [a])]
    assert put(store, [("Same", [a.lower()])]) == [("Same", [a])]
    with pytest.raises(Refused, match="twice"):
        put(store, [(None, [a]), ("Again", [a.lower()])])


def test_an_unknown_letter_is_not_found(store: Store) -> None:
    an_edition(store, slug="eggs")
    for ref in ("WHY-00000", "", "\x00", "' OR 1=1 --"):
        with pytest.raises(NotFound):
            put(store, [(None, [ref])])


def test_too_much_is_refused(store: Store) -> None:
    an_edition(store, slug="eggs")
    for groups in ([(None, [])] * 101, [("x" * 201, [])]):
        with pytest.raises(Refused) as refused:
            put(store, groups)
        assert refused.value.details == {"field": "sections"}


def test_a_published_edition_is_not_rearranged(store: Store) -> None:
    a = approved(store)
    an_edition(store, slug="eggs", groups=[(None, [a])], published=True)
    with pytest.raises(Refused) as refused:
        put(store, [])
    assert refused.value.kind == "move"
    assert letter(store, a.ref).state is State.PUBLISHED


def test_a_reader_editor_places_nothing(store: Store) -> None:
    an_edition(store, slug="eggs")
    with store.work() as work, pytest.raises(NotAllowed):
        arrange(work, editions.by_slug(work, "eggs"), [], an_editor(Role.READER_EDITOR), None)


def test_a_letter_that_is_withdrawn_leaves_its_edition(store: Store) -> None:
    a, b = approved(store), approved(store)
    an_edition(store, slug="eggs", groups=[("One", [a]), ("Two", [b])])
    with store.work() as work:
        withdraw(work, letters.by_ref(work, a.ref, to_change=True))
    assert stands(store) == [("One", []), ("Two", [b.ref])]
    with store.work() as work:
        one = letters.by_ref(work, b.ref, to_change=True)
        decide(work, one, Wish(Decision.HOLD), EDITOR, None)
    assert stands(store) == [("One", []), ("Two", [])]
    assert put(store, [(None, [])]) == [(None, [])]
    assert letter(store, b.ref).state is State.HELD


def test_placing_one_puts_it_beside_its_article(store: Store) -> None:
    eggs = an_article(store, "The price of eggs is up")
    ham = an_article(store, "A ham for every house " + "and more " * 40)
    an_edition(store, slug="eggs")
    a, b, c = (
        approved(store, article=eggs),
        approved(store, article=ham),
        approved(store, article=eggs),
    )
    for one in (a, b, c, c):
        with store.work() as work:
            found = editions.by_slug(work, "eggs", to_change=True)
            add(work, found, letters.by_ref(work, one.ref, to_change=True), EDITOR)
    first, second = stands(store)
    assert first == ("The Price of Eggs Is Up", [a.ref, c.ref])
    assert second[1] == [b.ref]
    assert second[0].startswith("A Ham for Every House and More")
    assert len(second[0]) <= 200


def test_the_edition_knows_its_length_and_a_title(store: Store) -> None:
    a_column(store, words_budget=20)
    a, b, c = (approved(store, "One two three four five six. " * 2) for _ in range(3))
    an_edition(store, slug="eggs", groups=[("fentanyl", [a, b]), ("student debt", [c])])
    with store.read() as work:
        found = editions.by_slug(work, "eggs")
        length = length_of(found)
        assert (length.words, length.sections, length.letters) == (36, (24, 12), 3)
        assert (length.budget, length.left) == (20, -16)
        assert suggested_title(found) == "We Hear You: Fentanyl and Student Debt"
