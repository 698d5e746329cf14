"""Editions: which there are, a new one, files of what is in them."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.domain.edition import EditionState
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.edition.make import make
from feedback.edition.printed import printed_sheet
from feedback.edition.proofs import proofsheet_of_letters
from feedback.export.file import ExportedFile, export
from feedback.export.formats import FORMATS
from feedback.newsroom import newsroom
from feedback.screens import builder
from feedback.screens.builder_page import COMMON_FORMATS, FORMAT_WORDS
from feedback.screens.desk_forms import Form, errors_of, typed
from feedback.store import columns, editions, letters
from feedback.store.letter_filter import LetterFilter

blueprint = Blueprint("editions", __name__, url_prefix="/desk")
guard_desk(blueprint)
builder.init(blueprint)

FIELDS = ("title", "date", "slug", "editors_note")
MOST_DRAFTS = 200
MOST_LETTERS = 2000  # of one file


@blueprint.get("/editions/")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """Drafts first, then what is published, page by page."""
    return _list(_fresh())


@blueprint.post("/editions/")
@desk_only(Deed.BUILD_EDITION)
def add() -> ResponseReturnValue:
    """A new draft. Form: `title`, `date`, `slug`, `editors_note`."""
    given = typed(*FIELDS)
    try:
        on = _day(given["date"])
        with newsroom().store.work() as work:
            edition = make(
                work,
                columns.first(work, to_change=True),
                given["title"],
                on,
                current_editor(),
                given["slug"].strip() or None,
                given["editors_note"],
            )
    except Refused as error:
        return _list(Form(given, errors_of(error, "title"))), 422
    flash(_("Made. Place approved letters in it."))
    return redirect(f"/desk/editions/{edition.slug}", 303)


@blueprint.get("/editions/<slug>/export")
@desk_only(Deed.EXPORT)
def export_edition(slug: str) -> ResponseReturnValue:
    """The edition as a file, of `format` and `part`; a draft's is marked as a draft."""
    with newsroom().store.read() as work:
        sheet = printed_sheet(editions.by_slug(work, slug))
    name, _comma, part = request.args.get("format", "").partition(":")
    return _send(export(sheet, name, request.args.get("part") or part or None))


@blueprint.get("/letters/export")
@desk_only(Deed.EXPORT)
def export_letters() -> ResponseReturnValue:
    """All approved letters as a file of `format`, marked as a draft."""
    if request.args.get("state", "approved") != "approved":
        raise Refused(_("Only approved letters are exported here."), "fields", {"field": "state"})
    with newsroom().store.read() as work:
        column = columns.first(work)
        found = letters.approved(work, column.id, MOST_LETTERS)
        sheet = proofsheet_of_letters(found, column)
    return _send(export(sheet, request.args.get("format", "")))


def _list(form: Form) -> str:
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        drafts = (
            editions.page(work, EditionState.DRAFT, None, MOST_DRAFTS).rows if not after else []
        )
        return render_template(
            "desk/editions.html",
            drafts=drafts,
            page=editions.printed(work, after),
            is_first=after is None,
            approved=letters.count(work, LetterFilter(states=(builder.APPROVED,))),
            form=form,
            formats=FORMATS,
            format_words=FORMAT_WORDS,
            common_formats=COMMON_FORMATS,
        )


def _fresh() -> Form:
    """A form for an edition of today, called like the column until it has letters."""
    house = newsroom()
    column = house.column()
    today = house.store.clock().astimezone(column.zone).date()
    return Form({"title": column.name, "date": today.isoformat(), "slug": "", "editors_note": ""})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(_("Give the day like 2026-03-08."), "fields", {"field": "date"}) from error


def _send(file: ExportedFile) -> Response:
    answer = Response(file.data, content_type=file.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
