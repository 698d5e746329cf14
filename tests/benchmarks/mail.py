"""Mails a second, from the bytes that are handed over to the letter on disk; DESIGN's budget."""

import tempfile
import time
from pathlib import Path

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.raw_mail import Door, Fate
from tests.benchmarks.filling import newsroom_in
from tests.fixtures_database import _at, _run
from tests.reading.mail_corpus import MESSAGES

MAILS = 2_000
LEAST = 200.0  # a second
LONGEST = 1.0  # second for one of them
SENDER = b"jane@example.com"


def run(postgresql: str) -> bool:
    """On both engines: at least 200 a second, none over a second."""
    holds = _measure("SQLite", None)
    _run(postgresql, "CREATE DATABASE why_mail")
    try:
        holds &= _measure("PostgreSQL", _at(postgresql, "why_mail"))
    finally:
        _run(postgresql, "DROP DATABASE why_mail WITH (FORCE)")
    return holds


def _measure(name: str, database: str | None) -> bool:
    """One process after the other, as the worker reads: nothing is done beside it."""
    mails = _mails()
    with tempfile.TemporaryDirectory() as folder:
        newsroom = newsroom_in(Path(folder) / "instance", database)
        read(newsroom, keep(newsroom, mails.pop(), Door.PIPE))  # word lists are read once
        times, letters = [], 0
        for raw in mails:
            began = time.perf_counter()
            fate = read(newsroom, keep(newsroom, raw, Door.PIPE))
            times.append(time.perf_counter() - began)
            letters += fate is Fate.LETTER
        newsroom.close()
    rate, slowest = len(times) / sum(times), max(times)
    good = rate >= LEAST and slowest <= LONGEST and letters == len(times)
    print(
        f"{name}: {rate:.0f} mails a second kept, read and stored, slowest {slowest * 1000:.0f} ms"
        f" ({letters} letters of {len(times)}){'' if good else '  <- over'}",
        flush=True,
    )
    return good


def _mails() -> list[bytes]:
    """Letters of the corpus, each from a sender of its own with a text of its own."""
    corpus = [m.raw for m in MESSAGES.values() if SENDER in m.raw and m.text.strip()]
    found = []
    for number in range(MAILS):
        raw = corpus[number % len(corpus)]
        found.append(raw.replace(SENDER, b"r%d@example.com" % number) + b"\n" * (number % 7))
    return found
