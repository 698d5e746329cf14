"""Decisions about the letters that were selected in the list, and their one Undo; kept views."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.batch import MOST, Done, decide_all, undo_batch
from feedback.desk.decide import DECLINE_REASONS, Wish
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.domain.state import Decision
from feedback.newsroom import newsroom
from feedback.reading.cleaning import clean_line
from feedback.screens import undoable
from feedback.screens.selection import Selection
from feedback.store import batches, saved_views

blueprint = Blueprint("batches", __name__, url_prefix="/desk")
guard_desk(blueprint)

# What the buttons under the list send, with what they say of each letter.
WISHES = {
    "shortlist": Wish(Decision.SHORTLIST),
    "hold": Wish(Decision.HOLD),
    "not_chosen": Wish(Decision.DECLINE, reason="not_chosen"),
    "spike": Wish(Decision.SPIKE),
    "restore": Wish(Decision.RESTORE),
}
MOST_NAMED = 3  # letters that stayed, with the reason
MOST_NAME = 80


@blueprint.post("/batches/")
@desk_only(Deed.SHORTLIST)
def decide() -> ResponseReturnValue:
    """Decide about the letters `ref`; `decision` is one of WISHES, or `decline`. Back to the list.

    `decline` takes `reason`, and `tell` where the writers are to be told by mail.
    """
    selection = Selection.read(request.args)
    refs = list(dict.fromkeys(request.form.getlist("ref")))[: MOST + 1]
    wish = _wish(request.form)
    if wish is None or not refs:
        says = _("Select letters first.") if not refs else _("Choose what to do, and why.")
        flash(says, "error")
        return redirect(selection.href, 303)
    try:
        with newsroom().store.work() as work:
            done = decide_all(work, batches.to_change(work, refs), wish, current_editor())
            number = done.batch.id if done.batch else None
    except Refused as error:
        flash(error.message, "error")
        return redirect(selection.href, 303)
    if number is None:
        flash(said(done, wish.decision), "error")
    else:
        undoable.remember_batch(said(done, wish.decision), number)
    return redirect(selection.first().href, 303)


def _wish(sent: Mapping[str, str]) -> Wish | None:
    if sent.get("decision") != Decision.DECLINE:
        return WISHES.get(sent.get("decision", ""))
    reason = sent.get("reason", "")
    if reason not in DECLINE_REASONS:
        return None
    return Wish(Decision.DECLINE, reason=reason, tell="mail" if sent.get("tell") else None)


@blueprint.get("/batches/")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """What was decided about many letters at once, newest first."""
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        page = batches.page(work, after)
    return render_template("desk/batches.html", page=page, words=_words, is_first=after is None)


@blueprint.post("/batches/<int:batch_id>/undo")
@desk_only(Deed.SHORTLIST)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a batch back, as far as its letters have not moved on."""
    try:
        with newsroom().store.work() as work:
            batch = batches.by_id(work, batch_id, to_change=True)
            done = undo_batch(work, batch, current_editor())
    except Refused as error:
        flash(error.message, "error")
    else:
        number = len(done.done)
        says = ngettext("Undone for %(num)s letter.", "Undone for %(num)s letters.", number)
        flash(_with_left(done, says), "info")
    undoable.forget_batch(batch_id)
    return redirect("/desk/batches/" if request.form.get("back") == "list" else "/desk/", 303)


@blueprint.post("/views")
@desk_only(Deed.READ)
def keep_view() -> ResponseReturnValue:
    """Keep a selection. Form: `name`, `query`."""
    editor = current_editor()
    name = clean_line(request.form.get("name", ""))[:MOST_NAME]
    selection = Selection.read(dict(_pairs(request.form.get("query", ""))))
    if not name or editor.id is None:
        flash(_("Give the view a name."), "error")
        return redirect(selection.href, 303)
    try:
        with newsroom().store.work() as work:
            saved_views.keep(work, editor.id, name, selection.query[:2000])
    except Refused as error:
        flash(error.message, "error")
    else:
        flash(_("Kept as “%(name)s”.", name=name), "info")
    return redirect(selection.href, 303)


@blueprint.post("/views/<int:view_id>/forget")
@desk_only(Deed.READ)
def forget_view(view_id: int) -> ResponseReturnValue:
    """Forget one of one's own views."""
    with newsroom().store.work() as work:
        saved_views.forget(work, current_editor().id or 0, view_id)
    flash(_("The view is forgotten."), "info")
    return redirect("/desk/", 303)


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query[:4000], max_num_fields=30)
    except ValueError:
        return []


def _words(decision: Decision, number: int) -> str:
    """What was done to so many letters."""
    says = {
        Decision.SHORTLIST: ngettext(
            "%(num)s letter shortlisted.", "%(num)s letters shortlisted.", number
        ),
        Decision.HOLD: ngettext("%(num)s letter held.", "%(num)s letters held.", number),
        Decision.DECLINE: ngettext("%(num)s letter declined.", "%(num)s letters declined.", number),
        Decision.SPIKE: ngettext("%(num)s letter spiked.", "%(num)s letters spiked.", number),
    }
    restored = ngettext("%(num)s letter restored.", "%(num)s letters restored.", number)
    return str(says.get(decision, restored))


def said(done: Done, decision: Decision) -> str:
    """What was done, and what stayed as it was."""
    number = len(done.done)
    return _with_left(done, _words(decision, number) if number else _("Nothing was done."))


def _with_left(done: Done, says: str) -> str:
    """The sentence, with what stayed as it was."""
    if not done.left:
        return says
    named = "; ".join(f"{letter.ref}: {why}" for letter, why in done.left[:MOST_NAMED])
    number = len(done.left)
    stayed = ngettext("%(num)s stayed as it was", "%(num)s stayed as they were", number)
    return f"{says} {stayed} ({named})."
