"""The people of the desk: invite, let go, let in again, change roles, help out."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from feedback.accounts import invitations, people, policy, staff
from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.accounts.models import Account, SecondFactor
from feedback.domain.editor import Deed, Role
from feedback.domain.errors import Refused
from feedback.newsroom import newsroom
from feedback.screens.desk_forms import Form, typed
from feedback.store.work import Work

blueprint = Blueprint("people", __name__, url_prefix="/desk/users")
guard_desk(blueprint)

ROLES = {
    Role.READER_EDITOR: lazy_gettext("Reader editor: reads, shortlists, drafts edits"),
    Role.EDITOR: lazy_gettext("Editor: runs the letters desk"),
    Role.PUBLISHER: lazy_gettext("Publisher: puts editions out"),
    Role.CHIEF: lazy_gettext("Chief: answers for all of it"),
}
ASKED = {
    SecondFactor.OFF: lazy_gettext("Of nobody; it is offered"),
    SecondFactor.CHIEFS: lazy_gettext("Of chiefs"),
    SecondFactor.ALL: lazy_gettext("Of everybody"),
}


@blueprint.get("")
@desk_only(Deed.USERS)
def show() -> ResponseReturnValue:
    """Everybody, and a form to invite somebody."""
    return _page(Form({"email": "", "name": "", "role": Role.EDITOR}))


@blueprint.post("")
@desk_only(Deed.USERS)
def invite() -> ResponseReturnValue:
    """Take somebody on by an invitation."""
    values = typed("email", "name", "role")
    try:
        with newsroom().store.work() as work:
            account = staff.invite(
                work, current_editor(), values["email"], values["name"], _role(values["role"]),
                newsroom().base_url,
            )  # fmt: skip
    except Refused as error:
        return _page(Form(values, {"email": error.message})), 422
    flash(_("An invitation to %(email)s is on its way.", email=account.email))
    return redirect("/desk/users", 303)


@blueprint.post("/second-factor")
@desk_only(Deed.USERS)
def ask_second() -> ResponseReturnValue:
    """Of whom the house asks a second factor."""
    wanted = request.form.get("of", "")
    if wanted not in list(SecondFactor):
        raise Refused("Choose of whom a second factor is asked.", "fields")
    with newsroom().store.work() as work:
        staff.ask_second(work, current_editor(), SecondFactor(wanted))
    flash(_("Saved."))
    return redirect("/desk/users", 303)


@blueprint.get("/<int:account_id>")
@desk_only(Deed.USERS)
def one(account_id: int) -> ResponseReturnValue:
    """One person, with what can be done."""
    with newsroom().store.read() as work:
        account = people.by_id(work.session, account_id)
        return render_template(
            "desk/person.html",
            account=account,
            invited=invitations.of_all(work.session).get(account.id),
            has_second=policy.has_second(work.session, account),
            now=work.now,
            roles=ROLES,
        )


@blueprint.post("/<int:account_id>/<any(role, disable, enable, invite, forget):deed>")
@desk_only(Deed.USERS)
def do(account_id: int, deed: str) -> ResponseReturnValue:
    """Do one of these with somebody's account."""
    try:
        with newsroom().store.work() as work:
            says = _do(work, people.by_id(work.session, account_id), deed)
    except Refused as error:
        flash(error.message, "error")
    else:
        flash(says)
    return redirect(f"/desk/users/{account_id}", 303)


def _do(work: Work, account: Account, deed: str) -> str:
    by = current_editor()
    if deed == "role":
        staff.change_role(work, by, account.email, _role(request.form.get("role", "")))
        return str(_("The role is changed."))
    if deed == "disable":
        staff.disable(work, by, account.email)
        return str(_("Disabled. All log-ins of %(name)s have ended.", name=account.name))
    if deed == "enable":
        staff.enable(work, by, account.email)
        return str(_("%(name)s may log in again.", name=account.name))
    if deed == "invite":
        staff.invite_again(work, by, account, newsroom().base_url)
        return str(_("A new invitation is on its way; the one before is void."))
    staff.forget_second(work, by, account.email)
    return str(_("The password alone lets %(name)s in now.", name=account.name))


def _role(wanted: str) -> Role:
    if wanted not in list(Role):
        raise Refused("Choose a role.", "fields")
    return Role(wanted)


def _page(form: Form) -> str:
    with newsroom().store.read() as work:
        return render_template(
            "desk/people.html",
            form=form,
            accounts=people.list_accounts(work.session),
            invited=invitations.of_all(work.session),
            with_second=policy.with_second(work.session),
            asked=policy.asked(work.session),
            now=work.now,
            roles=ROLES,
            choices=ASKED,
        )
