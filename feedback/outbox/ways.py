"""Two ways out for a mail: a mail server, or the built-in outbox where it is kept as a file."""

import ipaddress
import os
import smtplib
import ssl
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from feedback.outbox.prepare import Ready
from feedback.outbox.smtp_answer import decoded, is_dead_address, one_line, without_address

if TYPE_CHECKING:
    from feedback.outbox.xoauth import AccessTokens

TIMEOUT = 30.0  # seconds that a mail server may take for one answer
PORTS = {"smtp": 25, "smtps": 465}
PASSWORDLESS = ("smtp.office365.com", "smtp.gmail.com")


class NotNow(Exception):
    """This mail not now; `may_have_left` where the server had it whole and did not answer."""

    def __init__(self, problem: str, *, may_have_left: bool = False) -> None:
        super().__init__(problem)
        self.may_have_left = may_have_left


class CutOff(NotNow):
    """This mail not now: the connection ended over it."""


class Never(Exception):
    """This mail was refused for good; `is_dead_address` where there is nobody of that address."""

    def __init__(self, problem: str, *, is_dead_address: bool = False) -> None:
        super().__init__(problem)
        self.is_dead_address = is_dead_address


class NobodyThere(Exception):
    """Nothing can leave now; no mail was tried."""


class Way(Protocol):
    """How a mail leaves."""

    keeps_words: bool  # whether the desk goes on seeing the words of mails about accounts
    is_server: bool  # whether a mail server takes them, which may take only so many a minute

    def open(self) -> None:
        """Get ready; raises NobodyThere."""

    def deliver(self, ready: Ready) -> str:
        """Hand one mail over; raises NotNow, CutOff, Never, NobodyThere.

        Returns what the other side said to it, without the address; empty where it says nothing.
        """

    def close(self) -> None:
        """No more mails for now."""


