"""While a letter is edited: what the edit does so far; house style taken change by change."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from feedback.accounts.guard import desk_only
from feedback.desk.edit_values import TEXT
from feedback.domain.editor import Deed
from feedback.newsroom import newsroom
from feedback.screens.edit_aids import aids_of, with_accepted
from feedback.screens.letter_page import Shown, render
from feedback.screens.selection import Selection
from feedback.store import letters


@desk_only(Deed.DRAFT_EDIT)
def preview(ref: str) -> ResponseReturnValue:
    """A part of the page, for the text as it is typed. Form: `edited`. Nothing is saved."""
    with newsroom().store.read() as work:
        letter = letters.by_ref(work, ref)
        aids = aids_of(letter, request.form.get(TEXT, ""))
        return render_template("desk/parts/edit_aids.html", letter=letter, aids=aids)


@desk_only(Deed.DRAFT_EDIT)
def tidy(ref: str) -> ResponseReturnValue:
    """The form again, with what is ticked of house style in its text; nothing is saved.

    The form of Save edit, with `tidy`: the keys of the changes that are taken.
    """
    text = with_accepted(request.form.get(TEXT, ""), request.form.getlist("tidy"))
    typed = request.form.to_dict() | {TEXT: text}
    with newsroom().store.read() as work:
        letter = letters.by_ref(work, ref)
        return render(work, letter, Shown(Selection.read(request.args), do="edit", typed=typed))
