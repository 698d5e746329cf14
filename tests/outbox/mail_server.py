"""A mail server on loopback that does as it is told."""

import base64
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.served import free_port

CLOSE = "close"  # an answer: end the connection without a word


@dataclass
class Told:
    """What the server answers, first things first; 250 once a list is empty."""

    to_rcpt: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    connections: int = 0
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answer: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_rcpt.pop(0) if self.to_rcpt else "250 OK"
        if answer == CLOSE:
            server.transport.abort()
        elif answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.to_data.pop(0) if self.to_data else "250 OK"
        if answer == CLOSE or answer.startswith("2"):
            content = bytes(envelope.content or b"")
            self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), content))
        if answer == CLOSE:
            server.transport.abort()
        return answer

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        said = base64.b64decode(args[1]).decode()
        self.logins.append((said.encode(), b""))
        return AuthResult(success="auth=Bearer good\1" in said, handled=False)

    def log_in(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> Any:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"p:s/w@rd", handled=False)


@contextlib.contextmanager
def mail_server(told: Told, **more: Any) -> Iterator[str]:
    """Serve until left; gives `127.0.0.1:port`."""
    port = free_port()
    controller = Controller(told, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()
