"""Whose a letter is, notes about it, and what waits for the editor who looks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts import people
from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.accounts.models import Account
from feedback.desk.together import annotate, give, take_back
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotFound, Refused
from feedback.newsroom import newsroom
from feedback.reading.mentions import handles_of, mentioned
from feedback.screens.selection import Selection
from feedback.store import assignments, letters, mails, notes, proposals
from feedback.store.work import Work

blueprint = Blueprint("together", __name__, url_prefix="/desk")
guard_desk(blueprint)

CAME_BACK_WITHIN = timedelta(days=30)


def colleagues(work: Work) -> list[Account]:
    """Who sits at the desk now."""
    return [one for one in people.list_accounts(work.session) if one.active]


def handles(accounts: Sequence[Account], editor: Editor) -> list[dict[str, str]]:
    """Name and handle of each colleague, for “@” in a note; one that two have is left out."""
    people = {one.id: (one.name, one.email) for one in accounts}
    found = []
    for number, (name, address) in people.items():
        own = [h for h in handles_of(name, address) if mentioned(f"@{h}", people) == [number]]
        if number != editor.id and own:
            found.append({"name": name, "handle": min(own, key=len)})
    return found


@blueprint.post("/letters/<ref>/whose")
@desk_only(Deed.SHORTLIST)
def whose(ref: str) -> ResponseReturnValue:
    """Form: `to`, an account's number, or `nobody`; `seen`, whose the page says it is."""
    to, seen = request.form.get("to", ""), request.form.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    onward = Selection.read(request.args).letter_href(ref)
    try:
        with newsroom().store.work() as work:
            letter = letters.by_ref(work, ref)
            chosen = _colleague(work, to) if to != "nobody" else None
            give(work, letter, chosen, current_editor(), number)
    except Refused as error:
        flash(error.message, "error")
        return redirect(onward, 303)
    if chosen is None:
        flash(_("It is nobody’s now."), "info")
    else:
        flash(_("It is %(name)s’s now.", name=chosen.name), "info")
    return redirect(onward, 303)


@blueprint.post("/letters/<ref>/notes")
@desk_only(Deed.DRAFT_EDIT)
def note(ref: str) -> ResponseReturnValue:
    """Form: `note`."""
    try:
        with newsroom().store.work() as work:
            known = _known(work)
            letter = letters.by_ref(work, ref)
            annotate(work, letter, request.form.get("note", ""), current_editor(), known)
    except Refused as error:
        flash(error.message, "error")
    return redirect(Selection.read(request.args).letter_href(ref) + "#notes-title", 303)


@blueprint.post("/notes/<int:note_id>/take-back")
@desk_only(Deed.DRAFT_EDIT)
def drop(note_id: int) -> ResponseReturnValue:
    """Take one's own fresh note back."""
    with newsroom().store.work() as work:
        found = notes.by_id(work, note_id)
        if found.letter_id is None:
            raise NotFound("There is no such note.")
        ref = letters.by_id(work, found.letter_id).ref
        take_back(work, found, current_editor())
    flash(_("The note is gone."), "info")
    return redirect(f"/desk/letters/{ref}", 303)


@blueprint.get("/you")
@desk_only(Deed.READ)
def you() -> ResponseReturnValue:
    """Letters that are the editor's, notes that name them; seen once this is shown."""
    number = current_editor().id or 0
    with newsroom().store.read() as work:
        mine = assignments.of_editor(work, number)
        named = notes.naming(work, number)
        page = render_template(
            "desk/you.html",
            mine=mine,
            answered=assignments.answered(work),
            came_back=mails.came_back(work, work.now - CAME_BACK_WITHIN),
            naming=named,
            waiting_edits=proposals.waiting(work) if current_editor().may(Deed.EDIT) else [],
            own_edits=proposals.of_editor(work, number),
        )
    if any(one.is_new for one in named):
        with newsroom().store.work() as work:
            notes.seen(work, number)
    return page


def _colleague(work: Work, sent: str) -> Editor:
    found = {str(one.id): one.editor for one in colleagues(work)}
    if sent not in found:
        raise NotFound("Nobody of that number sits at the desk.")
    return found[sent]


def _known(work: Work) -> Mapping[int, tuple[str, str]]:
    return {one.id: (one.name, one.email) for one in colleagues(work)}
