"""A folder on an IMAP server: opened, looked through, its mails taken and put away."""

import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from feedback.channel.mail.keep import KEPT_OF_TOO_LARGE, MOST_BYTES
from feedback.outbox.xoauth import AccessTokens, NoToken, sasl

TIMEOUT = 30.0  # seconds for one answer
AT_ONCE = 200  # mails whose sizes are asked for together
TAKEN = "Letters taken"  # where mails go that are done
UID_SIZE = re.compile(rb"UID (\d+)")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
PASSWORDLESS = ("outlook.office365.com", "outlook.office.com", "imap.gmail.com")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TROUBLES = (imaplib.IMAP4.error, ImapToolsError, OSError, ValueError, NoToken)


class MailboxShut(Exception):
    """It cannot be used now; its text is one line for the desk, without any secret."""


@dataclass(frozen=True)
class Address:
    """Which folder of which account: `imaps://user:password@server:993/INBOX`.

    `imap://` turns to TLS, except on loopback. `tokens` log in instead of the password.
    """

    server: str
    port: int
    user: str
    folder: str
    is_tls: bool
    password: str = field(repr=False)
    tokens: AccessTokens | None = field(default=None, repr=False)

    @classmethod
    def of(cls, url: str, tokens: AccessTokens | None = None) -> "Address":
        """Read the setting."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "imaps"
        return cls(
            server=parts.hostname or "",
            port=parts.port or (993 if is_tls else 143),
            user=unquote(parts.username or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            is_tls=is_tls,
            password=unquote(parts.password or ""),
            tokens=tokens,
        )

    @property
    def name(self) -> str:
        """As the desk calls it."""
        user = self.user if "@" in self.user else f"{self.user}@{self.server}"
        return f"{user}/{self.folder}"[:300]


class Inbox:
    """An open folder. Every method raises MailboxShut where the server does not do its part."""

    def __init__(self, address: Address, *, is_look_only: bool) -> None:
        self._address = address
        self.is_look_only = is_look_only
        try:
            self._box = _connected(address)
            try:
                _log_in(self._box, address)
                self._box.folder.set(address.folder, readonly=is_look_only)
                self.uid_validity = self._box.folder.status(address.folder, ["UIDVALIDITY"])[
                    "UIDVALIDITY"
                ]
            except BaseException:
                self.close()
                raise
        except (*TROUBLES, KeyError) as error:
            raise MailboxShut(cause(error, address)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye, whatever the other side does."""
        with suppress(*TROUBLES):
            self._box.client.logout()
        with suppress(*TROUBLES):
            self._box.client.shutdown()  # also where it could not be said

    def since(self, day: date) -> list[int]:
        """Numbers (UIDs) of mails that came on that day or later, the oldest first."""
        query = f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year}"  # English whatever the locale
        found: list[int] = self._try(lambda: _numbers(self._box.uids(query)))
        return found

    def after(self, uid: int) -> list[int]:
        """Numbers of mails behind that one, the oldest first."""
        found: list[int] = self._try(lambda: _numbers(self._box.uids(f"UID {uid + 1}:*")))
        return [one for one in found if one > uid]  # “n:*” gives the last one in any case

    def take(self, uids: Sequence[int]) -> Iterator[tuple[bytes, int]]:
        """Each mail with its size, nothing marked as read; of one too large the beginning alone.

        Sizes come first, so that none is fetched that is larger than a letter can be.
        """
        for start in range(0, len(uids), AT_ONCE):
            some = uids[start : start + AT_ONCE]
            sizes = self._try(partial(self._sizes, some))
            for uid in some:
                if uid in sizes:  # else it was deleted meanwhile
                    raw = self._try(partial(self._bytes, uid, sizes[uid]))
                    if raw is not None:
                        yield raw, max(sizes[uid], len(raw))

    def put_away(self, uids: Sequence[int]) -> None:
        """Move mails into the folder of those that are done; it is made where there is none."""
        if self.is_look_only or not uids:
            return
        names = [str(uid) for uid in uids]
        for folder in (TAKEN, f"INBOX.{TAKEN}", f"INBOX/{TAKEN}"):
            with suppress(ImapToolsError, imaplib.IMAP4.error):
                if not self._box.folder.exists(folder):
                    self._box.folder.create(folder)
                self._box.move(names, folder)
                return
        raise MailboxShut(f"Mails cannot be moved into the folder “{TAKEN}”.")

    @property
    def can_wait(self) -> bool:
        """Whether the server tells of new mails by itself (IDLE, RFC 2177)."""
        return "IDLE" in self._box.client.capabilities

    def wait(self, seconds: float, is_over: Callable[[], bool], look: float = 2.0) -> None:
        """Until a mail comes, `is_over`, or the time is up."""
        ends = time.monotonic() + seconds
        idle = self._box.idle

        def some() -> None:
            idle.start()  # type: ignore[no-untyped-call]  # the library's
            try:
                while time.monotonic() < ends and not is_over():
                    if any(b"EXISTS" in line for line in idle.poll(look)):
                        return
            finally:
                idle.stop()  # type: ignore[no-untyped-call]  # the library's

        self._try(some)

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        said, rows = self._box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        found: dict[int, int] = {}
        for row in rows if said == "OK" else ():
            text = row[0] if isinstance(row, tuple) else row or b""
            uid, size = UID_SIZE.search(text), SIZE.search(text)
            if uid and size:
                found[int(uid[1])] = int(size[1])
        return found

    def _bytes(self, uid: int, size: int) -> bytes | None:
        part = f"<0.{KEPT_OF_TOO_LARGE}>" if size > MOST_BYTES else ""
        said, rows = self._box.client.uid("FETCH", str(uid), f"(UID BODY.PEEK[]{part})")
        if said != "OK":
            return None
        return next((row[1] for row in rows if isinstance(row, tuple)), None)

    def _try(self, what: Callable[[], Any]) -> Any:
        try:
            return what()
        except TROUBLES as error:
            raise MailboxShut(cause(error, self._address)) from error


