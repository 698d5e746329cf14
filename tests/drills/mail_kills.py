"""SIGKILL while mails are taken: each that the mail server was told of is there exactly once.

By LMTP, the server killed at some moment of a mail; by the pipe, each process killed at some
moment of its life. The sender does as mail servers do: it tries again until it is told "kept".
"""

import contextlib
import os
import random
import signal
import smtplib
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from tests.served import Served, free_port

SEED = 20261
SENDERS = 4


@dataclass
class MailResult:
    """How a drill ended."""

    told: set[str] = field(default_factory=set)
    kills: int = 0
    lost: int = 0
    twice: int = 0

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing twice."""
        return not (self.lost or self.twice)

    def __str__(self) -> str:
        return (
            f"{len(self.told)} mails told of as kept under {self.kills} kills, "
            f"{self.lost} lost, {self.twice} twice"
        )


def drill_mail(kills: int, database: str | None = None) -> MailResult:
    """Half of the kills by LMTP, half by the pipe; then all is read and counted."""
    served = Served(database)
    result = MailResult()
    chance = random.Random(SEED)
    served.run("migrate")
    try:
        _by_lmtp(served, kills // 2, result, chance)
        _by_pipe(served, kills - kills // 2, result, chance)
        return _judged(served, result)
    finally:
        if served._own is not None:
            served._own.cleanup()


def _mail(mark: str) -> bytes:
    # Of several senders: from one of them more than a person writes is refused by name.
    return (
        f"From: Jane Reader <{mark}@example.com>\r\nTo: letters@example.com\r\n"
        f"Subject: Levee\r\nMessage-ID: <{mark}@example.com>\r\n\r\n"
        f"{mark} The county counts its boats every May.\r\n\r\nJane Q. Reader\r\nSpokane, Wash.\r\n"
    ).encode()


def _by_lmtp(served: Served, kills: int, result: MailResult, chance: random.Random) -> None:
    port = free_port()
    stop = threading.Event()
    senders = [
        threading.Thread(target=_send_on, args=(port, n, result.told, stop), daemon=True)
        for n in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    for _ in range(kills):
        server = _started(served, "mail", "serve", "--bind", f"127.0.0.1:{port}")
        before = len(result.told)
        _wait_for(lambda before=before: len(result.told) > before + 2, 30)
        time.sleep(chance.uniform(0, 0.2))
        _kill(server)
        result.kills += 1
    stop.set()
    for sender in senders:
        sender.join(30)


def _send_on(port: int, sender: int, told: set[str], stop: threading.Event) -> None:
    number = 0
    while not stop.is_set():
        mark = f"lmtp-{sender}-{number}"
        with contextlib.suppress(OSError, smtplib.SMTPException):
            with smtplib.LMTP("127.0.0.1", port, timeout=10) as server:
                server.sendmail(f"{mark}@example.com", ["letters@example.com"], _mail(mark))
            told.add(mark)
            number += 1
            continue
        time.sleep(0.05)


def _by_pipe(served: Served, kills: int, result: MailResult, chance: random.Random) -> None:
    number = 0
    longest = 2.0  # seconds of a process's life, as far as known
    enough = result.kills + kills
    while result.kills < enough:
        mark = f"pipe-{number}"
        process = _started(served, "mail", "receive", stdin=subprocess.PIPE)
        began = time.monotonic()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(_mail(mark))
            process.stdin.close()
        try:
            code = process.wait(chance.uniform(0, longest))
        except subprocess.TimeoutExpired:
            _kill(process)
            result.kills += 1
            continue  # the same mail again, as a mail server does
        longest = 0.8 * longest + 0.2 * (time.monotonic() - began) * 1.1
        if code == 0:
            result.told.add(mark)
            number += 1


def _judged(served: Served, result: MailResult) -> MailResult:
    import json

    served.start()  # its worker reads what waits
    try:
        ends = time.monotonic() + 120
        while time.monotonic() < ends:
            records = json.loads(served.run("letters", "list", "--json"))
            if len(records) >= len(result.told):
                break
            time.sleep(1)
    finally:
        served.kill(signal.SIGTERM)
    marks = [record["remarks"]["original"].split(" ", 1)[0] for record in records]
    result.lost = len(result.told - set(marks))
    result.twice = len(marks) - len(set(marks))
    return result


def _started(served: Served, *arguments: str, stdin: int | None = None) -> subprocess.Popen:
    with served.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "feedback", *arguments],
            cwd=served.folder,
            env=served.environ,
            stdin=stdin,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _kill(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def _wait_for(is_so, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.01)
