"""The words of the mails to writers: typed, looked at before they are saved, kept with the past."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.mail_words import USUAL, change_words, check, use_version
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound, Refused, Stale
from feedback.domain.mail_words import MailWords
from feedback.domain.owed_mail import MailKind
from feedback.newsroom import newsroom
from feedback.outbox.compose import Composed, Own
from feedback.outbox.example import example, usual
from feedback.outbox.own_words import SLOTS
from feedback.reading.cleaning import clean_line, clean_text
from feedback.screens.desk_forms import Form, errors_of, typed, version_sent
from feedback.store import columns, mail_words
from feedback.store.work import Work

blueprint = Blueprint("mail_words", __name__, url_prefix="/desk/settings/mails")
guard_desk(blueprint)

SLOT_WORDS: dict[str, str] = {
    "ref": lazy_gettext("the letter’s number, like WHY-7Q2KD"),
    "column": lazy_gettext("the name of the column"),
    "publication": lazy_gettext("the name of the publication"),
    "confirm_link": lazy_gettext("where the writer confirms the letter; not once that is done"),
    "page_link": lazy_gettext("the writer’s own page: where the letter stands, take it back"),
    "edition_link": lazy_gettext("the edition with the letter"),
    "missing": lazy_gettext("what is still missing, one a line; nothing where nothing is"),
    "why": lazy_gettext("a sentence for the reason, as the house’s rules have it"),
}


@blueprint.get("")
@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """The mails to writers, each with whose words it has."""
    with newsroom().store.read() as work:
        column = columns.first(work)
        kinds = [(kind, mail_words.newest(work, column.id, kind)) for kind in SLOTS]
    return render_template("desk/mails.html", column=column, kinds=kinds)


@blueprint.get("/<kind>")
@desk_only(Deed.SETTINGS)
def edit(kind: str) -> ResponseReturnValue:
    """The words that stand, with the usual ones beside them and every earlier version."""
    which = _kind(kind)
    with newsroom().store.read() as work:
        stands = _own(mail_words.newest(work, columns.first(work).id, which))
        form = Form({"subject": stands.subject, "text": stands.text}) if stands else None
        return _page(work, which, form)


@blueprint.post("/<kind>")
@desk_only(Deed.SETTINGS)
def save(kind: str) -> ResponseReturnValue:
    """Show the mail with these words (`step=preview`), or save them (`step=save`)."""
    which = _kind(kind)
    given = typed("subject", "text")
    words = clean_line(given["subject"]), clean_text(given["text"])
    try:
        if request.form.get("step") != "save":
            check(which, *words)
            with newsroom().store.read() as work:
                return _page(work, which, Form(given), Own(*words))
        with newsroom().store.work() as work:
            column = columns.first(work)
            own = None if Own(*words) == usual(column, which) else words
            made = change_words(work, column, which, own, current_editor(), version_sent())
    except Stale as error:
        flash(error.message, "error")
        with newsroom().store.read() as work:
            return _page(work, which, Form(given)), 409
    except Refused as error:
        with newsroom().store.read() as work:
            return _page(work, which, Form(given, errors_of(error, "text"))), 422
    flash(_("Saved: mails have these words from now on.") if made else _("Nothing was changed."))
    return redirect(f"/desk/settings/mails/{which}", 303)


@blueprint.post("/<kind>/versions/<int:number>")
@desk_only(Deed.SETTINGS)
def back(kind: str, number: int) -> ResponseReturnValue:
    """An earlier version stands again, as a new one; number 0: the usual words."""
    which = _kind(kind)
    if number > 2**31 - 1:
        raise NotFound("There is no such version.")
    with newsroom().store.work() as work:
        made = use_version(work, columns.first(work), which, number, current_editor())
    flash(_("These words stand again.") if made else _("They stand already."))
    return redirect(f"/desk/settings/mails/{which}", 303)


def _kind(kind: str) -> MailKind:
    if kind not in [known.value for known in SLOTS]:
        raise NotFound("There is no such mail to change.")
    return MailKind(kind)


def _own(words: MailWords | None) -> Own | None:
    return Own(words.subject, words.text) if words and words.subject and words.text else None


def _page(work: Work, kind: MailKind, form: Form | None, shown: Own | None = None) -> str:
    """The editor; `form` None: the usual words. `shown` are words to be looked at."""
    column = columns.first(work)
    standard = usual(column, kind)
    versions = mail_words.versions(work, column.id, kind)
    mail: Composed | None = None
    if shown is not None:
        mail = example(column, kind, shown, newsroom().base_url)
    slots = SLOTS[kind]
    return render_template(
        "desk/mail_words.html",
        kind=kind,
        column=column,
        form=form or Form({"subject": standard.subject, "text": standard.text}),
        usual=standard,
        slots=[(name, SLOT_WORDS[name], name in slots.required) for name in slots.names],
        versions=versions,
        stands=versions[0].number if versions else USUAL,
        mail=mail,
        paragraphs=mail.paragraphs if mail else (),
    )
