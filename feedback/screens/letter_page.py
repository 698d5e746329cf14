"""A letter's page: the list beside it, the text, the evidence, the decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import render_template
from flask.typing import ResponseReturnValue

from feedback.accounts.guard import current_editor
from feedback.answers import status_of
from feedback.desk.claims import may_tell
from feedback.desk.edit_values import TEXT, changed, values_of
from feedback.desk.propose import joined, may_be_proposed
from feedback.desk.route_on import may_route_on
from feedback.desk.send_on import may_send_on, reporter_of
from feedback.desk.together import TAKEN_BACK_WITHIN
from feedback.desk.undo import may_undo
from feedback.domain.claim import ClaimOutcome
from feedback.domain.draft import Proposal
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import FeedbackError, Refused, Stale
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import OwedMail
from feedback.domain.sender_auth import SenderAuth
from feedback.reading.redline import Redline, compare
from feedback.reading.words import word_count
from feedback.screens.conversation import conversation
from feedback.screens.evidence import marks_of
from feedback.screens.finding_lines import finding_lines, may_ask
from feedback.screens.gate_lines import gate_lines, may_override
from feedback.screens.letter_buttons import asks_the_writer, buttons_of, grave_steps
from feedback.screens.letter_panels import PANELS, may_edit, may_open, offered
from feedback.screens.mail_panel import mail_panel
from feedback.screens.queue import listing_of, lists
from feedback.screens.selection import Selection
from feedback.screens.together import colleagues, handles
from feedback.screens.writer_panel import writer_panel
from feedback.store import (
    audit,
    blocked,
    bylines,
    claims,
    dead_addresses,
    drafts,
    letters,
    mails,
    notes,
    proposals,
    raw_mails,
    replies,
)
from feedback.store.work import Work

VIEWS = ("redline", "original", "side", "history")


@dataclass(frozen=True)
class Shown:
    """What of a letter's page is asked for, and what came back to it.

    `do` is a panel, or “edit”; `view` one of VIEWS. After a refusal `error` says why and `typed`
    holds the form as it was sent. `sees_contacts` where the look was just logged; `others` have
    the letter open.
    """

    selection: Selection
    do: str = ""
    view: str = ""
    error: FeedbackError | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    sees_contacts: bool = False
    others: Sequence[str] = ()


@dataclass(frozen=True)
class Proposed:
    """A proposed edit: the redline from the present text, other values that would change."""

    proposal: Proposal
    redline: Redline | None
    lines: Mapping[str, str]
    is_clean: bool


def render(work: Work, letter: Letter, shown: Shown) -> ResponseReturnValue:
    """The page; after a refusal with the status that the refusal has."""
    editor = current_editor()
    selection = shown.selection.around(letter)
    owed = mails.of_letter(work, letter.id)
    do = shown.do if may_open(letter, editor, shown.do) else ""
    page = render_template(
        "desk/letter.html",
        listing=listing_of(work, selection, letter),
        current=letter.ref,
        letter=letter,
        selection=selection,
        view=shown.view if shown.view in VIEWS else VIEWS[0],
        do=do,
        panel=PANELS.get(do),
        error=shown.error,
        is_stale=isinstance(shown.error, Stale),
        wrong=wrong_field(shown.error),
        typed=shown.typed,
        sees_contacts=shown.sees_contacts,
        came_by=_came_by(work, letter) if shown.sees_contacts else None,
        buttons=buttons_of(letter, editor),
        grave=grave_steps(letter, editor),
        may_undo=may_undo(work, letter, editor),
        may_hold=may_open(letter, editor, "hold"),
        may_edit=may_edit(letter, editor),
        may_override=may_override(letter, editor),
        may_route_on=may_route_on(letter, editor),
        asks=asks_the_writer(letter, editor),
        others=shown.others,
        begun=drafts.begun(work, letter.id),
        proposed=_proposed(work, letter),
        proposes=may_be_proposed(letter, editor),
        gate_lines=gate_lines(letter, editor),
        **_found(work, letter, editor),
        **_mails(work, letter, owed),
        writes=writer_panel(work, letter),
        is_blocked=blocked.of_sender(work, _address_key(letter)) is not None,
        mail=mail_panel(work, letter, sees_contacts=shown.sees_contacts),
        desk_notes=notes.of_letter(work, letter.id),
        may_take_back=lambda note: work.now - note.at <= TAKEN_BACK_WITHIN,
        colleagues=colleagues(work),
        handles=handles,
        reporter=reporter_of(work, letter),
        copies=[mail for mail in owed if bylines.is_copy(mail)],
        sends_on=may_send_on(letter, editor),
        **_text(work, letter, shown),
        **offered(work, letter, do, shown.typed),
        **lists(),
    )
    return page, status_of(shown.error) if shown.error else 200


def _mails(work: Work, letter: Letter, owed: Sequence[OwedMail]) -> dict[str, object]:
    """The mails to the writer; what stops them, with the newest that it stopped."""
    to_writer = [mail for mail in owed if mail.is_for_writer]
    key = letter.contact.email_key if letter.contact is not None else None
    return {
        "posts": conversation(to_writer, replies.of_letter(work, letter.id)),
        "dead_address": dead_addresses.dead(work, key),
        "stopped_by": next(iter(to_writer), None),
    }


def _came_by(work: Work, letter: Letter) -> SenderAuth | None:
    """The domains that its mail names; for those who see the writer's address as well."""
    mail = raw_mails.of_letter(work, letter.id) if letter.auth else None
    return SenderAuth.of(mail.auth) if mail else None


def _address_key(letter: Letter) -> str | None:
    return letter.contact.email_key if letter.contact else None


def wrong_field(error: FeedbackError | None) -> str:
    """The field that a refusal is about; empty where it is about none."""
    return str(error.details.get("field", "")) if isinstance(error, Refused) else ""


def _proposed(work: Work, letter: Letter) -> list[Proposed]:
    """Edits that wait for an editor, each put together with the text as it is now."""
    found = []
    for proposal in proposals.open_for(work, letter.id):
        both = joined(letter, proposal)
        text = both.values.get(TEXT, letter.text)
        redline = compare(letter.text, text) if TEXT in both.values else None
        lines = {n: v for n, v in changed(values_of(letter), both.values).items() if n != TEXT}
        found.append(Proposed(proposal, redline, lines, both.is_clean))
    return found


def _found(work: Work, letter: Letter, editor: Editor) -> dict[str, object]:
    """What the checks saw, with the words marked in the text; questions about facts."""
    asked = claims.of_letter(work, letter.id)
    return {
        "findings": finding_lines(letter, editor, asked),
        "questions": asked,
        "claim_outcomes": list(ClaimOutcome),
        "marks": marks_of(letter.findings, asked),
        "may_ask_source": may_ask(letter, editor),
        "tells_writer": may_tell(letter, editor),
        "may_settle": editor.may(Deed.DECIDE),
    }


def _text(work: Work, letter: Letter, shown: Shown) -> dict[str, object]:
    """The redline, and for the history its lines and whether they are whole."""
    revision = letter.revision
    found: dict[str, object] = {
        "redline": compare(letter.original.remarks, revision.remarks) if revision else None,
        "words_before": word_count(letter.original.remarks),
    }
    if shown.view == "history" or isinstance(shown.error, Stale):
        events = letters.history(work, letter.id)
        found["events"] = events
        found["last_event"] = events[-1]
        found["broken"] = audit.verify_letter(work, letter.id)
    return found
