"""A letter with the mails that it is owed, and ways out that a test can look into."""

from dataclasses import dataclass, field

from feedback.desk.decide import Wish, decide
from feedback.domain.editor import Role
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import Decision
from feedback.outbox.prepare import Letterhead, Ready
from feedback.outbox.send import Postman
from feedback.store import letters, mails
from feedback.store.work import Store
from tests.factories import an_editor

SITE = "https://letters.example.com"
LETTERHEAD = Letterhead(SITE)


@dataclass
class Pile:
    """A way out that keeps what is handed over; `answers` are raised first, one a mail."""

    keeps_words: bool = True
    answers: list[Exception | None] = field(default_factory=list)
    taken: list[Ready] = field(default_factory=list)
    is_closed: bool = False
    said: str = ""
    is_server: bool = True

    def open(self) -> None:
        """It is always there."""

    def deliver(self, ready: Ready) -> str:
        """Keep it, unless something else was told."""
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.taken.append(ready)
        return self.said

    def close(self) -> None:
        """Nothing to close."""


def a_postman(store: Store, way: object, **more: object) -> Postman:
    """A postman whose pauses are exact."""
    return Postman(store, way, LETTERHEAD, chance=lambda: 0.5, **more)


def decided(store: Store, letter: Letter, decision: Decision, **wish: object) -> None:
    """An editor decides about the letter."""
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        decide(work, found, Wish(decision, **wish), an_editor(Role.CHIEF), None)


def mail_of(store: Store, letter: Letter, kind: MailKind) -> OwedMail:
    """The newest mail of that kind about the letter."""
    with store.read() as work:
        return next(m for m in mails.of_letter(work, letter.id) if m.kind is kind)


def states(store: Store) -> dict[MailKind, list[MailState]]:
    """Every mail's state, newest first, by kind."""
    found: dict[MailKind, list[MailState]] = {}
    with store.read() as work:
        for mail in mails.newest(work, limit=200):
            found.setdefault(mail.kind, []).append(mail.state)
    return found
