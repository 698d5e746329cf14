"""What was done at the desk, by whom; whether anybody tampered with that."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from feedback.accounts.guard import desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.newsroom import newsroom
from feedback.store import events

blueprint = Blueprint("audit", __name__, url_prefix="/desk")
guard_desk(blueprint)

PAGE = 50
CHECKED = 500  # letters, newest first: a second or so; `feedback audit verify` takes all


@blueprint.get("/audit")
@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """The latest lines of all histories; with `check` the newest letters' chains are tried."""
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        page = events.page(work, after, PAGE)
        checked = events.check_newest(work, CHECKED) if request.args.get("check") else None
        return render_template(
            "desk/audit.html", page=page, is_first=after is None, checked=checked, most=CHECKED
        )
