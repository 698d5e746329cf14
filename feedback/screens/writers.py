"""A writer's drawer: all letters of one person, what was printed, what the desk knows of them."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.decide import log_contact_look
from feedback.desk.note_on_writer import note_on_writer
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.newsroom import newsroom
from feedback.screens.writer_panel import printed_words
from feedback.store import writer_pages
from feedback.store.work import Work

blueprint = Blueprint("writers", __name__, url_prefix="/desk/writers")
guard_desk(blueprint)

PAGE = 25


@blueprint.get("/<int:writer_id>")
@desk_only(Deed.READ)
def show(writer_id: int) -> ResponseReturnValue:
    """The writer's letters, newest first; `after` goes on, `home` goes on with the household's."""
    with newsroom().store.read() as work:
        return _page(work, writer_id)


@blueprint.post("/<int:writer_id>/contacts")
@desk_only(Deed.SEE_CONTACTS)
def contacts(writer_id: int) -> ResponseReturnValue:
    """The page with the contact data; the look stands in the history of each letter it is of."""
    with newsroom().store.work() as work:
        telling = writer_pages.with_contacts(work, writer_pages.by_id(work, writer_id).id)
        for letter in telling:
            log_contact_look(work, letter, current_editor())
        work.session.flush()
        return _page(work, writer_id, telling)


@blueprint.post("/<int:writer_id>/notes")
@desk_only(Deed.DRAFT_EDIT)
def add_note(writer_id: int) -> ResponseReturnValue:
    """Write something down about them. Form: `note`."""
    typed = request.form.get("note", "")
    try:
        with newsroom().store.work() as work:
            note_on_writer(work, writer_pages.by_id(work, writer_id), typed, current_editor())
    except Refused as error:
        with newsroom().store.read() as work:
            return _page(work, writer_id, note=typed, error=error.message), 422
    flash(_("Noted."))
    return redirect(f"/desk/writers/{writer_id}#notes-title", 303)


@blueprint.get("/<int:writer_id>/contacts")
@blueprint.get("/<int:writer_id>/notes")
@desk_only(Deed.READ)
def back(writer_id: int) -> ResponseReturnValue:
    """Whoever reloads the page of contact data comes back without them."""
    return redirect(f"/desk/writers/{writer_id}", 303)


def _page(
    work: Work,
    writer_id: int,
    telling: list[Letter] | None = None,
    *,
    note: str = "",
    error: str = "",
) -> str:
    writer = writer_pages.by_id(work, writer_id)
    after, home_after = request.args.get("after") or None, request.args.get("home") or None
    others = writer_pages.household(work, writer)
    return render_template(
        "desk/writer.html",
        writer=writer,
        page=writer_pages.letters_of(work, [writer.id], after, PAGE),
        is_first=after is None,
        printed=writer_pages.printed(work, writer.id),
        printed_says=printed_words(writer.published_count),
        others=others,
        home=writer_pages.letters_of(work, [one.id for one in others], home_after, PAGE),
        is_home_first=home_after is None,
        verifications=writer_pages.verifications(work, writer.id),
        owed=writer_pages.mails(work, writer.id),
        notes=writer_pages.notes(work, writer.id),
        telling=telling,
        note_typed=note,
        error=error,
    )
