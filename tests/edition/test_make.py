"""Editions are made under a slug of their own."""

from datetime import date

import pytest

from feedback.domain.edition import Edition
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Refused, Stale
from feedback.edition.make import make, rename
from feedback.store import columns, editions
from feedback.store.work import Store, Work
from tests.factories import an_edition, an_editor

SUNDAY = date(2026, 11, 8)
EDITOR = an_editor()


def made(work: Work, **more: object) -> Edition:
    parts = {"title": "We Hear You: Eggs", "on": SUNDAY, "by": EDITOR, **more}
    return make(work, columns.first(work), **parts)


def test_the_slug_is_the_date_with_a_number_where_that_is_taken(store: Store) -> None:
    with store.work() as work:
        assert [made(work).slug for _ in range(3)] == ["2026-11-08", "2026-11-08-2", "2026-11-08-3"]
    with store.read() as work:
        assert editions.by_slug(work, "2026-11-08-3").letters() == []


def test_a_slug_of_somebody_elses_is_refused(store: Store) -> None:
    an_edition(store, slug="eggs")
    with store.work() as work, pytest.raises(Refused) as refused:
        made(work, slug="eggs")
    assert refused.value.details == {"field": "slug"}


def test_a_slug_that_was_taken_meanwhile_loses_nothing(store: Store) -> None:
    """As when two editors press the button in the same moment: the look-up saw nothing yet."""
    from feedback.store import new_edition

    an_edition(store, slug="eggs")
    with store.work() as work:
        mine = made(work, slug="ham")
        rival = Edition(
            column=columns.first(work), slug="eggs", title="x", date=SUNDAY, made_at=work.now
        )
        assert new_edition.add(work, rival) is False
        mine.title = "We Hear You: Ham"
    with store.read() as work:
        assert editions.by_slug(work, "ham").title == "We Hear You: Ham"


@pytest.mark.parametrize("slug", ["Eggs", "a b", "../x", "-a", "a--b", "é", "a" * 121, "a\n"])
def test_a_slug_has_small_letters_digits_and_hyphens(store: Store, slug: str) -> None:
    with store.work() as work, pytest.raises(Refused) as refused:
        made(work, slug=slug)
    assert refused.value.details == {"field": "slug"}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"title": " \u200b\n"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"editors_note": "x" * 5001}, "editors_note"),
    ],
)
def test_title_and_note_have_bounds(store: Store, parts: dict[str, str], field: str) -> None:
    with store.work() as work, pytest.raises(Refused) as refused:
        made(work, **parts)
    assert refused.value.details == {"field": field}
    an_edition(store, slug="eggs")
    with store.work() as work, pytest.raises(Refused) as refused:
        rename(work, editions.by_slug(work, "eggs"), EDITOR, None, **parts)
    assert refused.value.details == {"field": field}


def test_a_draft_is_renamed_from_its_present_version(store: Store) -> None:
    edition = an_edition(store, slug="eggs")
    with store.work() as work:
        rename(work, editions.by_slug(work, "eggs"), EDITOR, edition.version, "We Hear You: Ham")
    with store.work() as work:
        renamed = editions.by_slug(work, "eggs")
        assert (renamed.title, renamed.version) == ("We Hear You: Ham", edition.version + 1)
        with pytest.raises(Stale) as stale:
            rename(work, renamed, EDITOR, edition.version, "We Hear You: Bacon")
        assert stale.value.version == edition.version + 1


def test_a_reader_editor_makes_no_edition(store: Store) -> None:
    with store.work() as work:
        with pytest.raises(NotAllowed):
            made(work, by=an_editor(Role.READER_EDITOR))
        assert not editions.has_slug(work, "2026-11-08")