def _numbers(uids: list[str]) -> list[int]:
    return sorted(int(uid) for uid in uids)


def _connected(address: Address) -> BaseMailBox:
    where = (address.server, address.port)
    if address.is_tls:
        return MailBox(*where, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
    if address.server in ("localhost", "127.0.0.1", "::1"):
        return MailBoxUnencrypted(*where, timeout=TIMEOUT)
    return MailBoxStartTls(*where, timeout=TIMEOUT, ssl_context=ssl.create_default_context())


def _log_in(box: BaseMailBox, address: Address) -> None:
    if address.tokens is None:
        is_plain = (address.user + address.password).isascii()
        (box.login if is_plain else box.login_utf8)(address.user, address.password, None)
        return
    says = sasl(address.user, address.tokens.token())
    try:
        box.client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else says.encode())
    except imaplib.IMAP4.error:
        address.tokens.forget()
        raise


def cause(error: BaseException, address: Address) -> str:
    """Why the mailbox cannot be used, and what to do about it, in one line."""
    said = str(error).lower()
    if isinstance(error, NoToken):
        return f"{error} Look at FEEDBACK_MAIL_OAUTH_TENANT, _CLIENT_ID and _CLIENT_SECRET."
    if isinstance(error, MailboxLoginError) or "authenticat" in said or "login" in said:
        return _refused(address)
    if isinstance(error, MailboxFolderSelectError):
        return f"There is no folder “{address.folder}” for {address.user}."
    return _not_reached(error, address.server)


def _refused(address: Address) -> str:
    if address.tokens is not None:
        return f"{address.server} refuses the token: may the application read {address.user}?"
    if address.server in PASSWORDLESS:
        return (
            f"{address.server} takes no password from programs: set FEEDBACK_MAIL_OAUTH_TENANT, "
            "_CLIENT_ID and _CLIENT_SECRET (see “Letters by mail” in the manual)."
        )
    return f"{address.server} refuses the user name or the password of {address.user}."


def _not_reached(error: BaseException, server: str) -> str:
    if isinstance(error, TimeoutError):
        return f"{server} did not answer within {TIMEOUT:.0f} seconds."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {server} is not good: {error.verify_message}."
    if isinstance(error, imaplib.IMAP4.abort | ConnectionResetError | BrokenPipeError):
        return f"{server} ended the connection."
    why = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
    return f"{server} cannot be used: {why}."
