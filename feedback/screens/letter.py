"""A letter on the desk: its addresses, in one list."""

from dataclasses import replace

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.domain.errors import FeedbackError
from feedback.domain.letter import Letter
from feedback.newsroom import newsroom
from feedback.screens import (
    blocked,
    letter_actions,
    letter_aids,
    letter_changes,
    letter_claims,
    letter_edit,
    letter_mail,
    route_on,
)
from feedback.screens.ahead import is_ahead
from feedback.screens.letter_page import Shown, render
from feedback.screens.selection import Selection
from feedback.store import drafts, letters, presence

blueprint = Blueprint("letter", __name__, url_prefix="/desk/letters")
guard_desk(blueprint)

TYPED = (("article", "find"), ("proposal", "proposal"))  # fields of a panel that an address fills


@blueprint.get("/<ref>")
@desk_only(Deed.READ)
def show(ref: str) -> ResponseReturnValue:
    """The letter beside its list; notes that this editor has it open."""
    shown = Shown(
        selection=Selection.read(request.args),
        do=request.args.get("do", ""),
        view=request.args.get("view", ""),
        typed={n: request.args[asked] for n, asked in TYPED if request.args.get(asked)},
    )
    with newsroom().store.read() as work:
        letter = letters.by_ref(work, ref)
        on_it = presence.on_letter(work, letter.id, current_editor().id)
        page = render(work, letter, replace(shown, others=on_it.others))
    if not on_it.is_noted and not is_ahead():
        _note_presence(letter)
    return page


@blueprint.post("/<ref>/here")
@desk_only(Deed.READ)
def here(ref: str) -> ResponseReturnValue:
    """For the open page: this editor still reads; who else does, and what the version is now."""
    editor = current_editor()
    with newsroom().store.read() as work:
        letter = letters.by_ref(work, ref)
        others = presence.on_letter(work, letter.id, editor.id).others
        begun = [one for one in drafts.begun(work, letter.id) if one.editor_id != editor.id]
    _note_presence(letter)
    says = [_("%(name)s is reading this too", name=name) for name in others]
    says += [_("%(name)s has begun an edit", name=one.editor_name) for one in begun]
    return jsonify(others=says, version=letter.version)


def _note_presence(letter: Letter) -> None:
    """That somebody else is told matters less than that the page is shown."""
    editor = current_editor()
    if editor.id is None:
        return
    try:
        with newsroom().store.work() as work:
            presence.opened(work, letter.id, editor.id, editor.name)
    except FeedbackError:
        return


for address, view in (
    ("/<ref>/decisions", letter_actions.decisions),
    ("/<ref>/edit", letter_edit.save_edit),
    ("/<ref>/draft", letter_edit.keep_draft),
    ("/<ref>/preview", letter_aids.preview),
    ("/<ref>/tidy", letter_aids.tidy),
    ("/<ref>/revisions/<int:number>", letter_edit.return_to),
    ("/<ref>/proposals/<int:number>", letter_edit.settle_proposal),
    ("/<ref>/article", letter_changes.choose_article),
    ("/<ref>/general", letter_changes.general),
    ("/<ref>/verifications", letter_changes.verification),
    ("/<ref>/override", letter_changes.pass_gates),
    ("/<ref>/place", letter_changes.place),
    ("/<ref>/claims", letter_claims.ask),
    ("/<ref>/claims/<int:number>", letter_claims.settled),
    ("/<ref>/answer", letter_claims.answer),
    ("/<ref>/contacts", letter_changes.contacts),
    ("/<ref>/reporter", letter_changes.reporter),
    ("/<ref>/block", blocked.of_letter),
    ("/<ref>/route", route_on.to_other_desk),
    ("/<ref>/attachments/<int:number>", letter_mail.attachment),
    ("/<ref>/left_out", letter_mail.restore),
    ("/<ref>/suggestions", letter_mail.suggestion),
):
    blueprint.add_url_rule(address, methods=["POST"], view_func=view)
