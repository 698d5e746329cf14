"""`feedback serve`: pages and worker in one command, all its processes in one group."""

import http.client
import importlib
import logging
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from feedback import log_lines
from feedback.cli.opening import opened
from feedback.config import Settings, count_together
from feedback.domain.errors import Refused

THREADS = 32  # requests that are answered at the same time, over all processes
FEWEST_THREADS = 8  # of one process
LONGEST_REQUEST = 30  # seconds that a request may still take once the end was asked for
SLOW_HEAD = 10_000  # milliseconds for the head of a request
PORT_FREES_WITHIN = 2.0  # seconds: the processes of a killed server are still going
PARENT_FIRST = 0.1  # seconds: where all are told at once, the parent is to know before they go
READY_WITHIN = 60.0
ENDING = (signal.SIGTERM, signal.SIGINT)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
WITH_WORKER = "feedback.wsgi:with_worker"
WITHOUT_WORKER = "feedback.wsgi:without_worker"


@click.command()
@click.option("--no-worker", is_flag=True, help="Leave checks and mails to `feedback worker`.")
def serve(*, no_worker: bool) -> None:
    """Serve the pages, with the worker built in.

    Ends cleanly on SIGTERM or Ctrl-C: requests that run are answered first.
    """
    settings = Settings.load()
    address = free_address(settings.host, settings.port)
    with opened(settings):
        pass
    log_lines.start()
    if settings.web_processes > 1:
        count_together(_emptied(settings.data_dir / "counts"))
    target = WITHOUT_WORKER if no_worker else WITH_WORKER
    importlib.import_module("feedback.wsgi")  # once: the processes that serve are its copies
    server = _server(settings, address, target)
    # Not before the processes that serve have been made: they would be copies of the thread too.
    announcement = threading.Timer(0.2, _announce, (settings, address))
    announcement.daemon = True
    server.on_startup(announcement.start)
    hear(server.signal_handler_interrupt)
    try:
        server.serve(target_loader=partial(load, os.getpid()))
    except SystemExit:
        # A signal to the whole group ends the processes that serve before their parent has told
        # them to, which counts as a failure there; it was asked for all the same.
        if not server.interrupt_signal:
            raise


def free_address(host: str, port: int) -> str:
    """The numeric address to listen on; raises Refused where nobody can listen there.

    Tried without SO_REUSEPORT, which would let two servers share a port in silence, and for a
    moment again, since the processes of a server that was just killed may still be going.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Refused(f"FEEDBACK_BIND: {host} is no address of this machine.") from error
    ends = time.monotonic() + PORT_FREES_WITHIN
    while True:
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
                return str(place[0])
            except OSError as error:
                if time.monotonic() > ends or not isinstance(place[1], int):
                    why = error.strerror or str(error)
                    raise Refused(
                        f"Nothing can be served at {host}:{port}: {why}. End what listens there,"
                        " or set FEEDBACK_BIND to another port."
                    ) from error
        time.sleep(0.1)


def _emptied(folder: Path) -> Path:
    """The folder, made new: what processes of an earlier start counted is over."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _server(settings: Settings, address: str, target: str) -> Any:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    processes = settings.web_processes
    # A request waits for the database most of its time, so there are more threads than cores.
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.msg)
    return Granian(
        target,
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=processes,
        blocking_threads=max(FEWEST_THREADS, THREADS // processes),
        http1_settings=HTTP1Settings(header_read_timeout=SLOW_HEAD),
        respawn_failed_workers=True,
        workers_kill_timeout=LONGEST_REQUEST,
        log_dictconfig=log_lines.CONFIG,
    )


def load(parent: int, target: str) -> Any:
    """In a process that serves: tie it to its parent, then make the application."""
    for sign in ENDING:
        signal.signal(sign, signal.SIG_DFL)  # the parent's are copied along
    hear(_stop_serving)
    end_with(parent)
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)()


def hear(end: Callable[[], object]) -> None:
    """Call `end` when this process is asked to end: on a thread of its own, and once.

    A handler would run in the main thread, whatever that holds just then. A service manager tells
    every process of the group and the parent tells its children: the second signal would find
    the main thread waking up from the first one, and wait for ever for a lock in its own hands.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)

    def wait() -> None:
        signal.sigwait(ENDING)
        end()

    threading.Thread(target=wait, name="end", daemon=True).start()


def _stop_serving() -> None:
    """What granian's handler does in a process that serves, or an end at once before it serves."""
    time.sleep(PARENT_FIRST)
    handler = signal.getsignal(signal.SIGTERM)
    if not callable(handler):
        os._exit(0)
    handler(signal.SIGTERM, None)


def end_with(parent: int) -> None:
    """End this process when its parent has ended, however that came."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _announce(settings: Settings, address: str) -> None:
    """Say where the pages are, once they are there."""
    ends = time.monotonic() + READY_WITHIN
    while time.monotonic() < ends:
        connection = http.client.HTTPConnection(address, settings.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        click.echo(f"We Hear You: {settings.base_url}/   the desk: {settings.base_url}/desk/")
        sys.stdout.flush()
        return
