"""Files for programs: an edition, or letters, written down in a format; no contact data."""

from flask import Blueprint, Response, current_app

from feedback.api.asked import ExportQuery, LettersExportQuery
from feedback.api.endpoint import endpoint, keep_private
from feedback.api.problems import wrong
from feedback.domain.editor import Deed
from feedback.domain.letter import Letter
from feedback.edition.printed import printed_sheet
from feedback.edition.proofs import proofsheet_of_letters
from feedback.export.file import ExportedFile, export
from feedback.newsroom import newsroom
from feedback.store import columns, editions, letters
from feedback.store.letter_filter import LetterFilter
from feedback.store.work import Work

blueprint = Blueprint("api_exports", __name__, url_prefix="/api/v1/desk")
blueprint.after_request(keep_private)

MOST_LETTERS = 2000  # of one file; the command line writes more
AT_ONCE = 500


@blueprint.get("/editions/<slug>/export")
@endpoint("export_edition", needs=Deed.EXPORT, tells=None, query=ExportQuery)
def edition(slug: str, query: ExportQuery) -> Response:
    """Export an edition; a draft's file is marked as a draft."""
    with newsroom().store.read() as work:
        sheet = printed_sheet(editions.by_slug(work, slug))
    return _send(export(sheet, query.format, query.part))


@blueprint.get("/letters/export")
@endpoint("export_letters", needs=Deed.EXPORT, tells=None, query=LettersExportQuery)
def some_letters(query: LettersExportQuery) -> Response:
    """Export letters, newest first; the file is marked as a draft."""
    with newsroom().store.read() as work:
        found = _every(work, LetterFilter(tuple(query.state)))
        sheet = proofsheet_of_letters(found, columns.first(work))
    return _send(export(sheet, query.format, query.part))


def _every(work: Work, which: LetterFilter) -> list[Letter]:
    found: list[Letter] = []
    after: str | None = None
    while True:
        page = letters.page(work, which, after, AT_ONCE, whole=True)
        found += page.rows
        after = page.next
        if after is None:
            return found
        if len(found) >= MOST_LETTERS:
            raise wrong(
                "state",
                "too_many",
                f"There are more than {MOST_LETTERS:,} such letters: choose fewer, or take"
                " them from the command line, with feedback letters export.",
            )


def _send(file: ExportedFile) -> Response:
    answer = current_app.response_class(file.data, content_type=file.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
