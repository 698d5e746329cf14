"""Access for programs: `feedback tokens`."""

import click

from feedback.accounts import staff
from feedback.accounts import tokens as access
from feedback.cli.acting import COMMAND_LINE
from feedback.cli.opening import json_option, opened, print_json
from feedback.domain.editor import Role


@click.group()
def tokens() -> None:
    """Access for programs."""


@tokens.command()
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
def add(name: str, role: str) -> None:
    """Make a token; it alone is printed, this once."""
    with opened() as newsroom, newsroom.store.work() as work:
        token = staff.make_token(work, COMMAND_LINE, name, Role(role))
    click.echo(token)


@tokens.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the tokens by name; the tokens themselves are not kept."""
    with opened() as newsroom, newsroom.store.read() as work:
        rows: list[dict[str, object]] = [
            {
                "name": token.name,
                "role": token.role.value,
                "created_at": token.created_at,
                "last_used_on": token.last_used_on,
                "revoked_at": token.revoked_at,
            }
            for token in access.list_tokens(work.session)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "  revoked" if row["revoked_at"] else ""
        click.echo(f"{row['name']:<40} {row['role']:<14} used {row['last_used_on'] or '–'}{state}")


@tokens.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Make a token void at once."""
    with opened() as newsroom, newsroom.store.work() as work:
        staff.revoke_token(work, COMMAND_LINE, name)
    click.echo(f"Revoked {name}.")
