"""Your account: password, second step, passkeys, where you are logged in."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts import digest, own
from feedback.accounts.guard import ACCOUNT_ROOM, current_editor, desk_only, guard_desk
from feedback.accounts.passkeys import are_possible_here
from feedback.domain.errors import Refused
from feedback.newsroom import newsroom
from feedback.reading.ap_dates import ap_time

blueprint = Blueprint(ACCOUNT_ROOM, __name__, url_prefix="/desk")
guard_desk(blueprint)


@blueprint.get("/account")
@desk_only()
def show() -> ResponseReturnValue:
    """What the account has, and its open log-ins."""
    with newsroom().store.read() as work:
        seen = own.of_current(work)
    return render_template(
        "desk/account.html", own=seen, passkeys_possible=are_possible_here(), hours=_hours()
    )


@blueprint.post("/account/digest")
@desk_only()
def choose_digest() -> ResponseReturnValue:
    """Form: `hour` of the newsroom's day from which the daily mail leaves; empty: none."""
    sent = request.form.get("hour", "")
    hour = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 3 else None
    try:
        with newsroom().store.work() as work:
            digest.choose_hour(work, current_editor().id or 0, hour)
    except Refused as error:
        flash(error.message, "error")
        return redirect("/desk/account", 303)
    flash(_("No daily mail.") if hour is None else _("A mail a day, while there is something."))
    return redirect("/desk/account", 303)


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


def _hours() -> list[tuple[int, str]]:
    """The hours of a day as they are written."""
    return [(hour, ap_time(datetime(2026, 1, 1, hour, tzinfo=UTC))) for hour in digest.HOURS]
