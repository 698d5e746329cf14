"""How the example newsroom comes in: by the doors that real letters use, at times of its own."""

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from feedback.accounts import people
from feedback.cli.example_desk import Desk
from feedback.domain.actor import WRITER
from feedback.domain.article import ArticleKind
from feedback.domain.editor import Role
from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.intake.article_match import match_article
from feedback.intake.fields import read_fields
from feedback.intake.receive import receive
from feedback.intake.recheck import recheck_new
from feedback.newsroom import Newsroom
from feedback.reading.article_url import canonical
from feedback.shipped import shipped
from feedback.store import articles, columns, letters
from feedback.store.letter_filter import LetterFilter

KEY = "example:"  # what submission keys of example letters begin with


@dataclass(frozen=True)
class Login:
    """A fresh account with its password, to be shown once."""

    email: str
    role: str
    password: str


@dataclass
class Loaded:
    """What was added."""

    articles: int = 0
    letters: int = 0
    editions: int = 0
    logins: list[Login] = field(default_factory=list)


class Clock:
    """A clock that is set to the moment at which an example letter was touched."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.at = now

    def __call__(self) -> dt.datetime:
        """The moment it is set to, never later than the present."""
        return min(self.at, self.now)


def load(newsroom: Newsroom) -> Loaded:
    """Load `seeds/` into an empty newsroom; what is there already is not touched.

    Raises Refused where there are letters that are not the example's.
    """
    folder = shipped("seeds")
    house = json.loads((folder / "newsroom.json").read_text("utf-8"))
    rows = _read(folder / "letters.jsonl")
    loaded = Loaded()
    clock = Clock(newsroom.store.clock())
    before, newsroom.store.clock = newsroom.store.clock, clock
    try:
        if _is_loaded(newsroom, rows):
            return loaded
        _settle(newsroom, house["column"])
        loaded.logins = _take_on(newsroom, house["editors"])
        loaded.articles = _articles(newsroom, _read(folder / "articles.jsonl"), clock.now.date())
        refs = _letters(newsroom, rows, clock)
        loaded.letters = len(refs)
        desk = Desk(newsroom, refs, clock)
        for row in rows:
            clock.at = _arrival(row, clock.now, newsroom.column().zone)
            desk.work_on(row["key"], row.get("desk", ()))
        loaded.editions = sum(desk.edition(e) for e in house["editions"])
        clock.at = clock.now
        _check_all(newsroom)
    finally:
        newsroom.store.clock = before
    return loaded


def _is_loaded(newsroom: Newsroom, rows: list[dict[str, Any]]) -> bool:
    with newsroom.store.read() as work:
        known = letters.exist(work, [KEY + row["key"] for row in rows])
        if not known and letters.page(work, LetterFilter(), limit=1).rows:
            raise Refused("This newsroom has letters of its own: the example is for an empty one.")
        if known and len(known) < len(rows):
            raise Refused("The example was loaded in part; begin with an empty data folder.")
    return bool(known)


def _settle(newsroom: Newsroom, settings: dict[str, Any]) -> None:
    with newsroom.store.work() as work:
        column = columns.first(work)
        for name, value in settings.items():
            setattr(column, name, value)
        column.set_up_at = work.now
    newsroom.forget_column()


def _take_on(newsroom: Newsroom, editors: list[dict[str, str]]) -> list[Login]:
    logins = []
    with newsroom.store.work() as work:
        known = {account.email for account in people.list_accounts(work.session)}
        for one in editors:
            if one["email"] not in known:
                role = Role(one["role"])
                _account, fresh = people.add(
                    work.session, one["email"], one["name"], role, work.now
                )
                if role is Role.CHIEF and fresh:
                    logins.append(Login(one["email"], role.value, fresh))
    return logins


def _articles(newsroom: Newsroom, rows: list[dict[str, Any]], today: dt.date) -> int:
    with newsroom.store.work() as work:
        for row in rows:
            day = row.get("published_on")
            articles.put(
                work,
                canonical(row["url"]),
                row["url"],
                row["headline"],
                row["author"],
                dt.date.fromisoformat(day) if day else today - dt.timedelta(row["days_ago"]),
                ArticleKind(row["kind"]),
            )
    return len(rows)


def _letters(newsroom: Newsroom, rows: list[dict[str, Any]], clock: Clock) -> dict[str, str]:
    """Receive every letter; its key -> its reference."""
    refs = {}
    for row in rows:
        clock.at = _arrival(row, clock.now, newsroom.column().zone)
        channel = Channel(row["channel"])
        given = {k: v for k, v in row.items() if isinstance(v, str)}
        submission = read_fields({**given, "consent": "y"}, channel, key=KEY + row["key"])
        with newsroom.store.read() as work:
            match = match_article(work, submission.article, newsroom.hosts)
        taken = receive(
            newsroom.letterbox,
            newsroom.store.keys,
            newsroom.house(),
            submission,
            match,
            clock(),
            by=WRITER,
            mails=False,
        )
        refs[row["key"]] = taken.ref
    return refs


def _check_all(newsroom: Newsroom) -> None:
    while True:
        with newsroom.store.work() as work:
            if not recheck_new(work):
                return


def _arrival(row: dict[str, Any], now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    hour, minute = map(int, row["at"].split(":"))
    day = (now - dt.timedelta(days=row["days_ago"])).astimezone(zone).date()
    return dt.datetime.combine(day, dt.time(hour, minute), zone).astimezone(dt.UTC)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
