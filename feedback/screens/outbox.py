"""The outbox: which mails wait, left or could not, and why."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.decide import log_contact_look
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.newsroom import newsroom
from feedback.outbox.compose import Composed, compose
from feedback.outbox.retry import deed_for, retry
from feedback.store import letters, mails, outbox_pages
from feedback.store.paging import Count
from feedback.store.work import Work

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
            may_retry=_may_retry,
        )


@blueprint.get("/outbox/<int:mail_id>")
@desk_only(Deed.READ)
def one(mail_id: int) -> ResponseReturnValue:
    """One mail, without its address and the secret part of its links."""
    with newsroom().store.read() as work:
        return _page(work, outbox_pages.by_id(work, mail_id))


@blueprint.post("/outbox/<int:mail_id>")
@desk_only(Deed.SEE_CONTACTS)
def look(mail_id: int) -> ResponseReturnValue:
    """One mail with its address, and whole where it goes no further than the desk. Logged."""
    editor = current_editor()
    with newsroom().store.work() as work:
        mail = outbox_pages.by_id(work, mail_id)
        if mail.kind is MailKind.ACCOUNT:
            editor.require(Deed.USERS)
        elif mail.letter_id is not None and mail.is_for_writer:
            log_contact_look(work, letters.by_id(work, mail.letter_id, to_change=True), editor)
        return _page(work, mail, is_whole=True)


@blueprint.post("/outbox/<int:mail_id>/retry")
@desk_only(Deed.READ)
def again(mail_id: int) -> ResponseReturnValue:
    """Try a mail again that had failed."""
    try:
        with newsroom().store.work() as work:
            retry(work, outbox_pages.by_id(work, mail_id, to_change=True), current_editor())
    except Refused as error:
        flash(error.message, "error")
    else:
        flash(_("The mail is tried again now."))
    return redirect(f"/desk/outbox/{mail_id}", 303)


def is_kept() -> bool:
    """Whether mails go no further than the built-in outbox: then the desk is where they are read.

    A mail that leaves goes to its writer alone: its secret links are for nobody at the desk.
    """
    return newsroom().settings.smtp_url is None


def _page(work: Work, mail: OwedMail, *, is_whole: bool = False) -> str:
    editor = current_editor()
    letter = letters.by_id(work, mail.letter_id) if mail.letter_id is not None else None
    composed: Composed | None = None
    address = None
    if is_whole:
        own = letter.contact.email if letter and letter.contact else None
        address = mail.to_address or own
    if mail.kind is not MailKind.ACCOUNT or editor.may(Deed.USERS):
        for_show = mail.kind is not MailKind.ACCOUNT and not (is_whole and is_kept())
        composed = compose(work, mail, letter, newsroom().base_url, is_for_show=for_show)
    return render_template(
        "desk/mail.html",
        mail=mail,
        letter=letter,
        composed=composed,
        address=address,
        is_whole=is_whole,
        is_kept=is_kept(),
        may_retry=_may_retry,
        may_look=_may_look(editor, mail),
    )


def _may_look(editor: Editor, mail: OwedMail) -> bool:
    deed = Deed.USERS if mail.kind is MailKind.ACCOUNT else Deed.SEE_CONTACTS
    return editor.may(Deed.SEE_CONTACTS) and editor.may(deed)


def _may_retry(mail: OwedMail) -> bool:
    return mail.state is MailState.FAILED and current_editor().may(deed_for(mail))
