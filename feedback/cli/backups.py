"""`feedback backup` and `feedback restore`."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli.opening import opened
from feedback.config import SECRET_KEY_FILE, Settings
from feedback.domain.errors import FeedbackError, Refused
from feedback.shipped import shipped

if TYPE_CHECKING:
    from feedback.newsroom import Newsroom
    from feedback.store.backup import Contents

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
STILL_RUNNING = timedelta(seconds=15)  # a worker gives a sign of life every five


@click.command()
@FILE
def backup(*, file: Path) -> None:
    """Write all that the database holds into FILE, while the service runs.

    The file is checked before it gets its name; an older one of that name is replaced then. It
    can be restored into SQLite and into PostgreSQL. The secret key is not in it.
    """
    from feedback.newsroom import SCHEMA
    from feedback.store.backup import backup as write

    with opened() as newsroom:
        contents = write(newsroom.store.engine, file, SCHEMA, newsroom.store.clock(), _tell)
        key = newsroom.settings.data_dir / SECRET_KEY_FILE
    click.echo(f"{file}: {_summary(contents)}.")
    if key.exists():
        click.echo(f"The secret key is not in it: keep a copy of {key} in another place.")


@click.command()
@FILE
@click.option("--force", is_flag=True, help="Replace the letters that the database holds.")
def restore(*, file: Path, force: bool) -> None:
    """Put the backup in FILE into the database: all of it, or nothing is changed.

    Stop the service first, and put the old installation's secret key in place: the links that
    readers have, and the histories, are sealed with it.
    """
    from feedback.newsroom import SCHEMA, Newsroom
    from feedback.store.backup import read_contents
    from feedback.store.backup import restore as put_back
    from feedback.store.migrate import migrate
    from feedback.store.revision import revision_of

    read_contents(file)  # before a database is made for it
    newsroom = Newsroom.open(Settings.load())
    engine, folder = newsroom.store.engine, shipped("migrations")
    try:
        if revision_of(engine) is None:
            migrate(engine, folder, SCHEMA)
        _refuse_while_it_runs(newsroom)
        contents = put_back(engine, file, folder, SCHEMA, force=force, tell=_tell)
        has_key = _is_whole(newsroom)
    finally:
        newsroom.close()
    click.echo(f"{_summary(contents)}: restored.")
    if not has_key:
        click.echo(
            "These letters were taken under another secret key: until it is in place"
            f" ({newsroom.settings.data_dir / SECRET_KEY_FILE}, or FEEDBACK_SECRET_KEY) the links"
            " that readers have lead nowhere and `feedback audit verify` finds fault.",
            err=True,
        )


def _refuse_while_it_runs(newsroom: "Newsroom") -> None:
    """A service that runs would write on, and go on with what it knows of before."""
    from feedback.store import presence

    try:
        with newsroom.store.read() as work:
            beat = presence.last_beat(work)
    except FeedbackError:
        return  # another schema: restoring refuses it in better words
    if beat is not None and newsroom.store.clock() - beat < STILL_RUNNING:
        raise Refused(
            "The service seems to be running (its worker gave a sign of life just now): stop it,"
            " wait a quarter of a minute, then restore."
        )


def _is_whole(newsroom: "Newsroom") -> bool:
    """Whether the histories are sealed with this installation's key."""
    from feedback.store.audit import verify

    with newsroom.store.read() as work:
        return verify(work).is_whole


def _tell(table: str, rows: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"  {table}: {rows:,}", err=True)


def _summary(contents: "Contents") -> str:
    rows = contents.rows
    return (
        f"{rows.get('letter', 0):,} letters, {rows.get('article', 0):,} articles and"
        f" {rows.get('edition', 0):,} editions of {contents.taken_at:%Y-%m-%d %H:%M} UTC"
    )
