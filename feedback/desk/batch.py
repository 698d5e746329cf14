"""Decide about many letters in one go, with one Undo for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.desk.decide import Wish, decide
from feedback.desk.undo import last_step, undo
from feedback.domain.actor import MACHINE, Actor
from feedback.domain.batch import Batch, BatchLetter
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotAllowed, Refused, Stale
from feedback.domain.letter import Letter
from feedback.domain.state import Decision
from feedback.store import batches
from feedback.store.work import Work

MOST = 500  # letters of a batch: one transaction that others wait for
# What can be decided without a look at the single letter.
FOR_MANY = frozenset(
    {Decision.SHORTLIST, Decision.HOLD, Decision.DECLINE, Decision.SPIKE, Decision.RESTORE}
)


@dataclass(frozen=True)
class Done:
    """What a batch did; `left` are letters that stayed as they were, each with the reason."""

    batch: Batch | None  # None where nothing was done
    done: Sequence[Letter]
    left: Sequence[tuple[Letter, str]]


def decide_all(work: Work, some: Sequence[Letter], wish: Wish, by: Editor, why: str = "") -> Done:
    """Carry a decision out for each of the letters that may take it; the others stay.

    Raises NotAllowed for a role that may not, Refused (kind `fields`) for more than 500 letters
    or a decision that wants a look at each.
    """
    by.require(Deed.SHORTLIST if wish.decision is Decision.SHORTLIST else Deed.DECIDE)
    if wish.decision not in FOR_MANY:
        raise Refused("This is decided letter by letter.", "fields", {"field": "decision"})
    if len(some) > MOST:
        raise Refused(f"Choose {MOST} letters at most.", "fields", {"field": "ref"})
    done: list[Letter] = []
    left: list[tuple[Letter, str]] = []
    for letter in some:
        try:
            decide(work, letter, wish, by, None)
        except (Refused, NotAllowed) as error:
            left.append((letter, error.message))
        else:
            done.append(letter)
    return Done(_noted(work, wish.decision, Actor.of(by), done, why), done, left)


def note_machine(work: Work, decision: Decision, done: Sequence[Letter], why: str) -> Batch | None:
    """A batch of what a rule of the house has decided about letters, so that it can be undone."""
    return _noted(work, decision, MACHINE, done, why)


def _noted(
    work: Work, decision: Decision, by: Actor, done: Sequence[Letter], why: str
) -> Batch | None:
    if not done:
        return None
    batch = Batch(
        decision=decision,
        why=why,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        at=work.now,
        letter_count=len(done),
    )
    work.session.add(batch)
    work.session.flush()
    work.session.add_all(
        BatchLetter(batch_id=batch.id, letter_id=letter.id, seq=letter.event_count)
        for letter in done
    )
    return batch


def undo_batch(work: Work, batch: Batch, by: Editor) -> Done:
    """Take the batch back where its decision is still the letter's last step.

    Letters that have moved on, or whose mail has gone, stay. Raises NotAllowed, Refused (kind
    `move`) for a batch that was undone already.
    """
    by.require(Deed.SHORTLIST if batch.decision is Decision.SHORTLIST else Deed.DECIDE)
    if batch.undone_at is not None:
        raise Refused("This was undone already.", "move", {"allowed": []})
    done: list[Letter] = []
    left: list[tuple[Letter, str]] = []
    for letter, seq in batches.letters_of(work, batch):
        step = last_step(work, letter)
        if step is None or step.seq != seq:
            left.append((letter, "It has moved on since."))
            continue
        try:
            undo(work, letter, by, None, of_batch=True)
        except (Refused, NotAllowed, Stale) as error:
            left.append((letter, error.message))
        else:
            done.append(letter)
    batch.undone_at, batch.undone_by = work.now, by.name
    return Done(batch, done, left)
