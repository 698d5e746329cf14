"""Make an edition, change what stands above its letters."""

import re
from datetime import date

from feedback.domain.column import Column
from feedback.domain.edition import Edition, EditionState
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.reading.cleaning import clean_line, clean_text
from feedback.store import editions
from feedback.store.work import Work

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_TITLE, MOST_NOTE, MOST_SLUG = 300, 5000, 120


def make(
    work: Work,
    column: Column,
    title: str,
    on: date,
    by: Editor,
    slug: str | None = None,
    editors_note: str = "",
) -> Edition:
    """A new draft; the slug defaults to the date (a number is added where that is taken).

    Raises NotAllowed, Refused (kind `fields`) for a bad or used slug or a missing title.
    """
    by.require(Deed.BUILD_EDITION)
    slug = _free_slug(work, slug, on)
    edition = Edition(
        column=column,
        slug=slug,
        title=_title(title),
        date=on,
        editors_note=_note(editors_note),
        made_at=work.now,
        sections=[],
    )
    work.session.add(edition)
    work.session.flush()
    return edition


def rename(
    work: Work,
    edition: Edition,
    by: Editor,
    version: int | None,
    title: str | None = None,
    editors_note: str | None = None,
) -> None:
    """Change title or editor's note of a draft; None leaves it.

    Raises NotAllowed, Stale, Refused.
    """
    by.require(Deed.BUILD_EDITION)
    edition.expect(version)
    require_draft(edition)
    if title is not None:
        edition.title = _title(title)
    if editors_note is not None:
        edition.editors_note = _note(editors_note)


def require_draft(edition: Edition) -> None:
    """Raise Refused (kind `move`) for an edition that is published."""
    if edition.state is not EditionState.DRAFT:
        raise Refused("A published edition is not changed.", "move", {"allowed": []})


def _title(text: str) -> str:
    title = clean_line(text)
    if not title:
        raise Refused("Give the edition a title.", "fields", {"field": "title"})
    if len(title) > MOST_TITLE:
        raise Refused("Shorten the title to 300 characters.", "fields", {"field": "title"})
    return title


def _note(text: str) -> str:
    note = clean_text(text)
    if len(note) > MOST_NOTE:
        raise Refused("Shorten the note to 5,000 characters.", "fields", {"field": "editors_note"})
    return note


def _free_slug(work: Work, slug: str | None, on: date) -> str:
    if slug:
        if len(slug) > MOST_SLUG or not SLUG.fullmatch(slug):
            raise Refused(
                "A slug has small letters, digits and hyphens.", "fields", {"field": "slug"}
            )
        if editions.has_slug(work, slug):
            raise Refused("Another edition has this slug.", "fields", {"field": "slug"})
        return slug
    free, number = on.isoformat(), 1
    while editions.has_slug(work, free):
        number += 1
        free = f"{on.isoformat()}-{number}"
    return free
