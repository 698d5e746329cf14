"""Mails by LMTP (RFC 2033): the mail server is answered for each recipient, once all is on disk."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Iterator

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session

from feedback.channel.mail.keep import MOST_BYTES, keep
from feedback.channel.mail.read import read_waiting
from feedback.domain.errors import Unreachable
from feedback.domain.raw_mail import Door
from feedback.newsroom import Newsroom

log = logging.getLogger(__name__)
KEPT = "250 2.0.0 Kept"
LATER = "451 4.3.0 Not kept, try again later"
LOOK_AGAIN = 5.0  # seconds until mails are read that nobody rang for


class AnyLine(LMTP):
    """LMTP that takes lines of any length: a mail is bytes to us, not lines."""

    line_length_limit = MOST_BYTES + 2


class Desk:
    """What is done with a mail that is handed over."""

    def __init__(self, newsroom: Newsroom, bell: threading.Event) -> None:
        self._newsroom = newsroom
        self._bell = bell

    async def handle_RCPT(  # noqa: N802  # the library's name and arguments
        self,
        _server: LMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Every recipient is ours: the mail server has chosen already."""
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  # the library's name
        self, _server: LMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep it, then say so: a line for each recipient."""
        raw = envelope.original_content or b""
        try:
            await asyncio.to_thread(keep, self._newsroom, raw, Door.LMTP)
        except Exception as error:  # noqa: BLE001  # whatever it was: the mail server keeps the mail
            log.error("a mail could not be kept: %s", type(error).__name__)  # noqa: TRY400  # a trace could quote the mail
            return "\r\n".join([LATER] * len(envelope.rcpt_tos))
        self._bell.set()
        return "\r\n".join([KEPT] * len(envelope.rcpt_tos))


@contextlib.contextmanager
def listening(newsroom: Newsroom, host: str, port: int) -> Iterator[None]:
    """Take mails at an address, for as long as this is open; what was kept is read beside it.

    Ends cleanly: what was answered is on disk. Raises OSError where nobody can listen there.
    """
    bell, stop = threading.Event(), threading.Event()
    desk = Desk(newsroom, bell)

    def factory() -> LMTP:
        return AnyLine(desk, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True)

    controller = Controller(desk, hostname=host, port=port, ready_timeout=10)
    controller.factory = factory  # type: ignore[method-assign]  # as the library proposes
    reader = threading.Thread(target=_read_on, args=(newsroom, bell, stop), daemon=True)
    controller.start()
    reader.start()
    try:
        yield
    finally:
        controller.stop()
        stop.set()
        bell.set()
        reader.join(10)


def _read_on(newsroom: Newsroom, bell: threading.Event, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            if read_waiting(newsroom):
                continue
        except Unreachable:
            log.warning("the database does not answer")
        bell.wait(LOOK_AGAIN)
        bell.clear()
