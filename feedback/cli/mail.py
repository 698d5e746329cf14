"""Letters by mail: `feedback mail`."""

import signal
import sys
import threading
from typing import Any

import click

from feedback import log_lines
from feedback.cli.opening import json_option, opened, print_json

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and comes again


@click.group()
def mail() -> None:
    """Take letters by mail; list what came and is no letter."""


@mail.command()
def receive() -> int:
    """Take one mail (RFC 5322) from standard input, as a mail server's pipe hands it over.

    Exit code 0: it is on disk for good. 75: nothing is kept, try again later.
    """
    try:
        _receive()
    except Exception as error:  # noqa: BLE001  # whatever it is: the mail server keeps the mail
        says = str(getattr(error, "message", "")) or str(error) or type(error).__name__
        click.echo(f"feedback: {' '.join(says.split())}", err=True)
        return TRY_LATER
    return 0


def _receive() -> None:
    from feedback.channel.mail.keep import MOST_BYTES, keep
    from feedback.channel.mail.read import read
    from feedback.domain.raw_mail import Door

    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    while sys.stdin.buffer.read(1 << 20):
        pass  # of one that is too large: the mail server is to see it taken
    with opened() as newsroom:
        number = keep(newsroom, raw, Door.PIPE)
        try:
            read(newsroom, number)
        except Exception as error:  # noqa: BLE001  # it is kept: the worker reads it later
            click.echo(f"feedback: kept, to be read later ({type(error).__name__})", err=True)


@mail.command()
@click.option("--bind", default="127.0.0.1:8024", show_default=True, help="Address to listen on.")
def serve(bind: str) -> None:
    """Take mails by LMTP until SIGTERM or Ctrl-C; what is answered 250 is kept."""
    from feedback.channel.mail.lmtp import listening
    from feedback.cli.serve import free_address

    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit():
        raise click.BadParameter("write it like 127.0.0.1:8024", param_hint="--bind")
    address = free_address(host.strip("[]"), int(port)).strip("[]")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log_lines.start()
    with opened() as newsroom, listening(newsroom, address, int(port)):
        click.echo(f"Taking mails by LMTP on {bind}.")
        stop.wait()


@mail.command()
def fetch() -> None:
    """Keep what is new in the mailbox of FEEDBACK_IMAP_URL, once; the worker does it by itself."""
    from feedback.channel.mail.inbox import MailboxShut
    from feedback.channel.mail.read import read_waiting
    from feedback.channel.mail.watch import address_of
    from feedback.channel.mail.watch import fetch as fetch_from
    from feedback.domain.errors import Refused

    with opened() as newsroom:
        address = address_of(newsroom)
        if address is None:
            raise Refused("FEEDBACK_IMAP_URL names no mailbox.", "no_mailbox")
        try:
            taken = fetch_from(newsroom, address)
        except MailboxShut as error:
            raise Refused(str(error), "mailbox_shut") from error
        while read_waiting(newsroom):
            pass
        click.echo(f"{taken} mails of {address.name} are kept.")


@mail.command()
@click.option("--kind", help="Those of one kind alone: blocked, bounce, list, spam, unread, …")
@json_option
def refused(kind: str | None, as_json: bool) -> None:
    """List every mail that came and is no letter: refused by name, bounces, unread."""
    from feedback.domain.raw_mail import RawMail
    from feedback.store import raw_mails

    def row(one: RawMail) -> dict[str, Any]:
        return {
            "id": one.id,
            "fate": one.fate.value,
            "refusal": one.refusal.value if one.refusal else None,
            "received_at": one.received_at,
            "door": one.door.value,
            "size": one.size,
            "subject": one.subject,
            "message_id": one.message_id,
            "problem": one.problem,
        }

    if kind is not None and kind not in raw_mails.KINDS:
        known = ", ".join(raw_mails.KINDS)
        raise click.BadParameter(f"one of {known}", param_hint="--kind")
    with opened() as newsroom:
        rows = []
        after: str | None = None
        while True:
            with newsroom.store.read() as work:
                page = raw_mails.no_letters(work, kind, after, limit=500)
            rows += [row(one) for one in page.rows]
            after = page.next
            if after is None:
                break
    if as_json:
        print_json(rows)
        return
    for one in rows:
        click.echo(f"{one['id']:>8}  {one['refusal'] or one['fate']:<16} {one['subject'][:80]}")
