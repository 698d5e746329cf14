"""What is done with the mail that a letter came in."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.decide import log_contact_look
from feedback.desk.edit import LIMITS, Edits, edit
from feedback.desk.edit_values import TEXT
from feedback.desk.propose import propose
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.newsroom import newsroom
from feedback.reading.left_out import left_out
from feedback.reading.pasted_mail import read_mail
from feedback.screens.attached_file import attached_file
from feedback.screens.letter_actions import version_sent
from feedback.screens.letter_changes import change
from feedback.store import letters, raw_mails
from feedback.store.work import Work


@desk_only(Deed.DRAFT_EDIT)
def restore(ref: str) -> ResponseReturnValue:
    """Restore what was left out of the mail: an edit of the text, or a proposed one.

    Contact data stays out; the original stays as it is.
    """
    return change(ref, "", _restore)


@desk_only(Deed.DRAFT_EDIT)
def suggestion(ref: str) -> ResponseReturnValue:
    """Take what the mail may mean into the signature. Form: `name`, `town`, `state`, `country`.

    It is an edit like any other, or a proposed one; fields that are not sent stay as they are.
    """
    return change(ref, "", _take)


@desk_only(Deed.SEE_CONTACTS)
def attachment(ref: str, number: int) -> ResponseReturnValue:
    """A file of the letter's mail, as a download; the look is logged as one at contact data is."""
    with newsroom().store.work() as work:
        letter = letters.by_ref(work, ref)
        mail = raw_mails.of_letter(work, letter.id)
        if mail is None:
            raise NotFound("The mail of this letter is not kept.")
        answer = attached_file(mail.raw, number)
        log_contact_look(work, letter, current_editor())
        return answer


def _restore(work: Work, letter: Letter) -> str:
    mail = raw_mails.of_letter(work, letter.id)
    if mail is None:
        raise NotFound("The mail of this letter is not kept.")
    letter.expect(version_sent())
    left = left_out(read_mail(mail.raw), mail.read_from).without_contacts()
    text = left.put_back(letter.text, LIMITS[TEXT])
    if text == letter.text:
        return str(_("Nothing was left out that the text does not have."))
    if not _saved(work, letter, Edits(edited=text)):
        return str(_("Proposed. An editor accepts it, or says why not."))
    return str(_("What was left out stands in the text again. The original is as it was."))


def _take(work: Work, letter: Letter) -> str:
    form = request.form
    edits = Edits(
        name=form.get("name"),
        town=form.get("town"),
        state=form.get("state"),
        country=form.get("country"),
    )
    if not _saved(work, letter, edits):
        return str(_("Proposed. An editor accepts it, or says why not."))
    return str(_("The signature is now: %(who)s.", who=letter.signature.printed()))


def _saved(work: Work, letter: Letter, edits: Edits) -> bool:
    """Save an edit; False where this editor's is a proposal."""
    editor = current_editor()
    if not editor.may(Deed.EDIT):
        propose(work, letter, edits, editor, version_sent())
        return False
    edit(work, letter, edits, editor, version_sent())
    return True
