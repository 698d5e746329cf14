"""The example newsroom: `feedback seed`."""

import click

from feedback.cli.opening import opened


@click.command()
def seed() -> None:
    """Load the example newsroom: articles, letters in every state, editions, an editor a role.

    Everything goes through the same doors as real letters; nobody is mailed. Running it again
    adds nothing. A newsroom that has letters of its own is left alone.
    """
    from feedback.cli.example import load

    with opened() as newsroom:
        loaded = load(newsroom)
    if not loaded.letters:
        click.echo("The example newsroom is loaded already.")
    else:
        click.echo(
            f"Loaded {loaded.letters} letters, {loaded.articles} articles, "
            f"{loaded.editions} editions."
        )
    for login in loaded.logins:
        click.echo(f"Log in as {login.email} ({login.role}): {login.password}")
