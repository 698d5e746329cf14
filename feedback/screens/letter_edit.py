"""Save edit: where somebody else saved first, nothing is overwritten and nothing typed is lost."""

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk import propose
from feedback.desk.edit import EDITABLE, LIMITS, Edits, edit
from feedback.desk.edit_values import changed, values_of
from feedback.domain.draft import Verdict
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound, Refused
from feedback.domain.letter import Letter
from feedback.newsroom import newsroom
from feedback.screens.edit_form import base_of, edits_of, sent_values
from feedback.screens.letter_actions import version_sent
from feedback.screens.letter_changes import change
from feedback.screens.selection import Selection
from feedback.screens.shown import moment
from feedback.store import drafts, letters, proposals
from feedback.store.work import Work


@desk_only(Deed.DRAFT_EDIT)
def save_edit(ref: str) -> ResponseReturnValue:
    """Save edit, or propose it where that is what the role may do.

    Form: `edited`, the signature's fields, `abridged`, `bracket`, `version`; `base`, what the form
    was filled with; `proposal`, the number of the one that it was filled from.
    """
    return change(ref, "edit", _save if current_editor().may(Deed.EDIT) else _propose)


@desk_only(Deed.DRAFT_EDIT)
def keep_draft(ref: str) -> ResponseReturnValue:
    """Keep what is being typed; with `draft=forget` throw it away. The same form as Save edit.

    A draft is no edit: no version, no line in the history. Answers `{"says"}`, for the page.
    """
    editor, form = current_editor(), request.form
    if form.get("draft") == "forget":
        with newsroom().store.work() as work:
            drafts.forget(work, letters.by_ref(work, ref).id, editor.id)
        flash(_("The draft is thrown away."), "info")
        return redirect(Selection.read(request.args).letter_href(ref), 303)
    values = sent_values(form)
    with newsroom().store.work() as work:
        letter = letters.by_ref(work, ref)
        if letter.state not in EDITABLE or editor.id is None:
            raise Refused(_("This letter is not edited any more."), "move", {"allowed": []})
        for name, most in LIMITS.items():
            if len(values[name]) > most:
                raise Refused(_("This is too long to be kept."), "fields", {"field": name})
        base = values_of(letter) | base_of(form)
        if not changed(base, values):
            drafts.forget(work, letter.id, editor.id)
            return jsonify(says="")
        drafts.keep(work, letter.id, editor, {"values": values, "base": base}, version_sent())
        return jsonify(says=_("Draft saved %(moment)s", moment=moment(work.now)))


@desk_only(Deed.DRAFT_EDIT)
def settle_proposal(ref: str, number: int) -> ResponseReturnValue:
    """Settle a proposal. Form: `do`: `accept`, `refuse` (with `why`), `take_back`; `version`."""
    return change(ref, "", lambda work, letter: _settle(work, letter, number))


@desk_only(Deed.DRAFT_EDIT)
def return_to(ref: str, number: int) -> ResponseReturnValue:
    """Return to the text of a revision; 0 is the original. It is an edit like any other."""
    return change(ref, "", lambda work, letter: _return_to(work, letter, number))


def _save(work: Work, letter: Letter) -> str:
    before, editor = letter.revision, current_editor()
    proposal = proposals.asked_for(work, letter.id, request.form.get("proposal", ""))
    proposed_by = proposal.by_name if proposal else ""
    edits = edits_of(request.form, letter)
    edit(work, letter, edits, editor, version_sent(), proposed_by=proposed_by)
    if proposal is not None:
        propose.settle(work, proposal, Verdict.ACCEPTED, editor)
    drafts.forget(work, letter.id, editor.id)
    revision = letter.revision
    if revision is None or revision is before:
        return str(_("Saved."))
    return str(_("Saved as revision %(number)s.", number=revision.number))


def _propose(work: Work, letter: Letter) -> str:
    editor = current_editor()
    edits = edits_of(request.form, letter)
    proposal = propose.propose(work, letter, edits, editor, version_sent())
    drafts.forget(work, letter.id, editor.id)
    if proposal is None:
        return str(_("Nothing is changed, so nothing is proposed."))
    return str(_("Proposed. An editor accepts it, or says why not."))


def _return_to(work: Work, letter: Letter, number: int) -> str:
    texts = {0: letter.original.remarks} | {one.number: one.remarks for one in letter.revisions}
    if number not in texts:
        raise NotFound(_("There is no such revision."))
    editor, edits = current_editor(), Edits(edited=texts[number])
    if not editor.may(Deed.EDIT):
        propose.propose(work, letter, edits, editor, version_sent())
        return str(_("Proposed. An editor accepts it, or says why not."))
    edit(work, letter, edits, editor, version_sent())
    if number:
        return str(_("The text of revision %(number)s stands again.", number=number))
    return str(_("The original text stands again."))


def _settle(work: Work, letter: Letter, number: int) -> str:
    editor, do = current_editor(), request.form.get("do", "")
    proposal = proposals.one(work, letter.id, number)
    if do == "accept":
        propose.accept(work, letter, proposal, editor, version_sent())
        return str(_("Saved, as %(name)s proposed.", name=proposal.by_name))
    if do == "refuse":
        propose.refuse(work, proposal, request.form.get("why", ""), editor)
        return str(_("Not taken. %(name)s reads it under “For you”.", name=proposal.by_name))
    propose.take_back(work, proposal, editor)
    return str(_("Your proposal is taken back."))
