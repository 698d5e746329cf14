"""The jobs of the worker: each does some of what waits, and says whether there is more."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from feedback.desk.not_chosen import A_BATCH, choose_no_more
from feedback.intake.check_again import note_changed_rules, note_due
from feedback.intake.compare import compare_new
from feedback.intake.learn_spam import learn_spam
from feedback.intake.recheck import end_holds, recheck_new, warm_up
from feedback.newsroom import Newsroom
from feedback.outbox.compose import ready_to_write
from feedback.outbox.send import Postman
from feedback.store import (
    columns,
    dead_addresses,
    deliveries,
    drafts,
    letters,
    likeness,
    presence,
    raw_mails,
)
from feedback.store.mailboxes import Switched
from feedback.store.work import Store
from feedback.writer.ask_back import A_TURN as ASKED_A_TURN
from feedback.writer.ask_back import hold_unanswered, remind

# Checked in one transaction, so that readers and editors wait for no batch.
LETTERS_A_TURN, LETTERS_A_QUIET_TURN = 8, 32
BUSY_SLICE = 0.05  # seconds that mails leave for in a row while letters come in
GATHERING = 0.1  # seconds after a commit in which further letters come along


class Workplace(Protocol):
    """What a job needs of the worker that runs it."""

    newsroom: Newsroom
    store: Store
    postman: Postman
    name: str
    stop: threading.Event
    threads: list[threading.Thread]

    @property
    def is_busy(self) -> bool:
        """Whether letters are coming in, which is not to be slowed down."""

    @property
    def is_settled(self) -> bool:
        """Whether the start is over: what is merely to be ready for later is done after it."""


@dataclass(frozen=True)
class Job:
    """One thing to do again and again.

    `run` returns True where more is waiting; `every` (seconds) is the longest pause; `on_bell`
    runs it after each commit of this process, `gathering` seconds later.
    """

    name: str
    every: float
    run: Callable[[Workplace], bool]
    on_bell: bool = False
    gathering: float = 0.0


def check_letters(worker: Workplace) -> bool:
    """Findings and search entries for new letters, some at a time."""
    with worker.store.read() as work:
        is_due = letters.has_unchecked(work)
    if is_due or worker.is_settled:
        warm_up()
    if not is_due:
        return False
    most = LETTERS_A_TURN if worker.is_busy else LETTERS_A_QUIET_TURN
    with worker.store.work() as work:
        return recheck_new(work, most) == most


def note_what_changed(worker: Workplace) -> bool:
    """Letters whose rules changed, or of which a finding's day has come, are checked again."""
    with worker.store.work() as work:
        has_more = note_changed_rules(work)
        return note_due(work) > 0 or has_more


def train(worker: Workplace) -> bool:
    """The spam filter learns anew from what editors decided."""
    learn_spam(worker.store)
    return False


def compare_letters(worker: Workplace) -> bool:
    """Letters that other people have sent as well are found, some at a time."""
    with worker.store.read() as work:
        if not likeness.has_uncompared(work):
            return False
    with worker.store.work() as work:
        return compare_new(work, LETTERS_A_TURN) == LETTERS_A_TURN


def read_mails(worker: Workplace) -> bool:
    """Mails that were kept become letters, or are refused by name."""
    from feedback.channel.mail.read import read_waiting  # not before there is a mail

    with worker.store.read() as work:
        if not raw_mails.waiting(work, 1):
            return False
    return read_waiting(worker.newsroom)


def watch_mailbox(worker: Workplace) -> bool:
    """New mails of the mailbox that is set, for as long as its server tells of them by itself."""
    from feedback.channel.mail.watch import address_of, watch  # not before there is a mailbox

    address = address_of(worker.newsroom)

    def tell(switched: Switched, says: str) -> None:
        from feedback.accounts.alerts import tell_chiefs

        with worker.store.work() as work:
            tell_chiefs(work, switched, says, worker.newsroom.base_url)

    if address is not None:
        watch(worker.newsroom, address, worker.stop, tell)
    return False


def bring_back_held(worker: Workplace) -> bool:
    """Letters whose hold is over go back to the desk."""
    with worker.store.work() as work:
        return end_holds(work) > 0


def clear_old_post(worker: Workplace) -> bool:
    """Letters that nobody decided about become not chosen, as the house's rule says."""
    with worker.store.work() as work:
        batch = choose_no_more(work, columns.first(work))
        return batch is not None and batch.letter_count >= A_BATCH


def ask_back(worker: Workplace) -> bool:
    """Writers are reminded of what is missing; letters of those who do not answer are held."""
    with worker.store.work() as work:
        column = columns.first(work)
        done = (remind(work, column), hold_unanswered(work, column))
    return max(done) >= ASKED_A_TURN


def send_mails(worker: Workplace) -> bool:
    """All mails that are due leave, oldest first; some at a time while letters come in."""
    began = time.monotonic()

    def is_over() -> bool:
        is_long = time.monotonic() - began > BUSY_SLICE
        return worker.stop.is_set() or (is_long and worker.is_busy)

    worker.postman.turn(is_over)
    if worker.is_settled:
        ready_to_write()
    return worker.is_busy


def deliver(worker: Workplace) -> bool:
    """Editions that are due go to their targets."""
    with worker.store.read() as work:
        if not deliveries.are_due(work):
            return False
    from feedback.export.deliver import bring_due  # with httpx: not before it is needed
    from feedback.export.targets.known import targets_of

    with targets_of(worker.newsroom.settings.wordpress) as targets:
        bring_due(worker.store, targets)
    return False


def read_articles(worker: Workplace) -> bool:
    """The newsroom's site is read again where that is due (a quarter of an hour, a column)."""
    from feedback.articles.fetch import Fetcher  # with httpx: not before it is needed
    from feedback.articles.refresh import refresh

    refresh(worker.store, Fetcher(frozenset(worker.newsroom.settings.fetch_allow)).get)
    return False


def send_digests(worker: Workplace) -> bool:
    """The daily mail to those at the desk who want it, from their hour on."""
    from feedback.accounts.digest import send_due

    with worker.store.work() as work:
        send_due(work, columns.first(work), worker.newsroom.base_url)
    return False


def forget(worker: Workplace) -> bool:
    """Drop notes that nobody asks for any more."""
    with worker.store.work() as work:
        presence.forget_old(work)
        drafts.forget_old(work)
        dead_addresses.forget_old(work)
    return False


def beat(worker: Workplace) -> bool:
    """A sign of life, as long as every job has a living thread."""
    if all(thread.is_alive() for thread in worker.threads):
        with worker.store.work() as work:
            presence.beat(work, worker.name)
    return False


JOBS = (
    Job("letters", every=2, run=check_letters, on_bell=True, gathering=GATHERING),
    Job("likeness", every=5, run=compare_letters, on_bell=True, gathering=2.0),
    Job("mails", every=2, run=send_mails, on_bell=True),
    Job("deliveries", every=15, run=deliver, on_bell=True),
    Job("post", every=2, run=read_mails, on_bell=True, gathering=GATHERING),
    Job("mailbox", every=60, run=watch_mailbox),
    Job("again", every=30, run=note_what_changed),
    Job("spam", every=3600, run=train),
    Job("holds", every=60, run=bring_back_held),
    Job("reminders", every=900, run=ask_back),
    Job("not chosen", every=3600, run=clear_old_post),
    Job("articles", every=30, run=read_articles, on_bell=True, gathering=1.0),
    Job("digest", every=300, run=send_digests),
    Job("notes", every=3600, run=forget),
    Job("pulse", every=5, run=beat),  # last: it asks whether the others are there
)
