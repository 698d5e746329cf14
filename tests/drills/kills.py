"""SIGKILL under load: every letter that was answered is there exactly once, none is half there.

A ledger outside of the system notes what was acknowledged, and with which words.
"""

import contextlib
import http.client
import json
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

from tests.benchmarks.intake import _form
from tests.served import Served

LETTER = {
    "article": "Who Pays for the Levee?",
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "state": "WA",
    "country": "US",
    "consent": "y",
}


@dataclass
class Ledger:
    """What clients were told: mark of a letter -> its address (form) or reference (API)."""

    told: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, mark: str, where: str) -> None:
        """A letter was acknowledged."""
        with self.lock:
            self.told[mark] = where


@dataclass(frozen=True)
class Result:
    """How a drill ended."""

    acknowledged: int
    stored: int
    lost: int
    twice: int
    half: int
    slowest_start: float

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing twice, nothing half."""
        return not (self.lost or self.twice or self.half)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} letters acknowledged, {self.stored} stored, {self.lost} lost, "
            f"{self.twice} twice, {self.half} half-written; "
            f"slowest start {self.slowest_start:.1f} s"
        )


def drill(letters: int, kills: int, clients: int = 16, database: str | None = None) -> Result:
    """Post `letters` by form and API while the server is killed and restarted `kills` times."""
    served = Served(database)
    with served:
        fields, cookie = _form(served.port)
        time.sleep(3.2)
        ledger, stop = Ledger(), threading.Event()
        share = letters // clients
        threads = [
            threading.Thread(
                target=_client,
                args=(served.port, n, share, ledger, stop, (fields, cookie)),
                daemon=True,
            )
            for n in range(clients)
        ]
        for thread in threads:
            thread.start()
        slowest = 0.0
        for number in range(1, kills + 1):
            _wait_until(ledger, letters * number // (kills + 1), threads)
            served.kill()
            slowest = max(slowest, served.start())
        for thread in threads:
            thread.join(600)
        stop.set()
        records = json.loads(served.run("letters", "list", "--json"))
        audit = served.run("audit", "verify")
    return _judge(ledger, records, slowest, audit)


def _judge(ledger: Ledger, records: list[dict], slowest: float, audit: str) -> Result:
    marks = [record["remarks"]["original"].split(" ", 1)[0] for record in records]
    known = set(marks)
    lost = [mark for mark in ledger.told if mark not in known]
    half = [
        record["ref"]
        for record in records
        if not record["remarks"]["original"].endswith("the end.")
        or record["state"] != "received"
        or record["signature"]["name"] != "Jane Q. Reader"
    ]
    refs = [record["ref"] for record in records]
    twice = len(marks) - len(set(marks)) + len(refs) - len(set(refs))
    assert audit is not None
    return Result(len(ledger.told), len(records), len(lost), twice, len(half), slowest)


def _wait_until(ledger: Ledger, count: int, threads: list[threading.Thread]) -> None:
    for _ in range(60_000):
        if len(ledger.told) >= count or not any(t.is_alive() for t in threads):
            return
        time.sleep(0.005)


def _client(
    port: int,
    client: int,
    share: int,
    ledger: Ledger,
    stop: threading.Event,
    form: tuple[dict[str, str], str],
) -> None:
    """Send each letter until it is acknowledged, as a patient reader would."""
    for number in range(share):
        mark = f"mark-{client}-{number}"
        remarks = f"{mark} " + "The river is high in May and the county counts its boats. " * 6
        letter = LETTER | {"remarks": remarks + "the end.", "email": f"{mark}@example.com"}
        while not stop.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                where = _send(port, letter, mark, form if client % 2 else None)
                if where:
                    ledger.note(mark, where)
                    break
            time.sleep(0.05)


def _send(
    port: int, letter: dict[str, str], mark: str, form: tuple[dict[str, str], str] | None
) -> str | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        if form is None:
            headers = {"Content-Type": "application/json", "Idempotency-Key": mark}
            connection.request("POST", "/api/v1/letters", json.dumps(letter), headers)
            answer = connection.getresponse()
            body = answer.read()
            return json.loads(body)["ref"] if answer.status == 201 else None
        fields, cookie = form
        body = urllib.parse.urlencode(fields | letter | {"submission_key": mark})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", "/letters", body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.getheader("Location") if answer.status == 303 else None
    finally:
        connection.close()
