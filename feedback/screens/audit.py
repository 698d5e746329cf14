"""What was done at the desk, by whom; whether anybody tampered with that."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from feedback.accounts.guard import desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.newsroom import newsroom
from feedback.screens.house_words import what_happened
from feedback.store import events, house_events

blueprint = Blueprint("audit", __name__, url_prefix="/desk")
guard_desk(blueprint)

PAGE = 50
CHECKED = 500  # letters, newest first: a second or so; `feedback audit verify` takes all


@blueprint.get("/audit")
@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """The latest lines of all histories; with `check` the newest letters' chains are tried."""
    after = request.args.get("after") or None
    if request.args.get("of") == "house":
        return _of_the_house(after)
    with newsroom().store.read() as work:
        page = events.page(work, after, PAGE)
        checked = events.check_newest(work, CHECKED) if request.args.get("check") else None
        return render_template(
            "desk/audit.html", page=page, is_first=after is None, checked=checked, most=CHECKED
        )


def _of_the_house(after: str | None) -> str:
    """The house's own history; with `check` its whole chain is tried."""
    with newsroom().store.read() as work:
        return render_template(
            "desk/audit_house.html",
            page=house_events.page(work, after, PAGE),
            is_first=after is None,
            checked=house_events.verify(work) if request.args.get("check") else None,
            what_happened=what_happened,
        )
