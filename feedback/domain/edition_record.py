"""An edition as programs read it: the record of the contract, section 5."""

from typing import Any

from feedback.domain.edition import Edition
from feedback.domain.letter import Letter


def edition_record(edition: Edition) -> dict[str, Any]:
    """The edition with the references of its letters, in the order of print."""
    return {
        "slug": edition.slug,
        "title": edition.title,
        "editors_note": edition.editors_note,
        "date": edition.date.isoformat(),
        "column": edition.column.slug,
        "state": edition.state.value,
        "version": edition.version,
        "sections": [
            {"subhead": section.subhead, "letters": [letter.ref for letter in section.letters]}
            for section in edition.sections
        ],
    }


def edition_slug(letter: Letter) -> str | None:
    """Slug of the edition that a letter stands in."""
    # A letter that has just been taken out may still know its section.
    if letter.section_id is None or letter.section is None:
        return None
    return letter.section.edition.slug
