"""What goes on by itself: checks of new letters, holds that end, mails, articles read again."""

import fcntl
import logging
import random
import socket
import threading
import time
from pathlib import Path
from typing import IO

from feedback.domain.errors import Unreachable
from feedback.jobs import JOBS, Job
from feedback.newsroom import Newsroom
from feedback.outbox.prepare import Letterhead
from feedback.outbox.send import Postman
from feedback.outbox.ways import TIMEOUT, Kept, Smtp, Way

__all__ = ["JOBS", "Job", "Worker", "claim", "run_when_alone", "way_out"]

log = logging.getLogger(__name__)

# Whoever writes to us or decides goes first: all that is done here can wait some seconds.
BUSY_FOR = 0.25  # seconds after a letter came in
REST = 1.0  # times as long as a turn took, so that others get every second turn at writing
BUSY_REST = 9.0
LONGEST_REST = 2.0
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

    def _go_on(self, job: Job, poke: threading.Event) -> None:
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


def way_out(newsroom: Newsroom, timeout: float = TIMEOUT) -> Way:
    """How this newsroom's mails leave; a mail server has `timeout` seconds for each answer."""
    settings = newsroom.settings
    if settings.smtp_url is None:
        return Kept(newsroom.outbox_folder)
    tokens = None
    if settings.mail_oauth_tenant:
        from feedback.outbox.xoauth import AccessTokens  # with httpx: not before it is needed

        tokens = AccessTokens.of(settings.smtp_url, *settings.mail_oauth)
    return Smtp(settings.smtp_url, newsroom.base_url, timeout, tokens)


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
