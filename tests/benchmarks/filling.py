"""A desk of any size in minutes: some letters come in by the door, SQL makes the others of them.

The copies are letters in full (original, contact, history, findings, search entry), older than
the first ones, a minute apart; each has a word of its own, and words are as unevenly spread as in
a language.
"""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, text

from feedback.config import Settings
from feedback.domain.actor import MACHINE
from feedback.domain.article import Article
from feedback.domain.letter import Channel
from feedback.domain.mapped import Entity
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch
from feedback.intake.receive_many import Arrival, receive_many
from feedback.intake.recheck import recheck_new
from feedback.newsroom import Newsroom
from feedback.shipped import shipped
from feedback.store import articles, columns
from feedback.store.engine import make_engine
from feedback.store.migrate import migrate
from feedback.store.work import Store
from tests.fixtures_database import all_tables

BY_THE_DOOR = 1_000
KNOWN_ARTICLES = 200
WORDS_OF_A_LETTER = 90
LEXICON = [
    "".join(random.Random(n).choices(["ba", "ri", "to", "mel", "an", "dos", "ker", "u"], k=3)) + end
    for n, end in enumerate(["", "s", "ing", "al"] * 1500)
]
MINUTES = BY_THE_DOOR  # that a set of copies is older than the one before
STEP = MINUTES * 60_000 << 20  # the same in letters' numbers, see domain/letter_number


def newsroom_in(folder: Path, database: str | None = None) -> Newsroom:
    """An empty newsroom, set up, with no rate limits."""
    given = {
        "FEEDBACK_DATA_DIR": str(folder),
        "FEEDBACK_LIMITS": "off",
        "FEEDBACK_BASE_URL": "http://localhost",
    }
    if database:
        given["FEEDBACK_DATABASE_URL"] = database
    settings = Settings.load(given, folder)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.engine_url)
    migrate(engine, shipped("migrations"), all_tables())
    engine.dispose()
    newsroom = Newsroom.open(settings)
    with newsroom.store.work() as work:
        columns.first(work).set_up_at = work.now
    return newsroom


def fill(newsroom: Newsroom, number: int) -> None:
    """Make it a desk of `number` letters, a multiple of 1,000; all wait for a decision."""
    now = datetime.now(UTC)
    with newsroom.store.work() as work:
        known = [
            articles.put(work, f"example.com/{n}", f"https://example.com/{n}", f"Levee {n}",
                         "Nora Quill", now.date() - timedelta(days=n // 4))[0]
            for n in range(KNOWN_ARTICLES)
        ]  # fmt: skip
    chance = random.Random(7)
    arrivals = [_arrival(n, known, now, chance) for n in range(BY_THE_DOOR)]
    receive_many(
        newsroom.letterbox, newsroom.store.keys, newsroom.house(), arrivals, now, by=MACHINE
    )
    while True:
        with newsroom.store.work() as work:
            if not recheck_new(work, 500):
                break
    if number > BY_THE_DOOR:
        _copy(newsroom.store, number // BY_THE_DOOR - 1)
    with newsroom.store.work() as work:
        work.session.connection().exec_driver_sql("ANALYZE")


def _arrival(number: int, known: list[Article], now: datetime, chance: random.Random) -> Arrival:
    """Its words by Zipf's law: some are in every letter, most in few."""
    ranks = [int(len(LEXICON) ** chance.random()) - 1 for _ in range(WORDS_OF_A_LETTER)]
    words = [LEXICON[rank] for rank in ranks]
    words[3:3] = ["the", "levee", *(["gravel", "road"] if number % 97 == 0 else [])]
    submission = Submission(
        channel=Channel.IMPORT,
        remarks=" ".join(words).capitalize() + ".",
        name=f"{LEXICON[number % 89].title()} {LEXICON[number + 400].title()}",
        town="Spokane",
        state="WA",
        email=f"reader{number}@example.com",
        received_at=now - timedelta(minutes=number),
        as_typed={"name": f"Reader {number}"},
    )
    return Arrival(submission, ArticleMatch(known[number % len(known)], "url", 100.0))


def _copy(store: Store, times: int) -> None:
    """Every letter so many times more, each set of copies older than the last."""
    on_sqlite = store.is_sqlite
    series = (
        "WITH RECURSIVE s(k) AS (SELECT :times UNION ALL SELECT k - 1 FROM s WHERE k > 1) "
        if on_sqlite
        else "WITH s AS (SELECT generate_series(:times, 1, -1) AS k) "
    )
    for table in _tables():
        with store.work() as work:
            connection = work.session.connection()
            if on_sqlite:
                connection.execute(text("PRAGMA cache_size = -1000000"))
            columns_of = [
                c for c in table.columns if not (c.name == "id" and _counts_itself(table))
            ]
            names = ", ".join(f'"{column.name}"' for column in columns_of)
            values = ", ".join(_value(table.name, column.name, on_sqlite) for column in columns_of)
            put = f'INSERT INTO "{table.name}" ({names}) '
            # The oldest first, as letters come: their numbers go up, which trees like best.
            pick = f'SELECT {values} FROM s CROSS JOIN "{table.name}" t'
            pick += "" if on_sqlite else f" ORDER BY s.k DESC, t.{_first_key(table)}"
            # SQLite wants the series inside the statement that inserts, PostgreSQL takes both.
            connection.execute(text(put + series + pick), {"times": times})


COPIED = ("writer", "letter", "original", "contact", "event", "finding", "letter_search")


def _tables() -> list[Table]:
    return [Entity.metadata.tables[name] for name in COPIED]


def _first_key(table: Table) -> str:
    return next(iter(table.primary_key.columns)).name


def _counts_itself(table: Table) -> bool:
    return table.name in ("event", "finding")


def _value(table: str, column: str, on_sqlite: bool) -> str:  # of one caller
    """What a copy has in that column, as SQL."""
    plain = f't."{column}"'
    number = f"t.id - s.k * {STEP}"
    moment = (
        f"strftime('%Y-%m-%d %H:%M:%f000', {plain}, (-{MINUTES} * s.k) || ' minutes')"
        if on_sqlite
        else f"{plain} - s.k * interval '{MINUTES} minutes'"
    )
    of_writer = f"{{}} + s.k * {BY_THE_DOOR}"
    key_of = f"substr({plain}, 1, 50) || {_padded('s.k', 14, on_sqlite)}"
    place = f"(t.id >> 20) / 60000 % {MINUTES} + s.k * {MINUTES}"
    special = {
        ("writer", "id"): of_writer.format("t.id"),
        ("writer", "person_key"): key_of,
        ("writer", "household_key"): key_of,
        ("letter", "id"): number,
        ("letter", "ref"): f"'WHY-' || {_padded(place, 7, on_sqlite)}",
        ("letter", "received_at"): moment,
        ("letter", "reading_key"): f"substr({plain}, 1, 28) || {_padded(number, 19, on_sqlite)}",
        ("letter", "submission_key"): "NULL",
        ("letter", "writer_id"): of_writer.format("t.writer_id"),
        ("contact", "email_key"): key_of,
        ("letter_search", "id"): number,
        ("letter_search", "body"): f"{plain} || ' own' || ({place})",
        ("original", "received_at"): moment,
        ("event", "at"): moment,
    }
    if column == "letter_id":
        return f"t.letter_id - s.k * {STEP}"
    return special.get((table, column), plain)


def _padded(value: str, width: int, on_sqlite: bool) -> str:  # of one caller
    if on_sqlite:
        return f"printf('%0{width}d', {value})"
    return f"lpad(({value})::text, {width}, '0')"
