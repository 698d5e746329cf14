"""`feedback worker`: checks, mails and articles in a process of their own."""

import signal
import threading
from contextlib import nullcontext

import click

from feedback import log_lines
from feedback.cli.opening import opened
from feedback.domain.errors import Refused


@click.command()
def worker() -> None:
    """Run the worker alone: checks, mails, articles.

    For `feedback serve --no-worker`. On PostgreSQL any number of them share the work; on SQLite
    there is one.
    """
    from feedback.worker import Worker, claim

    stop = threading.Event()
    with opened() as newsroom:
        lock = claim(newsroom.settings.data_dir) if newsroom.store.is_sqlite else nullcontext()
        if lock is None:
            raise Refused(
                "A worker runs here already: `feedback serve` has one built in, unless it was"
                " started with --no-worker."
            )

        log_lines.start()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_signal: stop.set())
        with lock:
            Worker(newsroom).run(stop)
