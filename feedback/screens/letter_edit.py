"""Save edit: where somebody else saved first, nothing is overwritten and nothing typed is lost."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.edit import edit
from feedback.domain.editor import Deed
from feedback.domain.letter import Letter
from feedback.screens.edit_form import edits_of
from feedback.screens.letter_actions import version_sent
from feedback.screens.letter_changes import change
from feedback.store.work import Work


@desk_only(Deed.DRAFT_EDIT)
def save_edit(ref: str) -> ResponseReturnValue:
    """Save edit. Form: `edited`, the signature's fields, `abridged`, `bracket`, `version`."""
    return change(ref, "edit", _save)


def _save(work: Work, letter: Letter) -> str:
    before = letter.revision
    edit(work, letter, edits_of(request.form, letter), current_editor(), version_sent())
    revision = letter.revision
    if revision is None or revision is before:
        return str(_("Saved."))
    return str(_("Saved as revision %(number)s.", number=revision.number))
