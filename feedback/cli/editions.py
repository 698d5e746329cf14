"""Editions from the command line: `feedback editions`."""

import datetime as dt
from pathlib import Path

import click

from feedback.cli.acting import COMMAND_LINE
from feedback.cli.opening import json_option, opened, print_json
from feedback.domain.edition import EditionState
from feedback.domain.errors import Refused
from feedback.edition.arrange import add
from feedback.edition.make import make
from feedback.edition.printed import printed_sheet
from feedback.edition.publish import publish as put_out
from feedback.export.formats import FORMATS
from feedback.store import columns, letters
from feedback.store import editions as stored


@click.group()
def editions() -> None:
    """Make, publish and export editions."""


@editions.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List editions, newest first."""
    with opened() as newsroom, newsroom.store.read() as work:
        rows: list[dict[str, object]] = [
            {
                "slug": e.slug,
                "title": e.title,
                "date": e.date,
                "state": e.state.value,
                "column": e.column.slug,
                "version": e.version,
            }
            for e in stored.every(work)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['date']}  {row['state']:<10} {row['slug']:<40} {row['title']}")


@editions.command()
@click.argument("title")
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--slug", help="The last part of its address; the date unless told.")
@click.option("--editors-note", default="")
@click.option("--column", help="Slug of the column; the house's own unless told.")
def create(
    title: str, on: dt.datetime, slug: str | None, editors_note: str, column: str | None
) -> None:
    """Make a draft; its slug is printed."""
    with opened() as newsroom, newsroom.store.work() as work:
        chosen = columns.by_slug(work, column) if column else columns.first(work)
        edition = make(work, chosen, title, on.date(), COMMAND_LINE, slug, editors_note)
        made = edition.slug
    click.echo(made)


@editions.command()
@click.argument("slug")
@click.argument("refs", nargs=-1, required=True)
def place(slug: str, refs: tuple[str, ...]) -> None:
    """Place approved letters at the end of the sections about their articles."""
    with opened() as newsroom, newsroom.store.work() as work:
        edition = stored.by_slug(work, slug, to_change=True)
        for ref in refs:
            add(work, edition, letters.by_ref(work, ref, to_change=True), COMMAND_LINE)
    click.echo(f"{len(refs)} letters placed in {slug}.")


@editions.command()
@click.argument("slug")
@click.option("--override", help="A reason to pass the gates that are shut.")
def publish(slug: str, override: str | None) -> None:
    """Publish an edition: all of its letters, or none."""
    with opened() as newsroom, newsroom.store.work() as work:
        edition = stored.by_slug(work, slug, to_change=True)
        put_out(work, edition, COMMAND_LINE, None, override)
    click.echo(f"{slug} is published.")


@editions.command()
@click.argument("slug")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(slug: str, name: str, output: Path) -> None:
    """Write an edition into a file; a draft's is marked as a draft."""
    with opened() as newsroom, newsroom.store.read() as work:
        edition = stored.by_slug(work, slug)
        sheet = printed_sheet(edition)
        state = edition.state
    output.write_bytes(FORMATS[name].render(sheet))
    draft = " (draft)" if state is EditionState.DRAFT else ""
    click.echo(f"{slug}{draft} in {output}.", err=True)


@editions.command()
@click.argument("slug")
@click.option("--to", "target", type=click.Choice(["wordpress"]), required=True)
def push(slug: str, target: str) -> None:
    """Deliver an edition: a draft post of your WordPress site; its address is printed.

    A post that was made before is brought up to date. Where the site does not answer, the worker
    tries again.
    """
    from feedback.domain.delivery import DeliveryState, TargetKind
    from feedback.export.deliver import bring_due, order
    from feedback.export.targets.known import targets_of
    from feedback.store import deliveries

    with opened() as newsroom, targets_of(newsroom.settings.wordpress) as targets:
        kind = TargetKind(target)
        if kind not in targets:
            raise Refused("FEEDBACK_WORDPRESS_URL names no site.", "no_target")
        with newsroom.store.work() as work:
            edition = stored.by_slug(work, slug, to_change=True)
            number = order(work, edition, kind, COMMAND_LINE).id
        bring_due(newsroom.store, targets)
        with newsroom.store.read() as work:
            delivery = deliveries.one(work, number)
            if delivery is None or delivery.state is not DeliveryState.DONE:
                problem = delivery.problem if delivery else ""
                raise Refused(problem or "It is on its way already.", "not_delivered")
            click.echo(delivery.remote_url or delivery.remote_id)
