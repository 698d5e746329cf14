"""The desk's pages on a small desk and on a large one, side by side in one run."""

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from feedback.accounts import people, sessions
from feedback.accounts.login import TOKEN
from feedback.app import create_app
from feedback.domain.editor import Role
from feedback.newsroom import Newsroom
from feedback.store import letters
from feedback.store.letter_filter import LetterFilter
from tests.benchmarks.filling import fill, newsroom_in

ROUNDS = 100
PAGES = {
    "queue": "/desk/",
    "queue, page 2": "/desk/?cursor={cursor}",
    "letter": "/desk/letters/{ref}",
    "writer": "/desk/writers/{writer}",
}
SEARCHES = {
    "rare word": "/desk/?q={rare}",
    "common word": "/desk/?q=levee",
    "word of 1 in 100": "/desk/?q=gravel",
    "phrase": '/desk/?q="gravel+road"',
    "common, filter": "/desk/?q=levee+state:held",
    "rare, filter": "/desk/?q={rare}+state:received+before:2100",
    "common, writer": "/desk/?q=levee+from:{name}",
}


@dataclass(frozen=True)
class Budget:
    """`ratio` to the small desk, for pages; `page` and `search` are p99 in milliseconds."""

    ratio: float
    page: float | None = None
    search: float | None = None


@dataclass(frozen=True)
class Desk:
    """A browser that is logged in, and what the addresses are made of."""

    client: FlaskClient
    values: dict[str, str]

    def took(self, address: str) -> float:
        """Seconds until the page was there."""
        began = time.perf_counter()
        answer = self.client.get(address.format(**self.values))
        took = time.perf_counter() - began
        assert answer.status_code == 200, (address, answer.status_code)
        return took


def open_desk(newsroom: Newsroom, number: int) -> Desk:
    """Fill a newsroom with that many letters, log in."""
    fill(newsroom, number)
    app = create_app(newsroom)
    client = app.test_client()
    with newsroom.store.work() as work:
        account, _ = people.add(work.session, "e@example.com", "Ed", Role.CHIEF, work.now)
        token = sessions.begin(work.session, account.id, work.now)
        unique = account.fs_uniquifier
    with client.session_transaction() as session:
        session[TOKEN], session["_user_id"], session["_fresh"] = token, unique, True
    with newsroom.store.read() as work:
        page = letters.page(work, LetterFilter(), limit=50)
        letter = page.rows[10]
        words = letter.opening.split()
        values = {
            "cursor": page.next or "",
            "ref": letter.ref,
            "writer": str(letter.writer_id),
            "rare": words[-2].strip("….,"),
            "name": (letter.name or "").split()[-1],
        }
    return Desk(client, values)


def measure(
    name: str, databases: tuple[str | None, str | None], sizes: tuple[int, int], budget: Budget
) -> bool:
    """Both sizes in turn, page by page; True where the budget holds."""
    holds = True
    with tempfile.TemporaryDirectory() as folder:
        desks = [
            open_desk(newsroom_in(Path(folder) / str(size), database), size)
            for size, database in zip(sizes, databases, strict=True)
        ]
        for page, address in (PAGES | SEARCHES).items():
            few, many = _rounds(desks, address)
            ratio = statistics.median(b / a for a, b in zip(few, many, strict=True))
            p99 = sorted(many)[int(len(many) * 0.99) - 1] * 1000
            most = budget.page if page in PAGES else budget.search
            good = (ratio <= budget.ratio or page in SEARCHES) and (most is None or p99 <= most)
            holds &= good
            print(
                f"{name:<11} {page:<17} {statistics.median(few) * 1000:6.1f} ms at {sizes[0]:,}, "
                f"{statistics.median(many) * 1000:6.1f} ms at {sizes[1]:,}: ratio {ratio:.2f}, "
                f"p99 {p99:.1f} ms{'' if good else '  <- over'}",
                flush=True,
            )
    return holds


def _rounds(desks: list[Desk], address: str) -> tuple[list[float], list[float]]:
    took: tuple[list[float], list[float]] = ([], [])
    for desk in desks:
        desk.took(address)
    for _ in range(ROUNDS):
        for times, desk in zip(took, desks, strict=True):
            times.append(desk.took(address))
    return took


def run(postgresql: str, sizes: tuple[int, int], budget: Budget) -> bool:
    """Both engines."""
    from tests.fixtures_database import _at, _run

    holds = measure("SQLite", (None, None), sizes, budget)
    names = ("why_small", "why_large")
    for one in names:
        _run(postgresql, f"CREATE DATABASE {one}")
    try:
        both = (_at(postgresql, names[0]), _at(postgresql, names[1]))
        holds &= measure("PostgreSQL", both, sizes, budget)
    finally:
        for one in names:
            _run(postgresql, f"DROP DATABASE {one} WITH (FORCE)")
    return holds
