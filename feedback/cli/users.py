"""Accounts at the desk: `feedback users`."""

import sys

import click

from feedback.accounts import people, staff
from feedback.accounts.models import Account
from feedback.cli.acting import COMMAND_LINE
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
@click.option("--invite", is_flag=True, help="Mail them a link to set a password, for 72 hours.")
def add(email: str, role: str, name: str, password_stdin: bool, invite: bool) -> None:
    """Take somebody on. Without --password-stdin a random password is made and printed once."""
    if invite and password_stdin:
        raise click.UsageError("With --invite they choose the password themselves.")
    password = _read_password() if password_stdin else None
    with opened() as newsroom, newsroom.store.work() as work:
        if invite:
            account = staff.invite(work, COMMAND_LINE, email, name, Role(role), newsroom.base_url)
            click.echo(f"Added {account.email} as {role}; an invitation is on its way.")
            return
        account, fresh = staff.add(work, COMMAND_LINE, email, name, Role(role), password)
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
        staff.disable(work, COMMAND_LINE, email)
    click.echo(f"Disabled {email}.")


@users.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let somebody in again who was let go."""
    with opened() as newsroom, newsroom.store.work() as work:
        staff.enable(work, COMMAND_LINE, email)
    click.echo(f"Enabled {email}.")


@users.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input.")
def reset(email: str, password_stdin: bool) -> None:
    """Set a new password; open log-ins end, a lock is lifted."""
    password = _read_password() if password_stdin else None
    with opened() as newsroom, newsroom.store.work() as work:
        _account, fresh = staff.reset(work, COMMAND_LINE, email, password)
    click.echo(f"New password set for {email}.")
    if fresh:
        click.echo(f"Password (shown this once): {fresh}")


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
def role(email: str, role: str) -> None:
    """Give somebody another role."""
    with opened() as newsroom, newsroom.store.work() as work:
        staff.change_role(work, COMMAND_LINE, email, Role(role))
    click.echo(f"{email} is {role} now.")


@users.command("forget-second")
@click.argument("email")
def forget_second(email: str) -> None:
    """Take app, recovery codes and passkeys off an account whose owner has lost them."""
    with opened() as newsroom, newsroom.store.work() as work:
        staff.forget_second(work, COMMAND_LINE, email)
    click.echo(f"The password alone lets {email} in now.")


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
