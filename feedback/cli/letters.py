"""Letters from the command line: `feedback letters`."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from feedback.cli.acting import COMMAND_LINE
from feedback.cli.opening import json_option, opened, print_json
from feedback.desk.decide import Wish, approve_if_wanted, decide
from feedback.desk.undo import undo
from feedback.domain.edition_record import edition_slug
from feedback.domain.letter_record import letter_record
from feedback.domain.state import Decision, State
from feedback.domain.verification import EDITORS_METHODS, Method, Outcome
from feedback.edition.proofs import proofsheet_of_letters
from feedback.export.formats import FORMATS
from feedback.newsroom import Newsroom
from feedback.store import letters as stored
from feedback.store.letter_filter import LetterFilter
from feedback.writer import verify as verification

AT_ONCE = 200  # letters read at a time
STATES = click.Choice([state.value for state in State])


@click.group()
def letters() -> None:
    """List, show, decide, import, export letters."""


@letters.command("list")
@click.option("--state", "states", type=STATES, multiple=True, help="Only these states.")
@click.option("--q", default="", help="Words, “phrases”, -exclusions, a reference.")
@json_option
def list_(states: tuple[str, ...], q: str, as_json: bool) -> None:
    """List letters, newest first."""
    with opened() as newsroom:
        records = _records(newsroom, LetterFilter(tuple(State(s) for s in states), q=q))
        if as_json:
            print_json(records)
            return
        for row in records:
            printed = row["signature"]["printed"]
            click.echo(f"{row['ref']}  {row['state']:<12} {row['word_count']:>5}  {printed}")


@letters.command()
@click.argument("ref")
@json_option
def show(ref: str, as_json: bool) -> None:
    """Show one letter, without contact data."""
    with opened() as newsroom, newsroom.store.read() as work:
        letter = stored.by_ref(work, ref)
        record = letter_record(letter, edition_slug(letter))
    if as_json:
        print_json([record])
        return
    _print_letter(record)


@letters.command()
@click.argument("ref")
@click.option("--method", type=click.Choice([m.value for m in EDITORS_METHODS]), required=True)
@click.option("--outcome", type=click.Choice([o.value for o in Outcome]), required=True)
@click.option("--note", default="", help="What was said, by whom.")
def verify(ref: str, method: str, outcome: str, note: str) -> None:
    """Record what was found out about the writer."""
    with opened() as newsroom, newsroom.store.work() as work:
        letter = stored.by_ref(work, ref, to_change=True)
        verification.record(work, letter, Method(method), Outcome(outcome), note, COMMAND_LINE)
        approve_if_wanted(work, letter)
        state = letter.state.value
    click.echo(f"{ref}: {method}, {outcome}; {state}.")


@letters.command("decide")
@click.argument("ref")
@click.argument("decision", type=click.Choice([d.value for d in Decision]))
@click.option("--reason", help="For a decline one of the reason codes, else free words.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="When a held letter comes back.")
@click.option("--tell", type=click.Choice(["mail"]), help="Write to the writer of a declined one.")
@click.option("--when-ready", is_flag=True, help="Approve as soon as the writer has answered.")
@click.option("--override", help="A reason to pass the gates that are shut.")
def decide_(
    ref: str,
    decision: str,
    reason: str | None,
    until: dt.datetime | None,
    tell: str | None,
    when_ready: bool,
    override: str | None,
) -> None:
    """Decide about a letter, or undo the last decision."""
    wish = Wish(
        Decision(decision),
        reason,
        tell,
        until.date() if until else None,
        when_ready,
        override,
    )
    with opened() as newsroom, newsroom.store.work() as work:
        letter = stored.by_ref(work, ref, to_change=True)
        if wish.decision is Decision.UNDO:
            undo(work, letter, COMMAND_LINE, None)
        else:
            decide(work, letter, wish, COMMAND_LINE, None)
        state = letter.state.value
    click.echo(f"{ref}: {state}.")


@letters.command()
@click.option("--state", type=STATES, default=State.APPROVED.value, show_default=True)
@click.option("--format", "name", type=click.Choice(list(FORMATS)), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(state: str, name: str, output: Path) -> None:
    """Write all letters of a state into a file; contact data is in none."""
    with opened() as newsroom:
        found = list(_whole(newsroom, LetterFilter((State(state),))))
        sheet = proofsheet_of_letters(found, newsroom.column())
    output.write_bytes(FORMATS[name].render(sheet))
    click.echo(f"{len(found)} letters in {output}.", err=True)


@letters.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--mail", is_flag=True, help="Mail every writer a receipt; else nobody is mailed.")
def import_(file: Path, mail: bool) -> None:
    """Import letters from FILE, whose content tells what it is.

    CSV or JSON Lines with the fields of the API and `received_at`; an mbox; a Maildir; a folder or
    a zip archive of .eml and .msg files; WordPress's export of old columns. Running it twice adds
    nothing.
    """
    from rich.progress import Progress

    from feedback.channel.archives.take import import_archive, size_of_archive

    with opened() as newsroom, Progress(transient=True) as progress:
        task = progress.add_task("Importing letters", total=size_of_archive(file))
        outcome = import_archive(
            newsroom, file, mails=mail, told=lambda n: progress.update(task, completed=n)
        )
    for line in outcome.lines():
        click.echo(line)
    for problem in outcome.problems:
        click.echo(f"  {problem}", err=True)
    if outcome.skipped:
        click.echo(f"{outcome.skipped:,} rows or mails were not taken.", err=True)
    if outcome.skipped or not outcome.is_whole:
        raise SystemExit(1)


def _whole(newsroom: Newsroom, which: LetterFilter) -> Iterator[Any]:
    after: str | None = None
    while True:
        with newsroom.store.read() as work:
            page = stored.page(work, which, after, AT_ONCE, whole=True)
            yield from page.rows
        after = page.next
        if after is None:
            return


def _records(newsroom: Newsroom, which: LetterFilter) -> Iterator[dict[str, Any]]:
    for letter in _whole(newsroom, which):
        yield letter_record(letter, edition_slug(letter))


def _print_letter(record: dict[str, Any]) -> None:
    article = record["article"]
    click.echo(f"{record['ref']}  {record['state']}  version {record['version']}")
    click.echo(f"Printed as: {record['signature']['printed']}")
    click.echo(f"Answers: {article['headline'] if article else record['article_given'] or '–'}")
    gates = ", ".join(f"{'' if ok else 'not '}{gate}" for gate, ok in record["gates"].items())
    click.echo(f"Gates: {gates}\n")
    click.echo(record["remarks"]["edited"] or record["remarks"]["original"])
