"""`feedback doctor`: what is wrong with this installation, and what to do about it."""

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from feedback.cli.opening import json_option, print_json
from feedback.config import SECRET_KEY_FILE, Settings
from feedback.domain.errors import FeedbackError, Refused
from feedback.shipped import shipped

if TYPE_CHECKING:
    from feedback.newsroom import Newsroom

OK, HINT, BAD = "ok", "hint", "bad"
LEAST_FREE = 0.1  # of the disk
CLOCKS_APART = 60.0  # seconds
LOOPBACK = ("127.", "localhost", "[::1]")


@dataclass(frozen=True)
class Line:
    """One check: `ok`, `hint` (works, but look at it) or `bad`; what was found or is to be done."""

    check: str
    state: str
    says: str


Check = Callable[["Newsroom"], Line]


@click.command()
@json_option
def doctor(*, as_json: bool) -> None:
    """Look for what is wrong, say what to do; exit code 1 where something is.

    Changes nothing in a newsroom that is there; a mail server is greeted, and nothing sent.
    """
    lines = list(examine())
    if as_json:
        print_json({"check": one.check, "state": one.state, "says": one.says} for one in lines)
    else:
        widest = max(len(one.check) for one in lines)
        for one in lines:
            click.echo(f"{one.state:4}  {one.check:{widest}}  {one.says}")
    bad = sum(one.state == BAD for one in lines)
    if bad:
        raise Refused("One thing is wrong." if bad == 1 else f"{bad} things are wrong.", "doctor")


def examine() -> Iterator[Line]:
    """All checks, one after the other. Raises BadSetting: then nothing else can be looked at."""
    settings = Settings.load()
    yield Line("settings", OK, f"{len(list(settings.rows()))} are read; `feedback settings`")
    folder = _data_folder(settings)
    yield folder
    if folder.state == BAD:
        return  # nothing can be opened
    yield _secret_key(settings)
    yield _base_url(settings)
    yield _header_writer()

    from feedback.newsroom import Newsroom

    newsroom = Newsroom.open(settings)
    try:
        yield from _with_database(newsroom)
    finally:
        newsroom.close()


def _with_database(newsroom: "Newsroom") -> Iterator[Line]:
    from feedback.store.revision import require_current, revision_of

    try:
        revision_of(newsroom.store.engine)
    except FeedbackError:
        yield Line(
            "database", BAD, "it does not answer: is it running, is FEEDBACK_DATABASE_URL right?"
        )
        return
    yield from _fitness(newsroom)
    try:
        require_current(newsroom.store.engine, shipped("migrations"))
    except FeedbackError as error:
        yield Line("schema", BAD, error.message)
        return
    yield Line("schema", OK, "it is this version's")
    for check in (_clock, _people, _sender, _mail_server, _mailbox, _mails, _worker):
        yield check(newsroom)


def _data_folder(settings: Settings) -> Line:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        disk = shutil.disk_usage(folder)
    except OSError as error:
        return Line(
            "data folder", BAD, f"{folder}: {error.strerror}; give this user the right to write"
        )
    free = f"{disk.free / 2**30:.1f} GiB free"
    if disk.free < LEAST_FREE * disk.total:
        return Line("data folder", BAD, f"{folder}: the disk is nearly full, {free}")
    return Line("data folder", OK, f"{folder}, {free}")


def _secret_key(settings: Settings) -> Line:
    file = settings.data_dir / SECRET_KEY_FILE
    settings.secret_key  # noqa: B018  # made, where there is none yet
    if settings.sources.get("FEEDBACK_SECRET_KEY") != "default":
        return Line("secret key", OK, "given as a setting")
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Line("secret key", BAD, f"others may read it: chmod 600 {file}")
    return Line("secret key", OK, f"{file}, for its owner alone")


def _base_url(settings: Settings) -> Line:
    url = settings.base_url
    is_here = url.partition("://")[2].startswith(LOOPBACK)
    if is_here:
        return Line(
            "base URL", HINT, f"{url}: readers elsewhere cannot open mailed links;"
            " set FEEDBACK_BASE_URL to the public address",
        )  # fmt: skip
    if not settings.is_https:
        return Line("base URL", BAD, f"{url}: readers' letters cross the network open; use https")
    if not settings.trusted_proxies:
        return Line(
            "base URL", HINT, f"{url}: with a proxy in front set FEEDBACK_TRUSTED_PROXIES=1,"
            " else all readers share one rate limit",
        )  # fmt: skip
    return Line("base URL", OK, url)


def _header_writer() -> Line:
    from feedback.outbox.message import header_writer_is_sound

    if header_writer_is_sound():
        return Line("Python’s mail headers", OK, "line breaks in them are refused")
    return Line(
        "Python’s mail headers", HINT, "this Python writes line breaks in headers out"
        " (CVE-2024-6923); ours are checked all the same, but update Python",
    )  # fmt: skip


