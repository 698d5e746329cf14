"""Clients that send letters over kept-open connections, and what they saw."""

import http.client
import json
import statistics
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

Request = Callable[[int, int], tuple[str, bytes, dict[str, str]]]  # client, number -> path, body


@dataclass
class Seen:
    """Answers by status, with the seconds that each took."""

    seconds: float
    took: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    @property
    def slowest(self) -> float:
        """Seconds of the slowest answer."""
        return max(self.took, default=0.0)

    @property
    def p99(self) -> float:
        """Seconds within which 99 of 100 were answered."""
        return statistics.quantiles(self.took, n=100)[98] if len(self.took) > 100 else self.slowest


def load(port: int, request: Request, *, clients: int = 16, seconds: float = 4.0) -> Seen:
    """Send as fast as it goes from `clients` for some seconds; stops by itself."""
    seen = Seen(seconds)
    lock = threading.Lock()
    start = threading.Barrier(clients + 1)
    until = 0.0

    def send(client: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.connect()
        took, statuses, number = [], [], 0
        start.wait()
        while (began := time.monotonic()) < until:
            path, body, headers = request(client, number)
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            took.append(time.monotonic() - began)
            statuses.append(answer.status)
            number += 1
        connection.close()
        with lock:
            seen.took += took
            for status in statuses:
                seen.statuses[status] = seen.statuses.get(status, 0) + 1

    threads = [threading.Thread(target=send, args=(n,), daemon=True) for n in range(clients)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    start.wait()
    for thread in threads:
        thread.join(seconds + 60)
    return seen


def form_request(fields: dict[str, str], cookie: str, run: str) -> Request:
    """The form, filled in by a reader; every letter has a submission key of its own."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}

    def make(client: int, number: int) -> tuple[str, bytes, dict[str, str]]:
        one = fields | {
            "submission_key": f"{run}-{client}-{number}",
            "email": f"reader-{run}-{client}-{number}@example.com",
        }
        return "/letters", urllib.parse.urlencode(one).encode(), headers

    return make


def api_request(fields: dict[str, str], run: str) -> Request:
    """The same letter, from a program."""

    def make(client: int, number: int) -> tuple[str, bytes, dict[str, str]]:
        one = fields | {"email": f"reader-{run}-{client}-{number}@example.com"}
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": f"{run}-{client}-{number}",
        }
        return "/api/v1/letters", json.dumps(one).encode(), headers

    return make
