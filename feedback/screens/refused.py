"""What came by mail and is no letter: refused by name or unread; each can become one yet."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.domain.editor import Deed
from feedback.domain.house_event import HouseEventKind
from feedback.domain.raw_mail import Fate, RawMail, Refusal
from feedback.newsroom import newsroom
from feedback.reading.pasted_mail import read_mail
from feedback.store import house_events, letters, raw_mails
from feedback.store.work import Work

blueprint = Blueprint("refused", __name__, url_prefix="/desk")
guard_desk(blueprint)

REFUSAL_WORDS = {
    Refusal.LOOP: lazy_gettext("Our own mail"),
    Refusal.BOUNCE: lazy_gettext("Report of delivery"),
    Refusal.AUTO_REPLY: lazy_gettext("Automatic reply"),
    Refusal.LIST: lazy_gettext("Mailing list"),
    Refusal.SPAM: lazy_gettext("Spam, says the mail server"),
    Refusal.TOO_MANY: lazy_gettext("Too many from one sender"),
    Refusal.TOO_LARGE: lazy_gettext("Too large"),
    Refusal.ONLY_ATTACHMENT: lazy_gettext("Only an attachment"),
    Refusal.EMPTY: lazy_gettext("Empty"),
}


@blueprint.get("/refused")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """Mails that are no letters, newest first."""
    with newsroom().store.read() as work:
        page = raw_mails.no_letters(work, after=request.args.get("after") or None)
        return render_template(
            "desk/refused.html", page=page, words=words, is_first=not request.args.get("after")
        )


@blueprint.post("/refused/<int:mail_id>")
@desk_only(Deed.SEE_CONTACTS)
def look(mail_id: int) -> ResponseReturnValue:
    """One mail as text, with its sender. The look is logged."""
    with newsroom().store.work() as work:
        _note(work, HouseEventKind.MAIL_SEEN, mail_id)
        mail = raw_mails.by_id(work, mail_id)
        found = read_mail(mail.raw)
        return render_template("desk/refused_mail.html", mail=mail, found=found, words=words)


@blueprint.post("/refused/<int:mail_id>/accept")
@desk_only(Deed.DECIDE)
def accept(mail_id: int) -> ResponseReturnValue:
    """It is a letter all the same; or, of one that was not read: try again.

    Of an answer the desk says so on the page of the letter that it answers, and stays there.
    """
    onward = "/desk/refused"
    with newsroom().store.work() as work:
        mail = raw_mails.by_id(work, mail_id, to_change=True)
        if mail.fate is Fate.REPLY and mail.letter_id is not None:
            onward = f"/desk/letters/{letters.by_id(work, mail.letter_id).ref}"
        accepted = raw_mails.accept(mail)
        if accepted:
            _note(work, HouseEventKind.MAIL_ACCEPTED, mail_id)
    if accepted:
        flash(_("It is read as a letter now, and stands in the queue in a moment."))
    return redirect(onward, 303)


def _note(work: Work, kind: HouseEventKind, mail_id: int) -> None:
    house_events.note(work, kind, current_editor(), about=_("Mail %(n)s", n=mail_id))


def words(mail: RawMail) -> str:
    """Why the mail is no letter."""
    if mail.refusal is not None:
        return str(REFUSAL_WORDS[mail.refusal])
    return str(_("Could not be read"))
