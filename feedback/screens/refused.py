"""What came by mail and is no letter: refused by name or unread; each can become one yet."""

from datetime import timedelta

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
from feedback.screens.attached_file import attached_file
from feedback.screens.blocked import of_mail
from feedback.screens.mail_panel import files_of
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
    Refusal.BLOCKED: lazy_gettext("Blocked sender"),
}
UNREAD = lazy_gettext("Could not be read")
COUNTED = timedelta(days=30)


@blueprint.get("/refused")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """Mails that are no letters, newest first; with `kind` those of one kind."""
    chosen = request.args.get("kind", "")
    chosen = chosen if chosen in raw_mails.KINDS else ""
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        counts = raw_mails.counts_since(work, work.now - COUNTED)
        return render_template(
            "desk/refused.html",
            page=raw_mails.no_letters(work, chosen or None, after),
            tabs=[
                (kind, kind_in_words(kind), number)
                for kind, number in counts.items()
                if number.number or kind == chosen
            ],
            chosen=chosen,
            days=COUNTED.days,
            words=words,
            is_first=after is None,
        )


@blueprint.post("/refused/<int:mail_id>")
@desk_only(Deed.SEE_CONTACTS)
def look(mail_id: int) -> ResponseReturnValue:
    """One mail as text, with its sender. The look is logged."""
    with newsroom().store.work() as work:
        mail = seen(work, mail_id)
        return render_template(
            "desk/refused_mail.html",
            mail=mail,
            found=read_mail(mail.raw),
            files=files_of(mail.raw),
            words=words,
        )


@blueprint.post("/refused/<int:mail_id>/attachments/<int:number>")
@desk_only(Deed.SEE_CONTACTS)
def attachment(mail_id: int, number: int) -> ResponseReturnValue:
    """A file of such a mail, as a download: a picture of a letter, to type it in. Logged."""
    with newsroom().store.work() as work:
        return attached_file(seen(work, mail_id).raw, number)


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
            note(work, HouseEventKind.MAIL_ACCEPTED, mail_id)
    if accepted:
        flash(_("It is read as a letter now, and stands in the queue in a moment."))
    return redirect(onward, 303)


def seen(work: Work, mail_id: int) -> RawMail:
    """The mail, looked at: the look is noted. Raises NotFound."""
    mail = raw_mails.by_id(work, mail_id)
    note(work, HouseEventKind.MAIL_SEEN, mail_id)
    return mail


def note(work: Work, kind: HouseEventKind, mail_id: int) -> None:
    """Write a line about such a mail into the house's history."""
    house_events.note(work, kind, current_editor(), about=_("Mail %(n)s", n=mail_id))


def words(mail: RawMail) -> str:
    """Why the mail is no letter."""
    return str(REFUSAL_WORDS[mail.refusal] if mail.refusal is not None else UNREAD)


def kind_in_words(kind: str) -> str:
    """The same for a kind by its name."""
    return str(UNREAD if kind == Fate.UNREAD else REFUSAL_WORDS[Refusal(kind)])


blueprint.add_url_rule("/refused/<int:mail_id>/block", methods=["POST"], view_func=of_mail)
