"""Fetch a page of the newsroom's own site, and never anything of a private network.

Every address is resolved here, checked, and then connected to by the very address that was
checked, so that a name cannot point elsewhere a moment later (DNS rebinding). Redirects are
followed by hand, each checked like the first.
"""

import contextlib
import socket
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import httpx

from feedback import __version__
from feedback.articles.public_address import Resolve, is_public, resolve
from feedback.domain.errors import Refused, Unreachable

MOST_BYTES = 5 * 1024 * 1024
MOST_REDIRECTS = 3
SECONDS = 10.0  # for one page, its redirects counted in
PORTS = {"http": 80, "https": 443}
MAX_PORT = 65535
HEADERS = {
    "User-Agent": f"WeHearYou/{__version__} (letters desk; reads its own newsroom's articles)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",  # what is packed all the same is unpacked here, counted
}


@dataclass(frozen=True)
class Fetched:
    """A page as it came: where it was found at last, its status, its bytes."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def is_found(self) -> bool:
        """True where the site gave the page."""
        return self.status == 200


@dataclass(frozen=True)
class Fetcher:
    """Fetches by GET over http and https.

    `allow` names hosts (`host:port`, or the host alone for the usual port) that may lie on a
    private network: a newsroom's own staging site, a test's.
    """

    allow: frozenset[str] = frozenset()
    resolve: Resolve = resolve
    seconds: float = SECONDS
    verify: Any = field(default=True, repr=False)  # TLS: True, or a context of its own

    def get(self, url: str) -> Fetched:
        """The page at `url`, after three redirects at most.

        Raises Refused (kind `address`) for an address that is not of the open web or leads into
        a private network; Unreachable where nothing answers in time, or too much.
        """
        ends = time.monotonic() + self.seconds
        for _hop in range(MOST_REDIRECTS + 1):
            page = self._get_once(url, ends)
            target = page.headers.get("location")
            if page.status not in (301, 302, 303, 307, 308) or not target:
                return page
            url = urljoin(url, target)
        raise Unreachable(f"{_host_of(url)} sends us from one address to the next.")

    def _get_once(self, url: str, ends: float) -> Fetched:
        parts = _parted(url)
        host, port = parts.raw_host.decode("ascii"), parts.port or PORTS[parts.scheme]
        address = self._checked(host, port)
        left = ends - time.monotonic()
        if left <= 0:
            raise Unreachable(f"{host} takes too long to answer.")
        is_usual = port == PORTS[parts.scheme]
        named = f"[{host}]" if ":" in host else host
        headers = {**HEADERS, "Host": named if is_usual else f"{named}:{port}"}
        pinned = parts.copy_with(host=address.partition("%")[0], username=None, password=None)
        watch = _Watch(left)
        extensions = {"sni_hostname": host, "trace": watch.see}
        try:
            with (
                watch,
                httpx.Client(
                    verify=self.verify, trust_env=False, follow_redirects=False, timeout=left
                ) as client,
                client.stream("GET", pinned, headers=headers, extensions=extensions) as answer,
            ):
                body = _body(answer, host, ends)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            why = "takes too long to answer" if watch.is_over else "does not answer"
            raise Unreachable(f"{host} {why}.") from error
        if watch.is_over:  # a cut looks like the end of a page
            raise Unreachable(f"{host} takes too long to answer.")
        return Fetched(url, answer.status_code, body, answer.headers)

    def _checked(self, host: str, port: int) -> str:
        """The address to connect to; every address of the host must be public."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"There is no site {host}.") from error
        if not found:
            raise Unreachable(f"There is no site {host}.")
        named = f"[{host}]" if ":" in host else host
        names = {f"{named}:{port}", *([named] if port in PORTS.values() else [])}
        if not names & self.allow and not all(is_public(one) for one in found):
            raise Refused(
                f"{host} lies in a private network: it is read only where FEEDBACK_FETCH_ALLOW"
                " names it.",
                "address",
            )
        return found[0]


class _Watch:
    """Cuts the connection when its time is over: a server that drips bytes holds nobody up."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._stream: Any = None
        self.is_over = False

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def see(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpx at each step of a request."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info["return_value"]

    def _cut(self) -> None:
        self.is_over = True
        stream = self._stream
        with contextlib.suppress(OSError, AttributeError):
            stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def _parted(url: str) -> httpx.URL:
    try:
        parts = httpx.URL(url)
        parts.raw_host.decode("ascii")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Refused("This address cannot be read.", "address") from error
    if parts.scheme not in PORTS or not parts.host or (parts.port or 0) > MAX_PORT:
        raise Refused("Only addresses with https:// or http:// are read.", "address")
    return parts


def _host_of(url: str) -> str:
    return _parted(url).host


def _body(answer: httpx.Response, host: str, ends: float) -> bytes:
    body = bytearray()
    for chunk in answer.iter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Unreachable(f"{host} sends more than 5 MB for one page.")
        if time.monotonic() > ends:
            raise Unreachable(f"{host} takes too long to answer.")
    for _layer in range(2):  # a packed sitemap may be packed once more on its way
        if body[:2] != b"\x1f\x8b":
            break
        body = bytearray(_unpacked(bytes(body), host))
    return bytes(body)


def _unpacked(packed: bytes, host: str) -> bytes:
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = reader.decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise Unreachable(f"{host} sends a page that cannot be unpacked.") from error
    if len(unpacked) > MOST_BYTES:
        raise Unreachable(f"{host} sends more than 5 MB for one page.")
    return unpacked
