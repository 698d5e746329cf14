"""A body that is too large is refused in words that its sender gets to read, by the real server."""

import http.client
import json
from collections.abc import Iterator

import pytest

from tests.served import Served


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served() as running:
        yield running


def post(served: Served, path: str, size: int, kind: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    body = b'{"remarks":"' + b"a" * (size - 14) + b'"}'
    connection.request("POST", path, body, {"Content-Type": kind})
    answer = connection.getresponse()
    found = answer.status, answer.getheader("Content-Type") or "", answer.read()
    connection.close()
    return found


@pytest.mark.parametrize("size", [300_000, 1_100_000, 8_000_000])
def test_the_sender_reads_why(served: Served, size: int) -> None:
    status, kind, body = post(served, "/api/v1/letters", size, "application/json")
    assert (status, kind) == (413, "application/problem+json")
    assert json.loads(body)["status"] == 413
    status, kind, _body = post(served, "/letters", size, "application/x-www-form-urlencoded")
    assert (status, kind) == (413, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/letters", 415), ("/api/v1/nothing", 404), ("/api/v1/articles", 405)],
)
def test_whatever_else_is_wrong_with_it(served: Served, path: str, status: int) -> None:
    found, kind, _body = post(served, path, 1_100_000, "text/plain")
    assert (found, kind) == (status, "application/problem+json")


def test_who_sends_without_end_is_cut_off(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    connection.putrequest("POST", "/api/v1/letters")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(10**12))
    connection.endheaders(b"{")
    assert connection.getresponse().status == 413
    connection.close()
