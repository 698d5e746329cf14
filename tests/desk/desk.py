"""A desk at which a test decides, edits, undoes, and looks at what became of a letter."""

from dataclasses import dataclass
from typing import Any

import pytest

from feedback.desk.decide import Wish, approve_if_wanted, decide
from feedback.desk.edit import Edits, edit
from feedback.desk.undo import may_undo, undo
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import Refused
from feedback.domain.event import Event
from feedback.domain.gates import gates
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision
from feedback.domain.verification import Method, Outcome
from feedback.store import audit, letters, mails
from feedback.store.work import Store, Work
from feedback.writer import verify
from tests.factories import an_editor

READER_EDITOR, EDITOR, PUBLISHER, CHIEF = (an_editor(role, role.value) for role in Role)
# The rules are the same on every database; what databases differ in has tests of its own.
ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@dataclass
class Desk:
    """Acts in transactions of their own, as pages and programs do."""

    store: Store

    def decide(
        self,
        letter: Letter,
        decision: Decision,
        by: Editor = EDITOR,
        version: int | None = None,
        **wish: Any,
    ) -> Letter:
        """Decide; the letter as it stands after that."""
        with self.store.work() as work:
            decide(work, _load(work, letter), Wish(decision, **wish), by, version)
        return self.now(letter)

    def undo(self, letter: Letter, by: Editor = EDITOR, version: int | None = None) -> Letter:
        """Undo the last step."""
        with self.store.work() as work:
            undo(work, _load(work, letter), by, version)
        return self.now(letter)

    def may_undo(self, letter: Letter, by: Editor = EDITOR) -> bool:
        """Whether the button is drawn."""
        with self.store.read() as work:
            return may_undo(work, letters.by_ref(work, letter.ref), by)

    def edit(
        self, letter: Letter, by: Editor = EDITOR, version: int | None = None, **edits: Any
    ) -> Letter:
        """Save edits."""
        with self.store.work() as work:
            found = _load(work, letter)
            edit(work, found, Edits(**edits), by, version)
            approve_if_wanted(work, found)
        return self.now(letter)

    def answer(self, letter: Letter, *, yes: bool) -> Letter:
        """The writer answers by the confirm link."""
        with self.store.work() as work:
            found = _load(work, letter)
            verify.answer(work, found, wrote_it=yes)
            approve_if_wanted(work, found)
        return self.now(letter)

    def record(self, letter: Letter, outcome: Outcome, method: Method = Method.PHONE) -> Letter:
        """An editor notes what was found out."""
        with self.store.work() as work:
            found = _load(work, letter)
            verify.record(work, found, method, outcome, "rang back", EDITOR)
            approve_if_wanted(work, found)
        return self.now(letter)

    def now(self, letter: Letter) -> Letter:
        """The letter as it stands in the database, whole."""
        with self.store.read() as work:
            return letters.by_ref(work, letter.ref)

    def gates(self, letter: Letter) -> dict[str, bool]:
        """Its gates."""
        return gates(self.now(letter))

    def history(self, letter: Letter) -> list[Event]:
        """Its history, oldest first; the chain must be whole."""
        with self.store.read() as work:
            assert audit.verify_letter(work, letter.id) is None
            return letters.history(work, letter.id)

    def mails(self, letter: Letter) -> list[tuple[MailKind, MailState]]:
        """Mails about it, oldest first."""
        with self.store.read() as work:
            return [(m.kind, m.state) for m in reversed(mails.of_letter(work, letter.id))]

    def mark_mails(self, letter: Letter, state: MailState, kind: MailKind | None = None) -> None:
        """What becomes of its mails, all or those of a kind."""
        with self.store.work() as work:
            for mail in mails.of_letter(work, letter.id):
                if kind in (None, mail.kind):
                    mail.state = state


def refused(kind: str, call: Any, *args: Any, **more: Any) -> Refused:
    """The refusal that the call must end in."""
    with pytest.raises(Refused) as error:
        call(*args, **more)
    assert error.value.kind == kind
    return error.value


def _load(work: Work, letter: Letter) -> Letter:
    return letters.by_ref(work, letter.ref, to_change=True)
