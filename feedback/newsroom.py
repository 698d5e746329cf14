"""A running newsroom: its database, its letterbox, its settings, opened once for a process."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from feedback.accounts import models
from feedback.config import Settings
from feedback.domain.column import Column
from feedback.domain.errors import Unreachable
from feedback.intake.article_match import ArticleMatch, match_article
from feedback.intake.receive import House
from feedback.store import columns, tables
from feedback.store.engine import make_engine
from feedback.store.letterbox import Letterbox
from feedback.store.work import Keys, Store

EXTENSION = "newsroom"  # key of app.extensions
SCHEMA = [tables.metadata, models.metadata]  # every table there is, for migrate and backup
COLUMN_KEPT = 3.0  # seconds that a process may work with a column's rules of before a change
# Letters come in waves about one article: its address is not looked up for each of them.
MATCHES_KEPT = 256


@dataclass
class Newsroom:
    """What pages, programs, commands and the worker work with."""

    settings: Settings
    store: Store
    letterbox: Letterbox
    _column: tuple[float, Column] | None = field(default=None, repr=False)
    _by_address: dict[str, tuple[float, ArticleMatch]] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime] | None = None) -> "Newsroom":
        """Open the database that the settings name (its file is made where there is none)."""
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        store = Store(make_engine(settings.engine_url), Keys.of(settings.secret_key), clock)
        return cls(settings, store, Letterbox(store))

    @property
    def base_url(self) -> str:
        """What every mailed and printed link begins with, without a slash at its end."""
        return self.settings.base_url

    @property
    def hosts(self) -> frozenset[str]:
        """The house's own sites: they rank matches of articles."""
        return frozenset(self.settings.article_hosts)

    @property
    def outbox_folder(self) -> Path:
        """Where the built-in outbox keeps the mails."""
        return self.settings.data_dir / "outbox"

    def column(self) -> Column:
        """The house's column, at most some seconds old; detached: for reading only.

        While the database does not answer it is the one known before, so that a page can say so.
        """
        now = time.monotonic()
        if self._column is None or now - self._column[0] > COLUMN_KEPT:
            try:
                with self.store.read() as work:
                    self._column = (now, columns.first(work))
            except Unreachable:
                if self._column is None:
                    raise
        return self._column[1]

    def forget_column(self) -> None:
        """The column was changed: read it anew."""
        self._column = None

    def house(self) -> House:
        """What receiving a letter needs to know."""
        return House.of(self.column())

    def article_meant(self, given: str, chosen: int | None = None) -> ArticleMatch:
        """Which article a letter means: `match_article`, what an address found for some seconds.

        Only an address that was found is kept: articles are never taken away.
        """
        kept = self._by_address.get(given) if chosen is None else None
        if kept is not None and time.monotonic() - kept[0] < COLUMN_KEPT:
            return kept[1]
        with self.store.read() as work:
            match = match_article(work, given, self.hosts, chosen)
        if match.by == "url":
            if len(self._by_address) >= MATCHES_KEPT:
                self._by_address.clear()
            self._by_address[given] = (time.monotonic(), match)
        return match

    def close(self) -> None:
        """Give the connections back."""
        self.store.engine.dispose()


def newsroom() -> Newsroom:
    """The newsroom of the app that answers this request."""
    from flask import current_app  # the command line opens a newsroom without Flask

    found: Newsroom = current_app.extensions[EXTENSION]
    return found
