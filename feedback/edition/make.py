"""Make an edition, change what stands above its letters."""

import re
from datetime import date

from feedback.domain.column import Column
from feedback.domain.edition import Edition, EditionState
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.reading.cleaning import clean_line, clean_text
from feedback.store import editions, new_edition
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
    _check_slug(slug)
    edition = Edition(
        column=column,
        slug=slug or on.isoformat(),
        title=_title(title),
        date=on,
        editors_note=_note(editors_note),
        made_at=work.now,
        sections=[],
    )
    number = 1
    while editions.has_slug(work, edition.slug) or not new_edition.add(work, edition):
        if slug:
            raise Refused("Another edition has this slug.", "fields", {"field": "slug"})
        number += 1
        edition.slug = f"{on.isoformat()}-{number}"
    return edition


def rename(
    work: Work,  # noqa: ARG001 (every action takes it)
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


def _check_slug(slug: str | None) -> None:
    if slug and (len(slug) > MOST_SLUG or not SLUG.fullmatch(slug)):
        raise Refused("A slug has small letters, digits and hyphens.", "fields", {"field": "slug"})
