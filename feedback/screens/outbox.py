"""The outbox: which mails wait, left or could not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from feedback.accounts.guard import desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.domain.owed_mail import MailKind, MailState
from feedback.newsroom import newsroom
from feedback.reading.cleaning import clean_line
from feedback.screens.desk_words import MAIL_WORDS
from feedback.screens.mail_page import is_kept, may_look, may_retry, turns
from feedback.store import mails, outbox_pages
from feedback.store.outbox_pages import Which
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
KINDS = [("", lazy_gettext("Any")), *MAIL_WORDS.items()]
MOST_REF = 40  # characters of a reference that are looked for
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
    """The mails of one state, newest first; those of one kind, or about one letter."""
    chosen = request.args.get("state", "all")
    chosen = chosen if chosen in TABS else "all"
    asked = request.args.get("kind", "")
    kind = MailKind(asked) if asked in list(MailKind) else None
    ref = clean_line(request.args.get("ref", ""))[:MOST_REF].upper() or None
    same = {"state": chosen, "kind": kind or "", "ref": ref or ""}
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        page = outbox_pages.page(work, Which(TABS[chosen][1], kind, ref), after, PAGE)
        tabs = [
            Tab(key, name, mails.count(work, state) if state in COUNTED else None)
            for key, (name, state) in TABS.items()
        ]
        return render_template(
            "desk/outbox.html",
            page=page,
            tabs=tabs,
            chosen=chosen,
            kinds=KINDS,
            kind=kind or "",
            ref=ref or "",
            address_of=lambda **more: _address({**same, **more}),
            is_first=after is None,
            is_kept=is_kept(),
            may_retry=may_retry,
            may_look=may_look,
            waits_its_turn=turns(work),
        )


def _address(asked: Mapping[str, str]) -> str:
    """The page with this asked for; a mail's address names no person."""
    query = urlencode({name: value for name, value in asked.items() if value and value != "all"})
    return f"/desk/outbox?{query}" if query else "/desk/outbox"
