"""A letter that came by mail, on paper, by telephone: pasted, dropped or typed in."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, flash, redirect, render_template, request
from flask.sansio.app import App
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.answers import status_of
from feedback.domain.actor import Actor
from feedback.domain.article import Article
from feedback.domain.editor import Deed
from feedback.domain.errors import FeedbackError, NotFound, Refused
from feedback.domain.house_event import HouseEventKind
from feedback.domain.letter import Channel
from feedback.domain.submission import Submission
from feedback.intake.article_match import match_article
from feedback.intake.fields import is_yes, read_fields
from feedback.intake.prefill import Prefill, prefill
from feedback.intake.receive import receive
from feedback.intake.unpack import unpacked
from feedback.newsroom import newsroom
from feedback.reading.attached_letter import with_attached
from feedback.reading.pasted_mail import read_mail
from feedback.screens.refused import note, seen
from feedback.store import letters, raw_mails

blueprint = Blueprint("typed_in", __name__, url_prefix="/desk/letters")
guard_desk(blueprint)

MOST_FILE = 25 * 1024 * 1024  # bytes of a mail that is dropped
MOST_PASTED = 2 * 1024 * 1024
MOST_KEY = 100
# How such a letter can have come, the likeliest first.
CHANNELS = (Channel.MAIL, Channel.PAPER, Channel.TELEPHONE)


@dataclass(frozen=True)
class Shown:
    """The form as it is shown: its values, what was found in a mail, what is wrong."""

    values: Mapping[str, str]
    key: str
    read: Prefill | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    known_ref: str = ""  # of the letter that this form became already
    article: Article | None = None
    status: int = 200


def _take_files(app: App) -> None:
    """Let a mail of 25 MB through to those at the desk, before anything reads the form."""

    def widen() -> None:
        if request.endpoint == "typed_in.read" and current_user.is_authenticated:
            request.max_content_length = MOST_FILE + MOST_PASTED
            request.max_form_memory_size = MOST_PASTED

    app.before_request_funcs.setdefault(None, []).insert(0, widen)


blueprint.record(lambda state: _take_files(state.app))


@blueprint.get("/new")
@desk_only(Deed.TYPE_IN)
def new() -> ResponseReturnValue:
    """The empty form."""
    return _page(Shown({"channel": Channel.MAIL.value}, _fresh_key()))


@blueprint.post("/new/read")
@desk_only(Deed.TYPE_IN)
def read() -> ResponseReturnValue:
    """The form, filled with what a mail tells. Form: `mail_file`, `pasted`, or `refused`.

    `refused` is the number of a mail that was no letter; the look at it is logged. Nothing is
    stored.
    """
    refused = _refused()
    raw = _raw_of(refused) if refused else _given()
    if not raw:
        says = _("Paste a letter or a mail, or choose a file.")
        return _page(Shown({}, _fresh_key(), errors={"pasted": says}, status=422))
    mail = read_mail(raw)
    if mail.is_mail:
        source = raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")
        mail = with_attached(mail, source, unpacked)
    with newsroom().store.read() as work:
        found = prefill(work, mail, newsroom().hosts)
        channel = Channel.MAIL if found.is_mail else Channel.PAPER
        values = {"channel": channel.value, **found.values}
        if refused:
            values["refused"] = str(refused)
        if found.is_mail and "email" in values:
            values["receipt"] = "y"
        return _page(Shown(values, _fresh_key(), read=found, article=found.article))


@blueprint.post("/new")
@desk_only(Deed.TYPE_IN)
def save() -> ResponseReturnValue:
    """Take the letter. Form: the fields of a letter, `channel`, `general`, `receipt`, the key.

    The same form sent twice is one letter.
    """
    house, form = newsroom(), request.form
    refused = _refused()
    try:
        submission = _submission(form)
        with house.store.read() as work:
            match = match_article(work, submission.article, house.hosts)
        taken = receive(
            house.letterbox,
            house.store.keys,
            house.house(),
            submission,
            match,
            house.store.clock(),
            by=Actor.of(current_editor()),
            mails=is_yes(form.get("receipt", "")),
        )
    except FeedbackError as error:
        return _page(_again(error))
    if refused:
        _link_refused(refused, taken.letter_id)
    flash(_says(taken.ref, submission, was_known=taken.was_known), "info")
    return redirect(f"/desk/letters/{taken.ref}", 303)


@blueprint.errorhandler(413)
def too_large(_error: HTTPException) -> ResponseReturnValue:
    """A mail, or a letter, over the limit."""
    says = _("This is too large: a mail may have 25 MB. Paste the letter’s text instead.")
    return _page(Shown({}, _fresh_key(), errors={"pasted": says}, status=413))


def _given() -> bytes | str:
    file = request.files.get("mail_file")
    if not file:
        return request.form.get("pasted", "").strip()
    with file.stream as stream:
        return stream.read(MOST_FILE) or request.form.get("pasted", "").strip()


def _refused() -> int | None:
    """The number of the refused mail that the form is about; only for who may look at those."""
    sent = request.form.get("refused", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) <= 18):
        return None
    current_editor().require(Deed.SEE_CONTACTS)
    return int(sent)


def _raw_of(mail_id: int) -> bytes:
    with newsroom().store.work() as work:
        return seen(work, mail_id).raw


def _link_refused(mail_id: int, letter_id: int) -> None:
    """The mail belongs to the letter now, with the picture that it was typed from."""
    with newsroom().store.work() as work:
        mail = raw_mails.by_id(work, mail_id, to_change=True)
        if raw_mails.typed_in(work, mail, letter_id):
            note(work, HouseEventKind.MAIL_ACCEPTED, mail_id)


def _submission(form: Mapping[str, str]) -> Submission:
    channels = {channel.value: channel for channel in CHANNELS}
    channel = channels.get(form.get("channel", ""), Channel.PAPER)
    key = form.get("submission_key", "")[:MOST_KEY]
    submission = read_fields(form, channel, key=f"desk:{key}" if key else None)
    is_general = is_yes(form.get("general", "")) and not submission.article
    return replace(submission, is_general=is_general)


def _again(error: FeedbackError) -> Shown:
    """The form with all that was typed, and the reason why nothing was saved."""
    details = error.details if isinstance(error, Refused) else {}
    known_ref = ""
    if isinstance(error, Refused) and error.kind == "key_reused":
        known_ref = _ref_of(int(details["letter"]))
    key = request.form.get("submission_key", "")[:MOST_KEY]
    return Shown(
        values={name: value for name, value in request.form.items() if name != "csrf_token"},
        key=_fresh_key() if known_ref else key or _fresh_key(),
        errors=_by_field(details.get("errors", ())),
        problem=error.message,
        known_ref=known_ref,
        status=status_of(error),
    )


def _by_field(errors: Iterable[object]) -> dict[str, str]:
    return {str(getattr(e, "field", "")): str(getattr(e, "message", "")) for e in errors}


def _ref_of(letter_id: int) -> str:
    try:
        with newsroom().store.read() as work:
            return letters.by_id(work, letter_id).ref
    except NotFound:
        return ""


def _says(ref: str, submission: Submission, *, was_known: bool) -> str:
    if was_known:
        return str(_("It was saved before, as %(ref)s: this is one letter.", ref=ref))
    if submission.email and is_yes(request.form.get("receipt", "")):
        return str(_("Saved as %(ref)s. The writer gets a receipt with the confirm link.", ref=ref))
    return str(_("Saved as %(ref)s. No mail goes to the writer.", ref=ref))


def _fresh_key() -> str:
    return secrets.token_urlsafe(16)


def _page(shown: Shown) -> ResponseReturnValue:
    page = render_template("desk/typed_in.html", shown=shown, channels=CHANNELS)
    return page, shown.status
