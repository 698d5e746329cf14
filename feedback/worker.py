"""What goes on by itself: checks of new letters, holds that end, mails, articles read again."""

import fcntl
import logging
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from feedback.desk.not_chosen import A_BATCH, choose_no_more
from feedback.domain.errors import Unreachable
from feedback.intake.check_again import note_changed_rules, note_due
from feedback.intake.compare import compare_new
from feedback.intake.learn_spam import learn_spam
from feedback.intake.recheck import end_holds, recheck_new, warm_up
from feedback.newsroom import Newsroom
from feedback.outbox.compose import ready_to_write
from feedback.outbox.prepare import Letterhead
from feedback.outbox.send import Postman
from feedback.outbox.ways import Kept, Smtp, Way
from feedback.store import columns, drafts, letters, likeness, presence, raw_mails

log = logging.getLogger(__name__)

# Checked in one transaction, so that readers and editors wait for no batch.
LETTERS_A_TURN, LETTERS_A_QUIET_TURN = 8, 32
# Whoever writes to us or decides goes first: all that is done here can wait some seconds.
BUSY_FOR = 0.25  # seconds after a letter came in
BUSY_SLICE = 0.05  # seconds that mails leave for in a row meanwhile
REST = 1.0  # times as long as a turn took, so that others get every second turn at writing
BUSY_REST = 9.0
LONGEST_REST = 2.0
GATHERING = 0.1  # seconds after a commit in which further letters come along
AFTER_TROUBLE = (0.5, 1.0, 2.0, 4.0)  # seconds; the last goes on until things work again
STOPPING = 5.0  # seconds for what runs to come to an end; all of it can be cut off
SETTLED_AFTER = 1.0  # seconds
LOCK = "worker.lock"
NEXT_TRY = 1.0  # seconds until somebody who waits for the lock asks again


class Worker:
    """Runs the jobs, each on a thread of its own: one that is slow or fails stops no other."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.store = newsroom.store
        self.postman = Postman(
            newsroom.store,
            way_out(newsroom),
            Letterhead(newsroom.base_url, newsroom.settings.mail_from),
        )
        self.name = socket.gethostname()[:80]
        self.stop = threading.Event()
        self.began = time.monotonic()
        self.threads: list[threading.Thread] = []

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; ring `store.bell` after that, to be heard at once."""
        self.stop = stop
        pokes = {job.name: threading.Event() for job in JOBS}
        self.threads = [
            threading.Thread(
                target=self._go_on,
                args=(job, pokes[job.name]),
                name=f"worker-{job.name}",
                daemon=True,  # what does not come to an end is cut off
            )
            for job in JOBS
        ]
        for thread in self.threads:
            thread.start()
        log.info("the worker runs")
        while not stop.is_set():
            if self.store.bell.wait(NEXT_TRY):
                self.store.bell.clear()
                for job in JOBS:
                    if job.on_bell:
                        pokes[job.name].set()
        for poke in pokes.values():
            poke.set()
        ends = time.monotonic() + STOPPING
        for thread in self.threads:
            thread.join(max(0.0, ends - time.monotonic()))
        log.info("the worker has stopped")

    @property
    def is_busy(self) -> bool:
        """Whether letters are coming in, which is not to be slowed down."""
        return time.monotonic() - self.newsroom.letterbox.touched_at < BUSY_FOR

    @property
    def is_settled(self) -> bool:
        """Whether the start is over: what is merely to be ready for later is done after it."""
        return time.monotonic() - self.began > SETTLED_AFTER

    def _go_on(self, job: "Job", poke: threading.Event) -> None:
        troubles = 0
        while not self.stop.is_set():
            poke.clear()
            began = time.monotonic()
            try:
                has_more = job.run(self)
                troubles = 0
            except Unreachable:
                log.warning("%s: the database does not answer", job.name)
                troubles += 1
            except Exception:  # a job that fails is tried again, and stops no other
                log.exception("%s failed", job.name)
                troubles += 1
            if troubles:
                pause = AFTER_TROUBLE[min(troubles, len(AFTER_TROUBLE)) - 1]
                self.stop.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311  # no secret
            elif has_more:
                share = BUSY_REST if self.is_busy else REST
                self.stop.wait(min(LONGEST_REST, share * (time.monotonic() - began)))
            elif poke.wait(job.every):
                self.stop.wait(job.gathering)


@dataclass(frozen=True)
class Job:
    """One thing to do again and again.

    `run` returns True where more is waiting; `every` (seconds) is the longest pause; `on_bell`
    runs it after each commit of this process, `gathering` seconds later.
    """

    name: str
    every: float
    run: Callable[[Worker], bool]
    on_bell: bool = False
    gathering: float = 0.0


