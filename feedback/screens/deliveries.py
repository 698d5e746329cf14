"""An edition is sent to where a newsroom's site is made."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.domain.delivery import TargetKind
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound, Refused
from feedback.export.deliver import order
from feedback.newsroom import newsroom
from feedback.store import editions

blueprint = Blueprint("deliveries", __name__, url_prefix="/desk")
guard_desk(blueprint)


@blueprint.post("/editions/<slug>/deliveries")
@desk_only(Deed.EXPORT)
def send(slug: str) -> ResponseReturnValue:
    """Order a delivery; the worker brings it. Form: `to=wordpress`."""
    if request.form.get("to") != TargetKind.WORDPRESS or newsroom().settings.wordpress is None:
        raise NotFound("There is no such target.")
    try:
        with newsroom().store.work() as work:
            edition = editions.by_slug(work, slug, to_change=True)
            order(work, edition, TargetKind.WORDPRESS, current_editor())
    except Refused as error:
        flash(_("Not sent: %(why)s", why=error.message), "error")
    else:
        flash(_("It is on its way; this page says when it is there."))
    return redirect(f"/desk/editions/{slug}", 303)
