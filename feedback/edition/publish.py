"""Publish an edition at once, with its contents frozen; take that back until it has left."""

from typing import Any

from feedback.domain import taken_away
from feedback.domain.actor import Actor
from feedback.domain.edition import Edition, EditionState
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.gates import TO_PUBLISH, lacking
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import State
from feedback.edition.make import require_draft
from feedback.edition.proofs import proofsheet_of
from feedback.outbox import messages
from feedback.store import deliveries, findings, letters, mails, writers
from feedback.store.work import Work


def publish(
    work: Work, edition: Edition, by: Editor, version: int | None, override: str | None = None
) -> None:
    """All letters become published, the proofsheet is frozen, the writers are owed a mail.

    `override`: a chief's reason to pass gates that are shut. Raises NotAllowed, Stale, Refused
    (kind `gates` with `missing`, one entry a letter; `fields` for an empty edition).
    """
    by.require(Deed.PUBLISH)
    reason = (override or "").strip()
    if reason:
        by.require(Deed.SET_GATES)
    edition.expect(version)
    require_draft(edition)
    actor = Actor.of(by)
    if not edition.letters():
        raise Refused("There is no letter in it yet.", "fields", {"field": "sections"})
    passed = _pass_gates(work, edition, actor, reason)
    for letter in edition.letters():
        facts: dict[str, Any] = {"edition": edition.slug}
        if passed[letter]:
            facts[taken_away.OVERRODE] = passed[letter]
        event = letter.move(State.PUBLISHED, actor, work.now, None, facts)
        letter.published_on = edition.date
        messages.owe_writer(work, letter, MailKind.PRINTED, event)
    edition.state = EditionState.PUBLISHED
    edition.published_at, edition.published_by = work.now, by.name
    _count_printed(work, edition)
    work.session.flush()  # the frozen records have the versions that the letters have from now on
    edition.proofsheet = proofsheet_of(edition, provisional=False).to_json()


def _pass_gates(work: Work, edition: Edition, actor: Actor, reason: str) -> dict[Letter, list[str]]:
    """Every gate of every letter is open, or a chief passes it for a reason; which they passed."""
    shut = {letter: lacking(letter, TO_PUBLISH) for letter in edition.letters()}
    missing = [{"ref": letter.ref, "gates": gates} for letter, gates in shut.items() if gates]
    if missing and not reason:
        count = (
            "One of its letters is" if len(missing) == 1 else f"{len(missing)} of its letters are"
        )
        raise Refused(f"{count} not ready.", "gates", {"missing": missing})
    for letter, gates in shut.items():
        letter.override(gates, reason, actor, work.now)
    return shut


def unpublish(work: Work, edition: Edition, by: Editor, version: int | None) -> None:
    """Undo: the edition is a draft again, its letters placed, as long as no mail has left.

    Raises NotAllowed, Stale, Refused (kind `move`).
    """
    by.require(Deed.PUBLISH)
    edition.expect(version)
    if edition.state is not EditionState.PUBLISHED:
        raise Refused("This edition is not published.", "move", {"allowed": []})
    owed = [m for letter in edition.letters() for m in mails.of_letter(work, letter.id)]
    printed = [m for m in owed if m.kind is MailKind.PRINTED]
    if any(m.state is MailState.SENT or m.lease_until for m in printed):
        raise Refused("A writer has been told already: it stays.", "move", {"allowed": []})
    if edition.published_at and deliveries.has_left_since(work, edition.id, edition.published_at):
        raise Refused("It has been delivered already: it stays.", "move", {"allowed": []})
    if any(letter.state is State.KILLED for letter in edition.letters()):
        raise Refused("A letter in it was taken down: it stays.", "move", {"allowed": []})
    for mail in printed:
        if mail.state is MailState.WAITING:
            mail.state = MailState.CANCELLED
    for letter in edition.letters():
        move = letters.last_move_to(work, letter.id, State.PUBLISHED)
        letter.unprint(Actor.of(by), work.now, move)
    edition.state = EditionState.DRAFT
    edition.published_at = edition.published_by = edition.proofsheet = None
    _count_printed(work, edition)


def _count_printed(work: Work, edition: Edition) -> None:
    """What is in print of its writers; their other letters may be within the quota or no more."""
    writer_ids = [letter.writer_id for letter in edition.letters()]
    writers.recount_printed(work, writer_ids)
    findings.check_writers_again(work, writer_ids)
