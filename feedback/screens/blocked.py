"""Senders whose mails are refused: blocked from a mail, from a letter, or typed into the list."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.block import block, block_address, unblock
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.newsroom import newsroom
from feedback.screens.desk_forms import Form, errors_of
from feedback.screens.letter_changes import change
from feedback.store import blocked, raw_mails
from feedback.store.work import Work

blueprint = Blueprint("blocked", __name__, url_prefix="/desk/settings/blocked")
guard_desk(blueprint)


@blueprint.get("")
@desk_only(Deed.DECIDE)
def show() -> ResponseReturnValue:
    """All of them, the newest first, with who blocked them and when."""
    return _page(Form({"address": ""}))


@blueprint.post("")
@desk_only(Deed.DECIDE)
def add() -> ResponseReturnValue:
    """Block an address. Form: `address`, which is kept as a digest alone."""
    try:
        with newsroom().store.work() as work:
            is_new = block_address(work, request.form.get("address", ""), current_editor())
    except Refused as error:
        typed = {"address": request.form.get("address", "")}
        return _page(Form(typed, errors_of(error, "address"))), 422
    flash(_said(is_new=is_new))
    return redirect("/desk/settings/blocked", 303)


@blueprint.post("/<int:number>")
@desk_only(Deed.DECIDE)
def remove(number: int) -> ResponseReturnValue:
    """Unblock."""
    with newsroom().store.work() as work:
        unblock(work, blocked.by_id(work, number), current_editor())
    flash(_("Unblocked: mails from there are read again."))
    return redirect("/desk/settings/blocked", 303)


@desk_only(Deed.DECIDE)
def of_mail(mail_id: int) -> ResponseReturnValue:
    """Block the sender of a mail that is no letter."""
    with newsroom().store.work() as work:
        mail = raw_mails.by_id(work, mail_id)
        is_new = block(work, mail.sender_key, _("Mail %(n)s", n=mail_id), current_editor())
    flash(_said(is_new=is_new))
    return redirect("/desk/refused", 303)


@desk_only(Deed.DECIDE)
def of_letter(ref: str) -> ResponseReturnValue:
    """Block a letter's writer; with `blocked=no` take the mails of that address again."""
    return change(ref, "", _switch)


def _switch(work: Work, letter: Letter) -> str:
    key = letter.contact.email_key if letter.contact else None
    if request.form.get("blocked") == "no":
        unblock(work, blocked.of_sender(work, key), current_editor())
        return str(_("Unblocked: mails from there are read again."))
    return _said(is_new=block(work, key, letter.ref, current_editor()))


def _said(*, is_new: bool) -> str:
    if is_new:
        return str(_("Blocked: mails from this address are refused from now on."))
    return str(_("This address is blocked already."))


def _page(form: Form) -> str:
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        return render_template(
            "desk/blocked.html", page=blocked.page(work, after), form=form, is_first=after is None
        )