def check_letters(worker: Worker) -> bool:
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


def note_what_changed(worker: Worker) -> bool:
    """Letters whose rules changed, or of which a finding's day has come, are checked again."""
    with worker.store.work() as work:
        has_more = note_changed_rules(work)
        return note_due(work) > 0 or has_more


def train(worker: Worker) -> bool:
    """The spam filter learns anew from what editors decided."""
    learn_spam(worker.store)
    return False


def compare_letters(worker: Worker) -> bool:
    """Letters that other people have sent as well are found, some at a time."""
    with worker.store.read() as work:
        if not likeness.has_uncompared(work):
            return False
    with worker.store.work() as work:
        return compare_new(work, LETTERS_A_TURN) == LETTERS_A_TURN


def read_mails(worker: Worker) -> bool:
    """Mails that were kept become letters, or are refused by name."""
    from feedback.channel.mail.read import read_waiting  # not before there is a mail

    with worker.store.read() as work:
        if not raw_mails.waiting(work, 1):
            return False
    return read_waiting(worker.newsroom)


def bring_back_held(worker: Worker) -> bool:
    """Letters whose hold is over go back to the desk."""
    with worker.store.work() as work:
        return end_holds(work) > 0


def clear_old_post(worker: Worker) -> bool:
    """Letters that nobody decided about become not chosen, as the house's rule says."""
    with worker.store.work() as work:
        batch = choose_no_more(work, columns.first(work))
        return batch is not None and batch.letter_count >= A_BATCH


def send_mails(worker: Worker) -> bool:
    """All mails that are due leave, oldest first; some at a time while letters come in."""
    began = time.monotonic()

    def is_over() -> bool:
        is_long = time.monotonic() - began > BUSY_SLICE
        return worker.stop.is_set() or (is_long and worker.is_busy)

    worker.postman.turn(is_over)
    if worker.is_settled:
        ready_to_write()
    return worker.is_busy


def read_articles(worker: Worker) -> bool:
    """The newsroom's site is read again where that is due (a quarter of an hour, a column)."""
    from feedback.articles.fetch import Fetcher  # with httpx: not before it is needed
    from feedback.articles.refresh import refresh

    refresh(worker.store, Fetcher(frozenset(worker.newsroom.settings.fetch_allow)).get)
    return False


def send_digests(worker: Worker) -> bool:
    """The daily mail to those at the desk who want it, from their hour on."""
    from feedback.accounts.digest import send_due

    with worker.store.work() as work:
        send_due(work, columns.first(work), worker.newsroom.base_url)
    return False


def forget(worker: Worker) -> bool:
    """Drop notes that nobody asks for any more."""
    with worker.store.work() as work:
        presence.forget_old(work)
        drafts.forget_old(work)
    return False


def beat(worker: Worker) -> bool:
    """A sign of life, as long as every job has a living thread."""
    if all(thread.is_alive() for thread in worker.threads):
        with worker.store.work() as work:
            presence.beat(work, worker.name)
    return False


JOBS = (
    Job("letters", every=2, run=check_letters, on_bell=True, gathering=GATHERING),
    Job("likeness", every=5, run=compare_letters, on_bell=True, gathering=2.0),
    Job("mails", every=2, run=send_mails, on_bell=True),
    Job("post", every=2, run=read_mails, on_bell=True, gathering=GATHERING),
    Job("again", every=30, run=note_what_changed),
    Job("spam", every=3600, run=train),
    Job("holds", every=60, run=bring_back_held),
    Job("not chosen", every=3600, run=clear_old_post),
    Job("articles", every=30, run=read_articles, on_bell=True, gathering=1.0),
    Job("digest", every=300, run=send_digests),
    Job("notes", every=3600, run=forget),
    Job("pulse", every=5, run=beat),  # last: it asks whether the others are there
)


def way_out(newsroom: Newsroom) -> Way:
    """How this newsroom's mails leave."""
    url = newsroom.settings.smtp_url
    return Smtp(url, newsroom.base_url) if url else Kept(newsroom.outbox_folder)


def claim(folder: Path) -> IO[bytes] | None:
    """The right to be the one worker on a data folder, None where another process has it.

    Held until the file is closed or the process ends, however it ends.
    """
    lock = (folder / LOCK).open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def run_when_alone(newsroom: Newsroom, stop: threading.Event) -> None:
    """Run the worker as soon as no other process runs one on this data folder, until `stop`."""
    while not stop.is_set():
        try:
            lock = claim(newsroom.settings.data_dir)
        except OSError:
            log.exception("the worker's lock cannot be made")
            lock = None
        if lock is not None:
            with lock:
                Worker(newsroom).run(stop)
            return
        stop.wait(NEXT_TRY)
