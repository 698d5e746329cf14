"""What administrators do now and then: migrate, look at the settings, verify the histories."""

import click

from feedback.cli.opening import json_option, opened, print_json
from feedback.config import Settings
from feedback.domain.errors import Refused
from feedback.shipped import shipped


@click.command()
def migrate() -> None:
    """Bring the database to this version; an empty one gets its tables and a column.

    Safe to run again, and to interrupt. Before an SQLite file is changed, a checked copy of it
    is put beside it.
    """
    from feedback.newsroom import SCHEMA, Newsroom
    from feedback.store.revision import needed, revision_of

    newsroom = Newsroom.open(Settings.load())
    folder = shipped("migrations")
    engine = newsroom.store.engine
    try:
        before = revision_of(engine)
        if before != needed(folder):
            from feedback.store.migrate import migrate as bring_up  # with Alembic

            bring_up(engine, folder, SCHEMA)
        after = revision_of(engine)
    finally:
        newsroom.close()
    if before == after:
        click.echo(f"The database is at {after} already.")
    else:
        click.echo(f"The database is at {after} now{f' (it was at {before})' if before else ''}.")


@click.command()
@json_option
def settings(*, as_json: bool) -> None:
    """List every setting: its value (secrets masked) and where it comes from."""
    rows = list(Settings.load().rows())
    if as_json:
        print_json({"name": n, "value": v, "source": s} for n, v, s in rows)
        return
    names = max(len(name) for name, _value, _source in rows)
    sources = max(len(source) for _name, _value, source in rows)
    for name, value, source in rows:
        click.echo(f"{name:{names}}  {source:{sources}}  {value}".rstrip())


@click.group()
def audit() -> None:
    """Check the histories of the letters and of the house."""


@audit.command()
@json_option
def verify(*, as_json: bool) -> None:
    """Work the chains of all letters and of the house out anew; exit code 1 where one breaks."""
    from feedback.store import house_events
    from feedback.store.audit import verify as look_through

    with opened() as newsroom, newsroom.store.read() as work:
        found = look_through(work)
        house = house_events.verify(work)
    if as_json:
        rows = [{"ref": b.ref, "line": b.seq, "problem": b.problem} for b in found.broken]
        if house.problem:
            rows.append({"ref": "house", "line": house.lines, "problem": house.problem})
        print_json(rows)
    else:
        if house.problem:
            click.echo(f"The house's history: {house.problem}")
        for broken in found.broken:
            click.echo(f"{broken.ref}, line {broken.seq}: {broken.problem}")
    if not found.is_whole:
        raise Refused(f"{len(found.broken)} of {found.letters} histories are broken.", "audit")
    if house.problem:
        raise Refused("The house's history is broken.", "audit")
    if not as_json:
        click.echo(f"{found.letters:,} letters with {found.events:,} events: whole.")
        click.echo(f"The house's history, {house.lines:,} lines: whole.")
