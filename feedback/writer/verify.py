"""Is the writer who they say: their own answer by link, or what an editor found out."""

from datetime import timedelta
from typing import Any

from feedback.domain.actor import WRITER, Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import COUNTS_AGAIN, EventKind
from feedback.domain.letter import Letter
from feedback.domain.sender_auth import may_verify_by_mail
from feedback.domain.state import PRINTED, State, may_move
from feedback.domain.verification import EDITORS_METHODS, Method, Outcome, Verification
from feedback.reading.cleaning import clean_text
from feedback.store.work import Work

MOST_NOTE = 1000


def answer(work: Work, letter: Letter, *, wrote_it: bool, method: Method = Method.LINK) -> None:
    """The writer's yes or no by the confirm link, or by mail, whatever state the letter is in.

    A no denies the letter, whatever came before; one that may be held waits for the desk, one
    that was printed stays, and the desk sees it. Raises Refused (kind `move`) once the letter was
    withdrawn, and for a yes after print. One that was spiked is answered for like one that was
    declined: nobody is told the difference.
    """
    if letter.state is State.WITHDRAWN or (wrote_it and letter.state in PRINTED):
        raise Refused("This letter can no longer be answered for.", "move")
    outcome = Outcome.CONFIRMED if wrote_it else Outcome.DENIED
    _note(work, letter, method, outcome, "", WRITER)
    if not wrote_it and may_move(letter.state, State.HELD):
        letter.move(
            State.HELD, WRITER, work.now, "The person at this address says: I did not write it."
        )
        days = timedelta(days=letter.column.hold_days)
        letter.hold_until = letter.column.today(work.now) + days


def record(
    work: Work,
    letter: Letter,
    method: Method,
    outcome: Outcome,
    note: str,
    by: Editor,
    version: int | None = None,
) -> None:
    """What an editor found out by mail, telephone, post or in person.

    Raises NotAllowed, Stale, Refused (kind `fields`) for the writers' own method, and for a yes by
    mail where DMARC failed: whoever forged the letter can forge the answer.
    """
    by.require(Deed.VERIFY)
    letter.expect(version)
    if method not in EDITORS_METHODS:
        raise Refused("Only the writer answers by link.", "fields", {"field": "method"})
    is_yes_by_mail = method is Method.EMAIL and outcome is Outcome.CONFIRMED
    if is_yes_by_mail and not may_verify_by_mail(letter.came_from):
        raise Refused(
            "The mail may not come from this address (DMARC failed): use another way than email.",
            "fields",
            {"field": "method"},
        )
    note = clean_text(note)
    if len(note) > MOST_NOTE:
        raise Refused("Shorten the note to 1,000 characters.", "fields", {"field": "note"})
    _note(work, letter, method, outcome, note, Actor.of(by))


def _note(
    work: Work, letter: Letter, method: Method, outcome: Outcome, note: str, by: Actor
) -> None:
    letter.verifications.append(
        Verification(
            letter_id=letter.id,
            method=method,
            outcome=outcome,
            note=note,
            by_kind=by.kind,
            by_name=by.name,
            at=work.now,
        )
    )
    facts: dict[str, Any] = {"method": method.value, "outcome": outcome.value}
    if outcome is Outcome.DENIED:
        # Whoever passed over a silence, or wanted it approved by a yes, did not know of a no.
        letter.forget_wish()
        if letter.forget_override("verified"):
            facts[COUNTS_AGAIN] = ["verified"]
    letter.record(EventKind.VERIFIED, by, work.now, note or None, facts)
