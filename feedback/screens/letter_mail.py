"""What is done with the mail that a letter came in."""

from flask.typing import ResponseReturnValue

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.decide import log_contact_look
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound
from feedback.newsroom import newsroom
from feedback.screens.attached_file import attached_file
from feedback.store import letters, raw_mails


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
