"""Letters by mail: which mailbox is watched, how it stands, the switch that lets it go live."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound
from feedback.domain.house_event import HouseEventKind
from feedback.domain.mailbox import WatchedMailbox
from feedback.newsroom import newsroom
from feedback.store import house_events, mailboxes
from feedback.store.work import Work

blueprint = Blueprint("mailboxes", __name__, url_prefix="/desk/settings/mail")
guard_desk(blueprint)


@blueprint.get("")
@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """Every mailbox with what waits for it."""
    with newsroom().store.read() as work:
        rows = [(box, mailboxes.stopped(work, box.id)) for box in mailboxes.every(work)]
        return render_template(
            "desk/mailboxes.html", rows=rows, is_set=newsroom().settings.imap_url is not None
        )


@blueprint.post("/<int:mailbox_id>")
@desk_only(Deed.SETTINGS)
def switch(mailbox_id: int) -> ResponseReturnValue:
    """Form: `to=live` lets it go live, `to=look` goes back to looking only."""
    to = request.form.get("to")
    if to not in ("live", "look"):
        raise NotFound("There is no such switch.")
    with newsroom().store.work() as work:
        box = mailboxes.by_id(work, mailbox_id, to_change=True)
        if box.is_live == (to == "live"):
            return redirect("/desk/settings/mail", 303)
        if to == "live":
            mailboxes.go_live(work, box)
            _note(work, HouseEventKind.MAILBOX_LIVE, box)
            says = _("The mailbox is live. What waited for it leaves now.")
        else:
            mailboxes.only_look(box)
            _note(work, HouseEventKind.MAILBOX_LOOKS, box)
            says = _("The mailbox is only looked into; nothing leaves about its letters.")
    flash(says)
    return redirect("/desk/settings/mail", 303)


def _note(work: Work, kind: HouseEventKind, box: WatchedMailbox) -> None:
    house_events.note(work, kind, current_editor(), about=box.name)
