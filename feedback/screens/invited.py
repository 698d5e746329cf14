"""An invitation is taken up: somebody new sets their first password."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts import invitations, staff
from feedback.domain.errors import Refused
from feedback.newsroom import newsroom

blueprint = Blueprint("invited", __name__, url_prefix="/desk/invited")


@blueprint.after_request
def _tell_nobody(response: Response) -> Response:
    """The address is a secret: no cache keeps it, no other site is told."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """The form for a password. A look changes nothing."""
    return _page(token)


@blueprint.post("/<token>")
def join(token: str) -> ResponseReturnValue:
    """Set the password, which uses the invitation up."""
    password = request.form.get("password", "")
    if password != request.form.get("password_confirm", ""):
        differ = _("The two passwords differ. Type the same one twice.")
        return _page(token, {"password_confirm": differ}), 422
    try:
        with newsroom().store.work() as work:
            staff.join(work, token, password)
    except Refused as error:
        return _page(token, {"password": error.message}), 422
    flash(_("The password is set. Log in with it."), "info")
    return redirect("/desk/login", 303)


def _page(token: str, errors: dict[str, str] | None = None) -> str:
    with newsroom().store.read() as work:
        account = invitations.invited(work.session, token, work.now)
    return render_template(
        "security/invited.html", account=account, token=token, errors=errors or {}
    )
