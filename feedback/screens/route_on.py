"""Not a letter: a letter's page hands it to another desk, by a key; Undo until the mails leave."""

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.route_on import route_on
from feedback.domain.editor import Deed
from feedback.domain.errors import FeedbackError, NotAllowed, NotFound
from feedback.newsroom import newsroom
from feedback.screens import undoable
from feedback.screens.desk_words import DESK_WORDS
from feedback.screens.letter_actions import again, called, onward, version_sent
from feedback.screens.selection import Selection
from feedback.store import letters


@desk_only(Deed.DECIDE)
def to_other_desk(ref: str) -> ResponseReturnValue:
    """Hand it on, then to the next letter of the list. Form: `desk`, `version`."""
    selection = Selection.read(request.args)
    try:
        with newsroom().store.work() as work:
            letter = letters.by_ref(work, ref, to_change=True)
            sent = request.form.get("desk", "")
            desk = route_on(work, letter, sent, current_editor(), version_sent())
            work.session.flush()
            goes_to = onward(work, letter, selection)
            says = _(
                "%(who)s goes to another desk (%(desk)s). Mails leave in %(n)s minutes.",
                who=called(letter),
                desk=str(DESK_WORDS[desk]).lower(),
                n=letter.column.grace_minutes,
            )
    except (NotAllowed, NotFound):
        raise
    except FeedbackError as error:
        return again(ref, selection, error, "route")
    undoable.remember(str(says), letter, selection.query, "")
    return redirect(goes_to, 303)