def _fitness(newsroom: "Newsroom") -> Iterator[Line]:
    from feedback.store.fitness import fitness

    found = fitness(newsroom.store.engine, newsroom.store.clock())
    yield Line("database", OK, found.version)
    if found.not_durable:
        yield Line("durability", BAD, "letters can be lost: " + "; ".join(found.not_durable))
    else:
        yield Line("durability", OK, "what was answered is on disk")
    if found.cannot_search:
        yield Line("search", BAD, f"{found.cannot_search}: install Python with another SQLite")
    else:
        yield Line("search", OK, "full text search is there")
    if abs(found.clock_ahead) > CLOCKS_APART:
        yield Line(
            "database clock", BAD, f"it is {found.clock_ahead:+.0f} s off ours: set up NTP on both"
        )


def _clock(newsroom: "Newsroom") -> Line:
    from feedback.store.fitness import newest_event

    with newsroom.store.read() as work:
        newest = newest_event(work)
    if newest and (newest - work.now).total_seconds() > CLOCKS_APART:
        return Line(
            "clock", BAD, f"something was noted at {newest:%Y-%m-%d %H:%M} UTC, which is still to"
            f" come by this clock ({work.now:%Y-%m-%d %H:%M} UTC): set it, use NTP",
        )  # fmt: skip
    return Line("clock", OK, f"{work.now:%Y-%m-%d %H:%M} UTC")


def _people(newsroom: "Newsroom") -> Line:
    from feedback.accounts.people import count_active

    with newsroom.store.read() as work:
        active = count_active(work.session)
    if not active:
        return Line("people", HINT, "nobody can log in: feedback users add EMAIL --role chief")
    return Line("people", OK, f"{active} can log in at the desk")


def _sender(newsroom: "Newsroom") -> Line:
    from feedback.outbox.message import Unsafe
    from feedback.outbox.prepare import sender_of

    column = newsroom.column()
    try:
        box = sender_of(column, newsroom.settings.mail_from)
    except Unsafe as error:
        return Line("sender", BAD, str(error))
    if box.domain == "example.com":
        return Line(
            "sender", HINT, f"{box.address} belongs to nobody: give the column its address at"
            " /desk/settings",
        )  # fmt: skip
    return Line("sender", OK, f"{box.name} <{box.address}>")


def _mail_server(newsroom: "Newsroom") -> Line:
    from feedback.outbox.ways import NobodyThere
    from feedback.worker import way_out

    if not newsroom.settings.smtp_url:
        return Line(
            "mail server", HINT, f"none: mails are kept in {newsroom.outbox_folder};"
            " set FEEDBACK_SMTP_URL to send them",
        )  # fmt: skip
    way = way_out(newsroom, timeout=10)
    try:
        way.open()
    except NobodyThere as error:
        return Line("mail server", BAD, str(error))
    finally:
        way.close()
    return Line("mail server", OK, "it answers and lets us in")


def _mailbox(newsroom: "Newsroom") -> Line:
    from feedback.channel.mail.inbox import Inbox, MailboxShut
    from feedback.channel.mail.watch import address_of

    address = address_of(newsroom)
    if address is None:
        return Line("mailbox", OK, "none is watched: FEEDBACK_IMAP_URL names none")
    try:
        with Inbox(address, is_look_only=True):
            return Line("mailbox", OK, f"{address.name} can be read")
    except MailboxShut as error:
        return Line("mailbox", BAD, str(error))


def _mails(newsroom: "Newsroom") -> Line:
    from feedback.domain.owed_mail import MailState
    from feedback.store import mails

    with newsroom.store.read() as work:
        failed = mails.count(work, MailState.FAILED)
        oldest = mails.oldest_due(work)
    if oldest and (work.now - oldest).total_seconds() > 3600:
        return Line(
            "mails", BAD, f"one has waited since {oldest:%Y-%m-%d %H:%M} UTC: see /desk/outbox"
        )
    if failed.number:
        return Line("mails", HINT, f"{failed} could not be delivered: see /desk/outbox")
    return Line("mails", OK, "none waits too long, none has failed")


def _worker(newsroom: "Newsroom") -> Line:
    from feedback.store import presence

    with newsroom.store.read() as work:
        beat = presence.last_beat(work)
    if beat is None:
        return Line("worker", HINT, "it has never run: `feedback serve` has one built in")
    silent = (work.now - beat).total_seconds()
    if silent > CLOCKS_APART:
        return Line(
            "worker", BAD, f"no sign of life since {beat:%Y-%m-%d %H:%M} UTC: is the service"
            " running? Its log says more",
        )  # fmt: skip
    return Line("worker", OK, f"it gave a sign of life {max(0, silent):.0f} s ago")
