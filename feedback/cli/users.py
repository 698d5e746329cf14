"""Accounts at the desk: `feedback users`."""

import sys

import click

from feedback.accounts import people
from feedback.accounts.models import Account
from feedback.cli.opening import json_option, opened, print_json
from feedback.domain.editor import Role

ROLES = click.Choice([role.value for role in Role])
MOST_TYPED = 4096  # characters of a password on standard input


@click.group()
def users() -> None:
    """Accounts at the desk."""


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True, help="What they may do.")
@click.option("--name", default="", help="As the history and the column's editors show it.")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input.")
def add(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Take somebody on. Without --password-stdin a random password is made and printed once."""
    password = _read_password() if password_stdin else None
    with opened() as newsroom, newsroom.store.work() as work:
        account, fresh = people.add(work.session, email, name, Role(role), work.now, password)
        email = account.email
    click.echo(f"Added {email} as {role}.")
    if fresh:
        click.echo(f"Password (shown this once): {fresh}")


@users.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List everybody, by email address."""
    with opened() as newsroom, newsroom.store.read() as work:
        rows = [_row(account) for account in people.list_accounts(work.session)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "" if row["active"] else "  disabled"
        click.echo(f"{row['email']:<40} {row['role']:<14} {row['name']}{state}")


@users.command()
@click.argument("email")
def disable(email: str) -> None:
    """Let somebody go: their log-ins end at once."""
    with opened() as newsroom, newsroom.store.work() as work:
        people.disable(work.session, email)
    click.echo(f"Disabled {email}.")


@users.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let somebody in again who was let go."""
    with opened() as newsroom, newsroom.store.work() as work:
        people.enable(work.session, email)
    click.echo(f"Enabled {email}.")


@users.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input.")
def reset(email: str, password_stdin: bool) -> None:
    """Set a new password; open log-ins end, a lock is lifted."""
    password = _read_password() if password_stdin else None
    with opened() as newsroom, newsroom.store.work() as work:
        _account, fresh = people.reset(work.session, email, password)
    click.echo(f"New password set for {email}.")
    if fresh:
        click.echo(f"Password (shown this once): {fresh}")


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
def role(email: str, role: str) -> None:
    """Give somebody another role."""
    with opened() as newsroom, newsroom.store.work() as work:
        people.change_role(work.session, email, Role(role))
    click.echo(f"{email} is {role} now.")


def _read_password() -> str:
    return sys.stdin.read(MOST_TYPED).rstrip("\r\n")


def _row(account: Account) -> dict[str, object]:
    return {
        "email": account.email,
        "name": account.name,
        "role": account.role.value,
        "active": account.active,
        "added_at": account.added_at,
        "last_login_at": account.last_login_at,
    }
