"""Single sign-on: out to the provider, and back in."""

from typing import cast

from flask import Blueprint, abort, flash, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security.proxies import _security
from flask_security.utils import login_user

from feedback.accounts import people, staff
from feedback.accounts.local_path import local_path
from feedback.accounts.log_in_settings import START
from feedback.accounts.log_in_views import keep_onward
from feedback.accounts.seats import Seats, Sitter
from feedback.accounts.sso import SignOn, Vouched
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import Refused, Unreachable
from feedback.newsroom import newsroom

blueprint = Blueprint("sign_on", __name__, url_prefix="/desk/login/sso")

KEPT = "desk_sso"  # key of the session
BACK = "/desk/login/sso/back"
THE_PROVIDER = Editor(None, "Single sign-on", Role.CHIEF)  # who takes on by itself


def of_settings() -> SignOn | None:
    """The provider that the settings name, if they name one."""
    chosen = newsroom().settings
    if not (chosen.oidc_issuer and chosen.oidc_client_id and chosen.oidc_client_secret):
        return None
    return SignOn(
        chosen.oidc_issuer,
        chosen.oidc_client_id,
        chosen.oidc_client_secret,
        back=newsroom().base_url + BACK,
        domains=chosen.oidc_domains,
        role=Role(chosen.oidc_role) if chosen.oidc_role else None,
    )


@blueprint.get("")
def begin() -> ResponseReturnValue:
    """Send the browser to the provider."""
    try:
        begun = _sign_on().begin()
    except Unreachable as error:
        return _refused(error.message)
    session[KEPT] = begun.kept | {"next": local_path(request.args.get("next")) or ""}
    return redirect(begun.address, 303)


@blueprint.get("/back")
def back() -> ResponseReturnValue:
    """Let in whom the provider vouches for; what was kept is good for one try."""
    kept = session.pop(KEPT, None)
    kept = kept if isinstance(kept, dict) else {}
    try:
        vouched = _sign_on().finish(request.args, kept, newsroom().store.clock())
        sitter = _sitter(vouched)
    except (Refused, Unreachable) as error:
        return _refused(error.message)
    onward = local_path(kept.get("next")) or START
    second = _security.two_factor_plugins.tf_enter(sitter, False, "sso", next_loc=None)
    if second is not None:
        keep_onward(onward)
        return cast("ResponseReturnValue", second)
    login_user(sitter, remember=False, authn_via=["sso"])
    return redirect(onward, 303)


def _sitter(vouched: Vouched) -> Sitter:
    """The account that is meant, made where the settings say so. Raises Refused."""
    email = people.normal_email(vouched.email)
    seats: Seats = _security.datastore
    sitter = seats.find_user(email=email)
    if sitter is None and _sign_on().may_take_on(email):
        role = _sign_on().role
        with newsroom().store.work() as work:
            staff.add(work, THE_PROVIDER, email, vouched.name[:120], role or Role.READER_EDITOR)
        sitter = seats.find_user(email=email)
    if sitter is None or not sitter.active:
        raise Refused(_("There is no account for you at this desk. Ask your chief."), "sso")
    return sitter


def _sign_on() -> SignOn:
    found = of_settings()
    if found is None:
        abort(404)
    return found


def _refused(says: str) -> ResponseReturnValue:
    flash(says, "error")
    return redirect("/desk/login", 303)
