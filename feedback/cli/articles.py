"""Articles from the command line: `feedback articles`."""

import sys
from pathlib import Path

import click

from feedback.cli.opening import json_option, opened, print_json
from feedback.domain.errors import Refused
from feedback.store import articles as stored

MOST_BYTES = 200 * 1024 * 1024
AT_ONCE = 200
MOST_TOLD = 20  # bad rows that are named


@click.group()
def articles() -> None:
    """Import and list the articles that readers answer."""


@articles.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def import_(file: str) -> None:
    """Import articles from CSV, JSON Lines, RSS, Atom or a sitemap (- for standard input).

    The same address again updates what is known.
    """
    from feedback.articles.take import take_all
    from feedback.reading.article_list import NotAList, read_list

    raw = sys.stdin.buffer.read(MOST_BYTES) if file == "-" else Path(file).read_bytes()
    try:
        read = read_list(raw)
    except NotAList as error:
        raise Refused(str(error)) from error
    with opened() as newsroom:
        taken = take_all(newsroom.store, read.rows)
    click.echo(
        f"{taken.added:,} articles added, {taken.updated:,} updated, {taken.skipped:,} as before."
    )
    for bad in read.bad[:MOST_TOLD]:
        click.echo(f"  line {bad.line}: {bad.says}", err=True)
    if read.bad:
        raise Refused(f"{len(read.bad):,} rows could not be used.")


@articles.command("list")
@click.option("--q", default="", help="Words of the headline.")
@json_option
def list_(q: str, as_json: bool) -> None:
    """List articles, newest first."""
    with opened() as newsroom:
        rows: list[dict[str, object]] = []
        after: str | None = None
        while True:
            with newsroom.store.read() as work:
                page = stored.page(work, q, after, AT_ONCE)
            rows += [
                {
                    "id": a.id,
                    "url": a.url,
                    "headline": a.headline,
                    "author": a.author,
                    "published_on": a.published_on,
                }
                for a in page.rows
            ]
            after = page.next
            if after is None:
                break
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:>7}  {row['published_on'] or '–':<10}  {row['headline']}")
