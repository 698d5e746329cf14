"""A column as a file: which format, under what name."""

from dataclasses import dataclass

from feedback.domain.errors import Refused
from feedback.domain.proofsheet import Proofsheet
from feedback.export.formats import FORMATS

BODY = "body"  # the part that is put into another page


@dataclass(frozen=True)
class ExportedFile:
    """What is handed out: its name, its media type, its bytes."""

    name: str
    media_type: str
    data: bytes


def export(sheet: Proofsheet, format_name: str, part: str | None = None) -> ExportedFile:
    """The proofsheet in that format: the whole file, or with `part="body"` its embeddable part.

    Raises Refused (kind `fields`) for a format or part that there is not.
    """
    form = FORMATS.get(format_name)
    if form is None:
        names = ", ".join(FORMATS)
        raise Refused(f"Choose a format: {names}.", "fields", {"field": "format"})
    name = f"{_stem(sheet)}.{form.extension}"
    if not part:
        return ExportedFile(name, form.media_type, form.render(sheet))
    if part != BODY or form.render_body is None:
        raise Refused("Only html has a part, its body.", "fields", {"field": "part"})
    return ExportedFile(name, form.media_type, form.render_body(sheet))


def _stem(sheet: Proofsheet) -> str:
    # Slugs have small letters, digits and hyphens: safe in a file's name and in a header.
    stem = sheet.slug or "letters"
    return f"{stem}-draft" if sheet.provisional else stem
