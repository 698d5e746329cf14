"""What every command begins with, and how lists are printed for programs."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedback.config import Settings
from feedback.shipped import shipped

if TYPE_CHECKING:
    from feedback.newsroom import Newsroom

F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def opened(settings: Settings | None = None) -> Iterator["Newsroom"]:
    """The newsroom of the settings (default: this process's), closed afterwards.

    Raises BadSetting, Unreachable, and Refused where the schema is not this version's.
    """
    from feedback.newsroom import Newsroom  # with SQLAlchemy: not before it is needed
    from feedback.store.revision import require_current

    newsroom = Newsroom.open(settings or Settings.load())
    try:
        require_current(newsroom.store.engine, shipped("migrations"))
        yield newsroom
    finally:
        newsroom.close()


def json_option(command: F) -> F:
    """Decorator: the option `--json`, handed over as `as_json`."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON array, for programs."
    )(command)


def print_json(rows: Iterable[Any]) -> None:
    """Print the rows as one JSON array, one row a line, as they come; dates in ISO 8601."""
    opening = "["
    for row in rows:
        click.echo(f"{opening}\n{json.dumps(row, ensure_ascii=False, default=_plain)}", nl=False)
        opening = ","
    click.echo("[]" if opening == "[" else "\n]")


def _plain(value: object) -> str:
    if isinstance(value, date):  # a datetime is one as well
        return value.isoformat()
    return str(value)
