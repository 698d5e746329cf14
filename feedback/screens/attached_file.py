"""A file that came with a mail, handed to an editor: as a file, never as a page."""

from flask import Response

from feedback.domain.errors import NotFound
from feedback.reading.attachments import Attached, attachments


def attached_file(raw: bytes, number: int) -> Response:
    """The file with that number on a mail; raises NotFound.

    Whatever it says that it is, a browser gets bytes to save: no page of ours runs a stranger's.
    """
    found = next((one for one in attachments(raw) if one.number == number), None)
    if found is None:
        raise NotFound("There is no such file.")
    answer = Response(found.content(), content_type="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name_of(found))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def name_of(found: Attached) -> str:
    """What it is saved as: its name without leading dots, else its number."""
    return found.name.lstrip(". ") or f"file-{found.number}"
