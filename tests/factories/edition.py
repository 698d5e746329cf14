"""Editions: made, filled, published by the same actions as at the desk."""

from collections.abc import Sequence
from datetime import date

from feedback.domain.edition import Edition
from feedback.domain.editor import Role
from feedback.domain.letter import Letter
from feedback.store import columns, editions
from feedback.store.work import Work
from tests.factories.account import an_editor
from tests.factories.within import Place, store_of, work_in


def an_edition(
    place: Place,
    title: str = "We Hear You: Fentanyl and Student Debt",
    *,
    groups: Sequence[tuple[str | None, Sequence[Letter]]] = (),
    on: date = date(2026, 11, 8),
    slug: str | None = None,
    editors_note: str = "",
    published: bool = False,
) -> Edition:
    """A draft (published if told so) with these groups: (subhead or None, approved letters)."""
    from feedback.edition import arrange, make, publish

    chief = an_editor(Role.CHIEF)
    with work_in(place) as work:
        edition = make.make(work, columns.first(work), title, on, chief, slug, editors_note)
        slug = edition.slug
        if groups:
            wanted = [arrange.Group(subhead, [one.ref for one in some]) for subhead, some in groups]
            arrange.arrange(work, edition, wanted, chief, None)
            work.session.flush()
        if published:
            publish.publish(work, edition, chief, None)
        work.session.flush()
    if isinstance(place, Work):
        return editions.by_slug(place, slug)
    with store_of(place).read() as work:
        return editions.by_slug(work, slug)
