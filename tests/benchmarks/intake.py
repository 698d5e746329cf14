"""Letters a second, by the form and by the API, against the bare view; DESIGN's first budget."""

import contextlib
import html
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from feedback.store.engine import make_engine
from tests.benchmarks.load import Request, Seen, api_request, form_request, load
from tests.served import Served, free_port

ROUNDS = 5
SECONDS = 3.0  # a round of one side
CLIENTS = 16
BUDGET = 0.4  # of the bare view's rate
SLOWEST = 0.5  # seconds of any request
LETTER = {
    "article": "https://www.example.com/news/who-pays-for-the-levee/",
    "remarks": "A working group is welcome, but it should be judged by the seizures it brings "
    "about, not by the meetings it holds. My county buried nineteen people last year. " * 3,
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "state": "WA",
    "country": "US",
    "consent": "y",
}
ARTICLE = (
    b'{"url": "https://www.example.com/news/who-pays-for-the-levee/",'
    b' "headline": "Who Pays for the Levee?"}\n'
)


def measure(name: str, database: str | None, bare_database: str) -> bool:
    """Measure on one engine, print a table; True where the budget holds."""
    workers = {"FEEDBACK_WORKERS": "2"} if database else {}
    with Served(database, environ=workers) as served, _bare(bare_database) as bare_port:
        served.run("articles", "import", "-", given=ARTICLE)
        fields, cookie = _form(served.port)
        time.sleep(3.2)  # the form's least time
        holds = True
        for way in ("form", "api"):
            holds &= _compare(name, way, served.port, bare_port, fields, cookie)
    return holds


def _compare(
    name: str, way: str, port: int, bare_port: int, fields: dict[str, str], cookie: str
) -> bool:
    def request(run: str) -> Request:
        if way == "form":
            return form_request(fields | LETTER, cookie, run)
        return api_request(LETTER, run)

    load(port, request("warm"), clients=CLIENTS, seconds=1)
    load(bare_port, request("warm"), clients=CLIENTS, seconds=1)
    ours, bares = [], []
    for number in range(ROUNDS):
        bares.append(load(bare_port, request(f"b{number}"), clients=CLIENTS, seconds=SECONDS))
        ours.append(load(port, request(f"o{number}"), clients=CLIENTS, seconds=SECONDS))
    taken = {303, 201}
    wrong = {s: n for seen in (*ours, *bares) for s, n in seen.statuses.items() if s not in taken}
    ratios = [our.rate / bare.rate for our, bare in zip(ours, bares, strict=True)]
    ratio = statistics.median(ratios)
    slowest = max(seen.slowest for seen in ours)
    print(
        f"{name:<11} {way:<5} {_rate(ours):>7.0f}/s against {_rate(bares):>7.0f}/s: "
        f"ratio {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), "
        f"p99 {max(s.p99 for s in ours) * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms"
        + (f", other answers {wrong}" if wrong else "")
    )
    return ratio >= BUDGET and slowest <= SLOWEST and not wrong


def _rate(seen: list[Seen]) -> float:
    return statistics.median(one.rate for one in seen)


def _form(port: int) -> tuple[dict[str, str], str]:
    """The hidden fields of the form with the cookie that goes with them."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/letters/new")
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    connection.close()
    form = page[page.index("<form") : page.index("</form>")]
    hidden = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    fields = {}
    for tag in hidden:
        named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        fields[named["name"]] = html.unescape(named.get("value", ""))
    return fields, cookie


@contextlib.contextmanager
def _bare(database: str) -> Iterator[int]:
    engine = make_engine(database)
    serial = "INTEGER PRIMARY KEY" if engine.dialect.name == "sqlite" else "BIGSERIAL PRIMARY KEY"
    with engine.begin() as connection:
        connection.execute(
            text(f"CREATE TABLE bare (id {serial}, remarks TEXT, name TEXT, email TEXT)")
        )
    engine.dispose()
    port = free_port()
    environ = os.environ | {
        "BARE_DATABASE_URL": database,
        "BARE_WORKERS": "1" if database.startswith("sqlite") else "2",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.bare_server", str(port)],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(500):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.02)
    raise RuntimeError("the bare server does not start")


def run(postgresql: str) -> bool:
    """Both engines; `postgresql` is a server on which databases may be created."""
    from tests.fixtures_database import _at, _run

    with tempfile.TemporaryDirectory() as folder:
        holds = measure("SQLite", None, f"sqlite:///{Path(folder) / 'bare.db'}")
    for name in ("why_bench", "why_bare"):
        _run(postgresql, f"CREATE DATABASE {name}")
    try:
        holds &= measure("PostgreSQL", _at(postgresql, "why_bench"), _at(postgresql, "why_bare"))
    finally:
        for name in ("why_bench", "why_bare"):
            _run(postgresql, f"DROP DATABASE {name} WITH (FORCE)")
    return holds
