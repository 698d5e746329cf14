"""`feedback demo`: the example newsroom, made ready and served; what `make run` runs."""

import click

from feedback.accounts import people
from feedback.cli.opening import opened
from feedback.cli.serve import serve
from feedback.cli.upkeep import migrate
from feedback.domain.editor import Role
from feedback.store import letters
from feedback.store.letter_filter import LetterFilter


@click.command()
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Migrate, load the example into an empty newsroom, serve.

    The first time a chief's login is printed with its password; later the command that sets
    another one.
    """
    ctx.invoke(migrate)
    with opened() as newsroom, newsroom.store.read() as work:
        accounts = people.list_accounts(work.session)
        is_empty = not accounts and not letters.page(work, LetterFilter(), limit=1).rows
        chief = next((a.email for a in accounts if a.active and a.role is Role.CHIEF), None)
    if is_empty:
        from feedback.cli.seeding import seed

        ctx.invoke(seed)
    elif chief:
        click.echo(f"Log in as {chief}; `feedback users reset {chief}` sets a new password.")
    else:
        click.echo("Nobody can log in yet: `feedback users add EMAIL --role chief` makes a chief.")
    ctx.invoke(serve)
