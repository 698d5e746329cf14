"""The command `feedback`: one noun a module, imported when it is asked for."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

import click

from feedback import __version__
from feedback.domain.errors import FeedbackError
from feedback.setting_values import BadSetting

INTERRUPTED = 130  # what shells say of a command that Ctrl-C ended
PIPE_CLOSED = 141  # and of one whose reader went away


class Late(NamedTuple):
    """A command that is imported when it is asked for: `module:name`, its line in the help."""

    where: str
    does: str


COMMANDS: dict[str, Late] = {
    "serve": Late("feedback.cli.serve:serve", "Serve the pages, with the worker built in."),
    "worker": Late("feedback.cli.worker:worker", "Run the worker alone: checks, mails."),
    "migrate": Late("feedback.cli.upkeep:migrate", "Bring the database to this version."),
    "seed": Late("feedback.cli.seeding:seed", "Load the example newsroom."),
    "demo": Late("feedback.cli.demo:demo", "Serve the example newsroom, made ready at need."),
    "settings": Late("feedback.cli.upkeep:settings", "List every setting with its source."),
    "doctor": Late("feedback.cli.doctor:doctor", "Look for what is wrong, say what to do."),
    "letters": Late("feedback.cli.letters:letters", "List, show, decide, import, export letters."),
    "mail": Late("feedback.cli.mail:mail", "Take letters by mail: pipe, LMTP."),
    "articles": Late("feedback.cli.articles:articles", "Import the articles readers answer."),
    "editions": Late("feedback.cli.editions:editions", "Make, publish and export editions."),
    "users": Late("feedback.cli.users:users", "Accounts at the desk."),
    "tokens": Late("feedback.cli.tokens:tokens", "Access for programs."),
    "backup": Late("feedback.cli.backups:backup", "Write a checked copy of the database."),
    "restore": Late("feedback.cli.backups:restore", "Put a backup in the database's place."),
    "audit": Late("feedback.cli.upkeep:audit", "Check the letters' histories."),
}


class Desk(click.Group):
    """The group of all commands, which imports only the one that is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        late = COMMANDS.get(cmd_name)
        if late is None:
            return None
        module, _, name = late.where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Their lines in the help, from the table: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, late.does) for name, late in COMMANDS.items()])


@click.group(cls=Desk)
@click.version_option(__version__, prog_name="feedback")
def feedback() -> None:
    """We Hear You: a letters desk in one box.

    Settings are read from the environment and from a .env file in the working folder.
    """


def main() -> None:
    """Run the command line of this process, then leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code.

    0 done, 1 refused with one line on stderr, 2 wrong usage, 75 something outside (database,
    mail server, site) does not answer: try again later.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without UTF-8 must not end a command
            stream.reconfigure(errors="backslashreplace")
    try:
        given = feedback.main(list(arguments), prog_name="feedback", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # What is left in the buffer would raise once more when the interpreter closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (BadSetting, FeedbackError, OSError) as error:
        sentence, code = _refusal(error)
        click.echo(f"feedback: {' '.join(sentence.split())}", err=True)
        return code
    return given if isinstance(given, int) else 0


def _refusal(error: BadSetting | FeedbackError | OSError) -> tuple[str, int]:
    """What is said on stderr, with the exit code."""
    if isinstance(error, FeedbackError):
        from feedback.answers import exit_code_of

        return error.message, exit_code_of(error)
    if isinstance(error, OSError):  # a file or a folder that cannot be read or written
        return f"{error.filename or 'The file'}: {error.strerror or error}", 1
    return str(error), 1
