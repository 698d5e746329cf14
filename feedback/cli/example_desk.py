"""What the desk of the example newsroom did with its letters, done by the desk's own verbs."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from feedback.accounts import people
from feedback.desk.decide import Wish, decide
from feedback.desk.edit import Edits, edit
from feedback.desk.set_article import set_article
from feedback.domain.editor import Editor
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailState
from feedback.domain.state import Decision
from feedback.domain.verification import Method, Outcome
from feedback.edition.arrange import Group, arrange
from feedback.edition.make import make
from feedback.edition.publish import publish
from feedback.newsroom import Newsroom
from feedback.reading.article_url import canonical
from feedback.store import articles, columns, editions, letters, mails
from feedback.store.work import Work
from feedback.writer import verify
from feedback.writer.withdraw import withdraw

EDITOR = "editor@example.com"
BETWEEN = dt.timedelta(hours=5)  # one touch of a letter and the next
NOT_SENT = "An example: nobody is mailed."


class Settable(Protocol):
    """A clock that can be set; it never shows more than the present."""

    at: dt.datetime
    now: dt.datetime


Act = Callable[[Work, Letter, Editor], None]


class Desk:
    """Works on the letters by their keys; `refs` has their references."""

    def __init__(self, newsroom: Newsroom, refs: dict[str, str], clock: Settable) -> None:
        self._newsroom = newsroom
        self._refs = refs
        self._clock = clock

    def work_on(self, key: str, steps: Iterable[Sequence[Any]]) -> None:
        """Carry out what the seeds say of a letter, some hours apart."""
        for name, *rest in steps:
            act = self._answer(*rest) if name == "answer" else getattr(self, f"_{name}")(*rest)
            self._clock.at += dt.timedelta(minutes=12) if name == "answer" else BETWEEN
            self._do(key, act)

    def edition(self, row: dict[str, Any]) -> bool:
        """Make an edition, place its letters, perhaps publish it; False where it is there."""
        day = (self._clock.now - dt.timedelta(days=row["days_ago"])).date()
        morning = dt.datetime.combine(day, dt.time(11), dt.UTC)
        self._clock.at = min(morning, self._clock.now) - dt.timedelta(days=1)
        with self._newsroom.store.work() as work:
            if editions.has_slug(work, row["slug"]):
                return False
            by = people.get(work.session, row["by"]).editor
            edition = make(
                work,
                columns.first(work),
                row["title"],
                day,
                by,
                row["slug"],
                row["editors_note"],
            )
            groups = [
                Group(s["subhead"], [self._refs[key] for key in s["letters"]])
                for s in row["sections"]
            ]
            arrange(work, edition, groups, by, None)
        if row["publish"]:
            self._clock.at = morning
            with self._newsroom.store.work() as work:
                edition = editions.by_slug(work, row["slug"], to_change=True)
                publish(work, edition, people.get(work.session, row["by"]).editor, None)
                for letter in edition.letters():
                    _quiet(work, letter)
        if "kill" in row:
            kill = row["kill"]
            self._clock.at += dt.timedelta(days=1)
            wish = Wish(Decision.KILL, kill["reason"])
            self._do(kill["letter"], lambda w, ltr, by: decide(w, ltr, wish, by, None), kill["by"])
        return True

    def _do(self, key: str, act: Act, who: str = EDITOR) -> None:
        with self._newsroom.store.work() as work:
            by = people.get(work.session, who).editor
            letter = letters.by_ref(work, self._refs[key], to_change=True)
            act(work, letter, by)
            _quiet(work, letter)

    @staticmethod
    def _answer(said: str) -> Act:
        return lambda work, letter, _by: verify.answer(work, letter, wrote_it=said == "yes")

    @staticmethod
    def _verify(method: str, note: str) -> Act:
        return lambda work, letter, by: verify.record(
            work, letter, Method(method), Outcome.CONFIRMED, note, by
        )

    @staticmethod
    def _edit(changes: dict[str, Any]) -> Act:
        return lambda work, letter, by: edit(work, letter, Edits(**changes), by, None)

    @staticmethod
    def _article(address: str) -> Act:
        def act(work: Work, letter: Letter, by: Editor) -> None:
            article = articles.by_address(work, canonical(address) or "")
            if article is not None:
                set_article(work, letter, article, by, None)

        return act

    @staticmethod
    def _shortlist() -> Act:
        return _decision(Wish(Decision.SHORTLIST))

    @staticmethod
    def _approve() -> Act:
        return _decision(Wish(Decision.APPROVE))

    def _hold(self, reason: str, days: int) -> Act:
        until = (self._clock.now + dt.timedelta(days=days)).date()
        return _decision(Wish(Decision.HOLD, reason, until=until))

    @staticmethod
    def _decline(reason: str, tell: str | None = None) -> Act:
        return _decision(Wish(Decision.DECLINE, reason, tell))

    @staticmethod
    def _spike(reason: str) -> Act:
        return _decision(Wish(Decision.SPIKE, reason))

    @staticmethod
    def _withdraw() -> Act:
        return lambda work, letter, _by: withdraw(work, letter)


def _decision(wish: Wish) -> Act:
    return lambda work, letter, by: decide(work, letter, wish, by, None)


def _quiet(work: Work, letter: Letter) -> None:
    """What the example would mail stays: its addresses are nobody's."""
    for mail in mails.of_letter(work, letter.id):
        if mail.state is MailState.WAITING:
            mail.state, mail.problem = MailState.SKIPPED, NOT_SENT
