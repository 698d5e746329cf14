"""The queue, the letter's page and the search at 1,000 and at 100,000 letters."""

import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from feedback.accounts import people, sessions
from feedback.accounts.login import TOKEN
from feedback.app import create_app
from feedback.config import Settings
from feedback.domain.actor import MACHINE
from feedback.domain.editor import Role
from feedback.domain.letter import Channel
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch
from feedback.intake.receive_many import Arrival, receive_many
from feedback.intake.recheck import recheck_new
from feedback.newsroom import Newsroom
from feedback.store import articles, columns, letters
from feedback.store.letters import LetterFilter

SMALL, LARGE = 1_000, 100_000
ROUNDS = 40
BUDGET = 1.2  # times what the page costs at SMALL
PAGES = {
    "queue": "/desk/",
    "queue, page 2": "/desk/?cursor={cursor}",
    "search": "/desk/?q=gravel",
    "letter": "/desk/letters/{ref}",
}
# Only the queue has this budget now; the rest is printed to be watched.
BUDGETED = ("queue", "queue, page 2")


def fill(database: str | None, folder: Path, number: int) -> tuple[Newsroom, dict[str, str]]:
    """A desk with that many letters, and values for the addresses of its pages."""
    given = {"FEEDBACK_DATA_DIR": str(folder), "FEEDBACK_LIMITS": "off",
             "FEEDBACK_BASE_URL": "http://localhost"}  # fmt: skip
    if database:
        given["FEEDBACK_DATABASE_URL"] = database
    settings = Settings.load(given, folder)
    _migrate(settings)
    newsroom = Newsroom.open(settings)
    now = datetime.now(UTC)
    with newsroom.store.work() as work:
        columns.first(work).set_up_at = now  # its chief is not asked for that any more
        known = [
            articles.put(work, f"example.com/{n}", f"https://example.com/{n}", f"Levee {n}",
                         "Nora Quill", now.date())[0]
            for n in range(200)
        ]  # fmt: skip
    for start in range(0, number, 500):
        arrivals = [_arrival(n, known, now) for n in range(start, min(start + 500, number))]
        receive_many(newsroom.letterbox, newsroom.store.keys, newsroom.house(), arrivals, now,
                     by=MACHINE)  # fmt: skip
    while True:
        with newsroom.store.work() as work:
            if not recheck_new(work, 500):
                break
    if database:
        with newsroom.store.work() as work:
            work.session.connection().exec_driver_sql("ANALYZE")
    with newsroom.store.read() as work:
        page = letters.page(work, LetterFilter(), limit=50)
    return newsroom, {"cursor": page.next or "", "ref": page.rows[10].ref}


def _arrival(number: int, known: list[Any], now: datetime) -> Arrival:
    ground = "gravel" if number % 97 == 0 else "mud"
    words = f"Letter {number} about the levee, the road and the {ground}."
    submission = Submission(
        channel=Channel.IMPORT,
        remarks=words + " The river is high in May and the county counts its boats." * 8,
        name=f"Reader {number}",
        town="Spokane",
        state="WA",
        email=f"reader{number}@example.com",
        received_at=now - timedelta(minutes=number),
        as_typed={"name": f"Reader {number}"},
    )
    return Arrival(submission, ArticleMatch(known[number % len(known)], "url", 100.0))


def _logged_in(newsroom: Newsroom) -> FlaskClient:
    app = create_app(newsroom)
    client = app.test_client()
    with newsroom.store.work() as work:
        account, _ = people.add(work.session, "e@example.com", "Ed", Role.CHIEF, work.now)
        token = sessions.begin(work.session, account.id, work.now)
        unique = account.fs_uniquifier
    with client.session_transaction() as session:
        session[TOKEN], session["_user_id"], session["_fresh"] = token, unique, True
    return client


def _migrate(settings: Settings) -> None:
    from feedback.shipped import shipped
    from feedback.store.engine import make_engine
    from feedback.store.migrate import migrate
    from tests.fixtures_database import all_tables

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.engine_url)
    migrate(engine, shipped("migrations"), all_tables())
    engine.dispose()


def measure(name: str, databases: tuple[str | None, str | None]) -> bool:
    """Both sizes in turn, page by page; True where the budget holds."""
    holds = True
    with tempfile.TemporaryDirectory() as folder:
        filled = (
            fill(databases[0], Path(folder) / "small", SMALL),
            fill(databases[1], Path(folder) / "large", LARGE),
        )
        # Logged in when all is filled: a log-in that nobody uses for an hour is over.
        desks = [(_logged_in(newsroom), values) for newsroom, values in filled]
        for page, address in PAGES.items():
            took: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for times, (client, values) in zip(took, desks, strict=True):
                    began = time.perf_counter()
                    answer = client.get(address.format(**values))
                    times.append(time.perf_counter() - began)
                    assert answer.status_code == 200, answer.status_code
            few, many = (statistics.median(times) for times in took)
            ratio = statistics.median(b / a for a, b in zip(*took, strict=True))
            print(
                f"{name:<11} {page:<14} {few * 1000:6.1f} ms at {SMALL:,}, "
                f"{many * 1000:6.1f} ms at {LARGE:,}: ratio {ratio:.2f}"
            )
            holds &= ratio <= BUDGET or page not in BUDGETED
    return holds


def run(postgresql: str) -> bool:
    """Both engines."""
    from tests.fixtures_database import _at, _run

    holds = measure("SQLite", (None, None))
    names = ("why_small", "why_large")
    for one in names:
        _run(postgresql, f"CREATE DATABASE {one}")
    try:
        holds &= measure("PostgreSQL", (_at(postgresql, names[0]), _at(postgresql, names[1])))
    finally:
        for one in names:
            _run(postgresql, f"DROP DATABASE {one} WITH (FORCE)")
    return holds
