"""The outbox: which mails wait, left or could not, and why."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from feedback.accounts.guard import desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.domain.owed_mail import MailState
from feedback.newsroom import newsroom
from feedback.screens.mail_page import is_kept, may_retry, turns
from feedback.store import mails, outbox_pages
from feedback.store.paging import Count

blueprint = Blueprint("outbox", __name__, url_prefix="/desk")
guard_desk(blueprint)

PAGE = 50
TABS: dict[str, tuple[str, MailState | None]] = {
    "all": (lazy_gettext("All"), None),
    "waiting": (lazy_gettext("Waiting"), MailState.WAITING),
    "failed": (lazy_gettext("Failed"), MailState.FAILED),
    "sent": (lazy_gettext("Sent"), MailState.SENT),
    "cancelled": (lazy_gettext("Called off"), MailState.CANCELLED),
    "skipped": (lazy_gettext("Skipped"), MailState.SKIPPED),
}
COUNTED = (MailState.WAITING, MailState.FAILED)  # what may want somebody's attention


@dataclass(frozen=True)
class Tab:
    """One tab, with its count where that tells something."""

    key: str
    name: str
    count: Count | None


@blueprint.get("/outbox")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """The mails of one state, newest first."""
    chosen = request.args.get("state", "all")
    chosen = chosen if chosen in TABS else "all"
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        page = outbox_pages.page(work, TABS[chosen][1], after, PAGE)
        tabs = [
            Tab(key, name, mails.count(work, state) if state in COUNTED else None)
            for key, (name, state) in TABS.items()
        ]
        return render_template(
            "desk/outbox.html",
            page=page,
            tabs=tabs,
            chosen=chosen,
            is_first=after is None,
            is_kept=is_kept(),
            may_retry=may_retry,
            waits_its_turn=turns(work),
        )
