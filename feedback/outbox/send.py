"""The postman: takes one mail after the other to the way out, and notes what became of it.

At least once: a mail is claimed in one transaction, sent outside of any, noted in the next one,
which claims the mail after it. Whoever is stopped in between sends the same mail again, under
the same Message-ID, once its lease has ended.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from feedback.domain.errors import FeedbackError
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.outbox.message import Unsafe
from feedback.outbox.prepare import Claimed, Letterhead, next_due
from feedback.outbox.ways import CutOff, Never, NobodyThere, NotNow, Way
from feedback.store import dead_addresses, letters, mails, pace
from feedback.store.work import Store, Work

log = logging.getLogger(__name__)

# After each try that was put off; two days in all, as mail servers themselves go on trying.
TRY_AGAIN = (
    *(timedelta(minutes=m) for m in (1, 2, 5, 10, 20, 40, 60, 120)),
    *(timedelta(hours=4) for _ in range(11)),
)
JITTER = 0.2  # of a pause, either way, so that mails put off together do not come back together
PAUSES = (2, 4, 8, 15, 30, 45)  # seconds, while the mail server does not answer
CUT_OFF_IN_A_ROW = 3  # then it is the server's trouble, not the mail's


class Became(Enum):
    """What became of a mail that was claimed."""

    SENT = "sent"  # taken
    LATER = "put off"  # for now
    NEVER = "refused"  # for good
    NOT_TRIED = "not tried"  # nothing could leave


@dataclass(frozen=True)
class Outcome:
    """What is to be noted about a mail."""

    mail_id: int
    became: Became
    problem: str = ""
    may_have_left: bool = False
    subject: str | None = None
    said: str = ""
    is_dead_address: bool = False
    headers: Mapping[str, str] | None = None


class Postman:
    """Sends what is due. One thread uses one postman."""

    def __init__(
        self,
        store: Store,
        way: Way,
        letterhead: Letterhead,
        *,
        chance: Callable[[], float] = random.random,
        since_start: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._way = way
        self._letterhead = letterhead
        self._chance = chance
        self._since_start = since_start
        self._unnoted: Outcome | None = None
        self._paused_until = 0.0
        self._troubles = 0
        self._cut_off = 0
        self._sent = 0

    def turn(self, is_over: Callable[[], bool] = lambda: False) -> int:
        """Send all that is due, oldest first, until `is_over`; returns how many left.

        While the mail server does not answer nothing is tried for some seconds, and everything
        stays as it is; nor is it where as many have left as may in a minute. Raises Unreachable
        where the database does not answer; what was sent just before is noted in the next turn.
        """
        if self._unnoted is None and (self._is_pausing() or not self._has_due()):
            return 0
        self._sent = 0
        try:
            self._send_due(is_over)
        except NobodyThere as error:
            self._pause(str(error))
        finally:
            self._way.close()
        self._note()
        return self._sent

    def _send_due(self, is_over: Callable[[], bool]) -> None:
        self._way.open()
        while not is_over():
            claimed = self._note_and_claim()
            if claimed is None:
                if self._has_due():
                    continue  # only some are looked at in one transaction
                return
            self._unnoted = self._try(claimed)
            if self._unnoted.became is Became.NOT_TRIED:
                raise NobodyThere(self._unnoted.problem)
            if self._cut_off >= CUT_OFF_IN_A_ROW:
                raise NobodyThere("The mail server ends every connection.")

    def _try(self, claimed: Claimed) -> Outcome:
        number, kind = claimed.mail_id, claimed.draft.kind
        try:
            ready = claimed.write()
        except Unsafe as error:
            return Outcome(number, Became.NEVER, str(error))
        except Exception:  # a mail that cannot be written must not hold up the others
            log.exception("mail %s could not be written", number)
            return Outcome(number, Became.NEVER, "This mail could not be written.")
        became, problem, said, may_have_left, is_dead = Became.SENT, "", "", False, False
        try:
            said = self._way.deliver(ready)
        except NotNow as error:
            became, problem, may_have_left = Became.LATER, str(error), error.may_have_left
            self._cut_off = self._cut_off + 1 if isinstance(error, CutOff) else 0
        except Never as error:
            became, problem, is_dead = Became.NEVER, str(error), error.is_dead_address
        except NobodyThere as error:
            return Outcome(number, Became.NOT_TRIED, str(error), subject=ready.subject)
        if became is not Became.LATER:
            self._cut_off = 0
        if became is Became.SENT:
            self._troubles = 0
            self._sent += 1
        level = logging.INFO if became is Became.SENT else logging.WARNING
        log.log(level, "mail %s %s: %s", number, became.value, kind)
        return Outcome(
            number, became, problem, may_have_left, ready.subject, said, is_dead, ready.headers
        )

    def _is_pausing(self) -> bool:
        return self._since_start() < self._paused_until

    def _has_due(self) -> bool:
        with self._store.read() as work:
            return mails.are_due(work) and not self._is_full(work)

    def _is_full(self, work: Work) -> bool:
        """Whether the house's rule lets no further mail leave within this minute."""
        return self._way.is_server and pace.is_full(work, pace.most_a_minute(work))

    def _note_and_claim(self) -> Claimed | None:
        with self._store.work() as work:
            if self._unnoted is not None:
                self._write_down(work, self._unnoted)
            mails.one_at_a_time(work)
            claimed = None if self._is_full(work) else next_due(work, self._letterhead)
        self._unnoted = None
        return claimed

    def _note(self) -> None:
        if self._unnoted is not None:
            with self._store.work() as work:
                self._write_down(work, self._unnoted)
            self._unnoted = None

    def _pause(self, problem: str) -> None:
        seconds = PAUSES[min(self._troubles, len(PAUSES) - 1)]
        self._paused_until = self._since_start() + self._jittered(seconds)
        self._troubles += 1
        self._cut_off = 0
        log.warning("no mail leaves for %s seconds: %s", seconds, problem)
        try:
            with self._store.work() as work:
                mails.note_trouble(work, problem[:300])
        except FeedbackError:
            log.warning("the trouble could not be noted")

    def _write_down(self, work: Work, outcome: Outcome) -> None:
        mail = mails.one(work, outcome.mail_id)
        if mail is None:
            return  # purged together with its letter
        mail.lease_until = None
        mail.problem, mail.said = outcome.problem, outcome.said
        mail.subject = mail.subject or (outcome.subject or "")[:300] or None
        match outcome.became:
            case Became.SENT:
                mail.state, mail.sent_at = MailState.SENT, work.now
                mail.headers = dict(outcome.headers or {})
                if mail.kind is MailKind.ACCOUNT and not self._way.keeps_words:
                    mail.text = mail.html = None  # a link that opens an account
            case Became.NEVER:
                mail.state = MailState.FAILED
                if outcome.is_dead_address:
                    _note_dead(work, mail)
            case Became.LATER:
                self._put_off(work, mail, outcome)
            case Became.NOT_TRIED:
                mail.attempts -= 1

    def _put_off(self, work: Work, mail: OwedMail, outcome: Outcome) -> None:
        if mail.state is not MailState.WAITING:
            return  # cancelled while it was tried
        if mail.attempts > len(TRY_AGAIN):
            mail.state = MailState.FAILED
            mail.problem = f"Given up after two days. {outcome.problem}"[:300]
            return
        pause = TRY_AGAIN[mail.attempts - 1]
        mail.due_at = work.now + timedelta(seconds=self._jittered(pause.total_seconds()))
        if outcome.may_have_left:
            mail.lease_until = work.now  # over, but it says that Undo comes too late

    def _jittered(self, seconds: float) -> float:
        return seconds * (1 + JITTER * (2 * self._chance() - 1))


def _note_dead(work: Work, mail: OwedMail) -> None:
    letter = letters.by_id(work, mail.letter_id) if mail.letter_id is not None else None
    key = dead_addresses.key_of(work.keys, mail, letter)
    if key is not None:
        dead_addresses.note(work, key, mail.problem, mail.id)
