"""Your account: password, second step, passkeys, where you are logged in."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts import own
from feedback.accounts.guard import ACCOUNT_ROOM, desk_only, guard_desk
from feedback.accounts.passkeys import are_possible_here
from feedback.newsroom import newsroom

blueprint = Blueprint(ACCOUNT_ROOM, __name__, url_prefix="/desk")
guard_desk(blueprint)


@blueprint.get("/account")
@desk_only()
def show() -> ResponseReturnValue:
    """What the account has, and its open log-ins."""
    with newsroom().store.read() as work:
        seen = own.of_current(work)
    return render_template("desk/account.html", own=seen, passkeys_possible=are_possible_here())


@blueprint.post("/account/log-ins/end")
@desk_only()
def end() -> ResponseReturnValue:
    """End one log-in, named by its digest, or with `others` all but this one."""
    with newsroom().store.work() as work:
        if request.form.get("others"):
            own.end_other_log_ins(work)
            says = _("All other log-ins have ended.")
        elif own.end_log_in(work, request.form.get("log_in", "")[:64]):
            return redirect("/desk/login", 303)
        else:
            says = _("That log-in has ended.")
    flash(says)
    return redirect("/desk/account", 303)
