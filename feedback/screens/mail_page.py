"""One mail of the outbox: what it says, what became of it, what can be done about it."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.decide import log_contact_look
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound, Refused
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.newsroom import newsroom
from feedback.outbox import resend as once_more
from feedback.outbox.compose import Composed, compose
from feedback.outbox.lift import lift
from feedback.outbox.retry import can_be_tried, deed_for, retry
from feedback.store import dead_addresses, letters, outbox_pages, pace
from feedback.store.work import Work

blueprint = Blueprint("mail_page", __name__, url_prefix="/desk/outbox")
guard_desk(blueprint)

# A mail's own style, and nothing else; only a page of ours may show it.
FRAME_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@blueprint.get("/<int:mail_id>")
@desk_only(Deed.READ)
def show(mail_id: int) -> ResponseReturnValue:
    """One mail, without its address and the secret part of its links."""
    with newsroom().store.read() as work:
        return _page(work, outbox_pages.by_id(work, mail_id))


@blueprint.post("/<int:mail_id>")
@desk_only(Deed.SEE_CONTACTS)
def look(mail_id: int) -> ResponseReturnValue:
    """One mail with its address, and whole where it goes no further than the desk. Logged."""
    editor = current_editor()
    with newsroom().store.work() as work:
        mail = outbox_pages.by_id(work, mail_id)
        if mail.kind is MailKind.ACCOUNT:
            editor.require(Deed.USERS)
        elif mail.letter_id is not None and mail.kind is not MailKind.REPORTER:
            log_contact_look(work, letters.by_id(work, mail.letter_id, to_change=True), editor)
        return _page(work, mail, is_whole=True)


@blueprint.get("/<int:mail_id>/html")
@desk_only(Deed.READ)
def html(mail_id: int) -> ResponseReturnValue:
    """Its HTML, for the frame of the page above: it runs nothing and loads nothing."""
    with newsroom().store.read() as work:
        mail = outbox_pages.by_id(work, mail_id)
        composed = _words(work, mail, _letter_of(work, mail))
    if composed is None or composed.html is None:
        raise NotFound("This mail has no HTML.")
    answer = Response(composed.html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = FRAME_POLICY
    return answer


@blueprint.post("/<int:mail_id>/retry")
@desk_only(Deed.READ)
def again(mail_id: int) -> ResponseReturnValue:
    """Try a mail again that had failed."""
    try:
        with newsroom().store.work() as work:
            mail = outbox_pages.by_id(work, mail_id, to_change=True)
            retry(work, mail, _letter_of(work, mail), current_editor())
    except Refused as error:
        flash(error.message, "error")
    else:
        flash(_("The mail is tried again now."))
    return redirect(f"/desk/outbox/{mail_id}", 303)


@blueprint.post("/<int:mail_id>/lift")
@desk_only(Deed.SEE_CONTACTS)
def let_go_again(mail_id: int) -> ResponseReturnValue:
    """Mails to the address of this one leave again. Logged."""
    try:
        with newsroom().store.work() as work:
            mail = outbox_pages.by_id(work, mail_id)
            lift(work, mail, _letter_of(work, mail, to_change=True), current_editor())
    except Refused as error:
        flash(error.message, "error")
    else:
        flash(_("Mails to this address leave again."))
    return redirect(f"/desk/outbox/{mail_id}", 303)


@blueprint.post("/<int:mail_id>/resend")
@desk_only(Deed.READ)
def resend(mail_id: int) -> ResponseReturnValue:
    """Send a mail once more. Form: `sure`, from the page that asks whether it is wanted."""
    if request.form.get("sure") != "yes":
        return redirect(f"/desk/outbox/{mail_id}?do=resend", 303)
    made = mail_id
    try:
        with newsroom().store.work() as work:
            mail = outbox_pages.by_id(work, mail_id)
            letter = _letter_of(work, mail, to_change=True)
            repeat = once_more.resend(work, mail, letter, current_editor())
            work.session.flush()
            made = repeat.id
    except Refused as error:
        flash(error.message, "error")
    else:
        flash(_("The mail leaves once more."))
    return redirect(f"/desk/outbox/{made}", 303)


def is_kept() -> bool:
    """Whether mails go no further than the built-in outbox: then the desk is where they are read.

    A mail that leaves goes to its writer alone: its secret links are for nobody at the desk.
    """
    return newsroom().settings.smtp_url is None


def may_retry(mail: OwedMail) -> bool:
    """Whether whoever asks may try it again."""
    return can_be_tried(mail) and current_editor().may(deed_for(mail))


def may_look(mail: OwedMail) -> bool:
    """Whether whoever asks may see to whom it goes; the look is logged."""
    editor = current_editor()
    deed = Deed.USERS if mail.kind is MailKind.ACCOUNT else Deed.SEE_CONTACTS
    return editor.may(Deed.SEE_CONTACTS) and editor.may(deed)


def turns(work: Work) -> Callable[[OwedMail], int]:
    """Tells of a mail that is due and waits for others to leave: how many may in a minute."""
    most = 0 if is_kept() else pace.most_a_minute(work)
    is_full, now = pace.is_full(work, most), work.now

    def waits(mail: OwedMail) -> int:
        is_due = mail.due_at <= now and not (mail.lease_until and mail.lease_until > now)
        return most if is_full and is_due and not mail.problem else 0

    return waits


def _page(work: Work, mail: OwedMail, *, is_whole: bool = False) -> str:
    editor = current_editor()
    letter = _letter_of(work, mail)
    dead = dead_addresses.dead(work, dead_addresses.key_of(work.keys, mail, letter))
    address = None
    if is_whole:
        own = letter.contact.email if letter and letter.contact else None
        address = mail.to_address or own
    composed = _words(work, mail, letter, is_whole=is_whole)
    is_sent = mail.state is MailState.SENT and letter is not None and editor.may(deed_for(mail))
    return render_template(
        "desk/mail.html",
        mail=mail,
        letter=letter,
        composed=composed,
        address=address,
        is_whole=is_whole,
        is_kept=is_kept(),
        dead=dead,
        waits_its_turn=turns(work),
        may_retry=lambda mail: dead is None and may_retry(mail),
        may_look=may_look(mail),
        may_resend=is_sent,
        why_not_again=once_more.why_not(work, mail, letter) if is_sent else None,
        most_again=once_more.MOST_A_DAY,
        do=request.args.get("do", ""),
    )


def _words(
    work: Work, mail: OwedMail, letter: Letter | None, *, is_whole: bool = False
) -> Composed | None:
    """What it says; None for those who may not read it."""
    if mail.kind is MailKind.ACCOUNT and not current_editor().may(Deed.USERS):
        return None
    for_show = mail.kind is not MailKind.ACCOUNT and not (is_whole and is_kept())
    return compose(work, mail, letter, newsroom().base_url, is_for_show=for_show)


def _letter_of(work: Work, mail: OwedMail, *, to_change: bool = False) -> Letter | None:
    if mail.letter_id is None:
        return None
    return letters.by_id(work, mail.letter_id, to_change=to_change)