class Kept:
    """The built-in outbox: every mail becomes a file, whole or not at all."""

    keeps_words = True
    is_server = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        """Make the folder; its files hold secret links, so it is its owner's alone."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise NobodyThere(f"The outbox folder cannot be made: {error.strerror}.") from error

    def deliver(self, ready: Ready) -> str:
        """Write the file; a mail that is delivered twice is the same file."""
        path = self._folder / f"{ready.made_on}-{ready.mail_id:08d}-{ready.kind}.eml"
        try:
            with tempfile.NamedTemporaryFile(
                dir=self._folder, prefix=".", suffix=".part", delete=False
            ) as fresh:
                try:
                    fresh.write(ready.raw)
                    fresh.flush()
                    os.fsync(fresh.fileno())
                    Path(fresh.name).rename(path)
                except OSError:
                    Path(fresh.name).unlink(missing_ok=True)
                    raise
            _sync(self._folder)
        except OSError as error:
            raise NobodyThere(f"The outbox folder cannot be written: {error.strerror}.") from error
        return ""

    def close(self) -> None:
        """Nothing is held open."""


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Smtp:
    """A mail server: `smtp://user:password@host:port` or `smtps://…`.

    `smtp://` turns to TLS where the server offers it, except on loopback, where nothing leaves
    the machine and certificates are made by nobody; certificates are checked. A password goes
    over TLS or loopback only, as does a token. `site` is what we call ourselves; `tokens` log in
    instead of a password.
    """

    keeps_words = False
    is_server = True

    def __init__(
        self, url: str, site: str, timeout: float = TIMEOUT, tokens: "AccessTokens | None" = None
    ) -> None:
        parts = urlsplit(url)
        self._is_tls = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._timeout = timeout
        self._tokens = tokens
        self._hello = _hello_name(site)
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect and log in; raises NobodyThere. An open connection is kept."""
        if self._smtp is not None:
            return
        try:
            self._smtp = self._connect()
            self._greet(self._smtp)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.close()
            raise NobodyThere(self._trouble(error)) from error

    def _connect(self) -> smtplib.SMTP:
        place = (self._host, self._port, self._hello, self._timeout)
        if self._is_tls:
            return smtplib.SMTP_SSL(
                place[0], place[1], place[2], timeout=place[3], context=ssl.create_default_context()
            )
        return smtplib.SMTP(place[0], place[1], place[2], timeout=place[3])

    def _greet(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        is_safe = self._is_tls or _is_loopback(self._host)
        if not is_safe and smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
            is_safe = True
        if self._user:
            if not is_safe:
                raise ValueError("it offers no TLS, and a password is not sent without")
            self._log_in(smtp)

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        tokens = self._tokens
        if tokens is None:
            smtp.login(self._user, self._password)
            return
        from feedback.outbox.xoauth import NoToken, sasl

        try:
            says = sasl(self._user, tokens.token())
        except NoToken as error:
            raise ValueError(str(error)) from error
        try:
            # A server that refuses sends its reason as a challenge, to be answered by nothing.
            smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else says)
        except smtplib.SMTPAuthenticationError:
            tokens.forget()
            raise

    def deliver(self, ready: Ready) -> str:
        """Hand one mail over, on a fresh connection where the old one was closed meanwhile."""
        was_open = self._smtp is not None
        self.open()
        try:
            return self._hand_over(ready)
        except CutOff as error:
            # Servers close what was idle: nothing of this mail was said yet.
            if not was_open or error.may_have_left:
                raise
            self.open()
            return self._hand_over(ready)

    def _hand_over(self, ready: Ready) -> str:
        smtp = self._smtp
        if smtp is None:
            raise NobodyThere("The connection is closed.")
        is_data = False
        try:
            self._expect(smtp.mail(ready.sender), ready, may_be_dead=False)
            self._expect(smtp.rcpt(ready.to), ready, to_recipient=True)
            is_data = True
            return self._expect(smtp.data(ready.raw), ready)
        except smtplib.SMTPDataError as error:
            self._expect((error.smtp_code, error.smtp_error), ready)
            raise NotNow("The mail server did not take the mail.") from error
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self.close()
            raise CutOff(self._trouble(error), may_have_left=is_data) from error

    def _expect(
        self,
        answer: tuple[int, bytes | str],
        ready: Ready,
        *,
        to_recipient: bool = False,
        may_be_dead: bool = True,
    ) -> str:
        """Raise what a refusal means; after it the connection is good for the next mail."""
        code, words = answer
        said = one_line(f"{code} {without_address(words, ready.to)}")
        if 200 <= code < 300:
            return said
        problem = one_line(f"The mail server says: {said}")
        if code == 421 or self._smtp is None:
            self.close()
        else:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.rset()
        if 500 <= code < 600:
            is_dead = may_be_dead and is_dead_address(code, words, to_recipient=to_recipient)
            raise Never(problem, is_dead_address=is_dead)
        raise NotNow(problem)

    def _trouble(self, error: Exception) -> str:
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return self._refused()
        # smtplib tells of a time-out as a connection that was closed.
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"The mail server did not answer within {self._timeout:.0f} seconds."
        if isinstance(error, ssl.SSLCertVerificationError):
            return one_line(f"The mail server's certificate is not good: {error.verify_message}.")
        if isinstance(error, smtplib.SMTPResponseException):
            said = decoded(error.smtp_error)
            return one_line(f"The mail server says: {error.smtp_code} {said}")
        if isinstance(error, smtplib.SMTPServerDisconnected):
            return "The mail server closed the connection."
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return one_line(f"The mail server cannot be used: {why}.")

    def _refused(self) -> str:
        if self._tokens is not None:
            return "The mail server refuses our token: may the application send?"
        if self._host in PASSWORDLESS:
            return f"{self._host} takes no password from programs: set FEEDBACK_MAIL_OAUTH_…."
        return "The mail server refuses our user name or password."

    def close(self) -> None:
        """Say good-bye, whatever the other side does."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with suppress(OSError, smtplib.SMTPException):
            if smtp.sock is not None:
                smtp.sock.settimeout(2)  # a server that hangs has kept us long enough
            smtp.quit()
        smtp.close()


def _hello_name(site: str) -> str:
    host = urlsplit(site).hostname or "localhost"
    try:
        return f"[{'IPv6:' if ipaddress.ip_address(host).version == 6 else ''}{host}]"
    except ValueError:
        return host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
