"""A small IMAP server and a token endpoint on loopback, which do as a test says."""

import base64
import contextlib
import json
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl


class Imap(socketserver.ThreadingTCPServer):
    """Takes XOAUTH2 with the one token that is good; holds some mails; notes what was said."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, token: str, *mails: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.token, self.mails = token, mails
        self.said: list[str] = []
        self.cut_after: int | None = None  # bytes of an answer after which the connection ends

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Session(socketserver.StreamRequestHandler):
    server: Imap

    def handle(self) -> None:
        self._send("* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.decode().strip().partition(" ")
            self.server.said.append(command)
            if not self._answer(tag, command):
                return

    def _send(self, *lines: str | bytes) -> None:
        for line in lines:
            raw = line.encode() if isinstance(line, str) else line
            self.wfile.write(raw + b"\r\n")

    def _answer(self, tag: str, command: str) -> bool:
        word = command.upper()
        if word.startswith("AUTHENTICATE XOAUTH2"):
            self._authenticate(tag)
            return True
        if word.startswith("LOGIN"):
            self._send(f"{tag} NO [AUTHENTICATIONFAILED] LOGIN failed.")
            return True
        if word.startswith("CAPABILITY"):
            self._send("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")
        elif word.startswith("EXAMINE"):
            self._send(f"* {len(self.server.mails)} EXISTS", "* OK [UIDVALIDITY 7] ok")
        elif word.startswith("STATUS"):
            self._send("* STATUS INBOX (UIDVALIDITY 7)")
        elif word.startswith("UID SEARCH"):
            self._send("* SEARCH " + " ".join(str(n + 1) for n in range(len(self.server.mails))))
        elif "RFC822.SIZE" in word:
            for n, mail in enumerate(self.server.mails, 1):
                self._send(f"* {n} FETCH (UID {n} RFC822.SIZE {len(mail)})")
        elif "BODY.PEEK" in word:
            n = int(word.split()[2])
            mail = self.server.mails[n - 1]
            if self.server.cut_after is not None:
                self.wfile.write(f"* {n} FETCH (UID {n} BODY[] {{{len(mail)}}}\r\n".encode())
                self.wfile.write(mail[: self.server.cut_after])
                return False
            self._send(f"* {n} FETCH (UID {n} BODY[] {{{len(mail)}}}".encode())
            self._send(mail + b")")
        elif word.startswith("LOGOUT"):
            self._send("* BYE", f"{tag} OK")
            return False
        self._send(f"{tag} OK done")
        return True

    def _authenticate(self, tag: str) -> None:
        self._send("+ ")
        said = base64.b64decode(self.rfile.readline().strip()).decode()
        self.server.said.append(said)
        if f"auth=Bearer {self.server.token}\1" in said:
            self._send(f"{tag} OK in")
            return
        self._send("+ " + base64.b64encode(b'{"status":"401"}').decode())
        self.rfile.readline()
        self._send(f"{tag} NO AUTHENTICATE failed.")


@contextlib.contextmanager
def imap(token: str, *mails: bytes) -> Iterator[Imap]:
    """The server runs for as long as this is open."""
    with Imap(token, *mails) as server, _running(server):
        yield server


@contextlib.contextmanager
def token_endpoint(answer: dict[str, object], code: int = 200) -> Iterator[tuple[str, list]]:
    """Its address, and the forms that were posted to it."""
    asked: list[dict[str, str]] = []

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(
                dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            )
            raw = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Endpoint) as server, _running(server):
        yield f"http://127.0.0.1:{server.server_port}/token", asked


@contextlib.contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(5)
