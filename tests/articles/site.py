"""A real site on loopback, served by a thread: pages by path, with a log of what was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from feedback.articles.fetch import Fetcher

Answer = tuple[int, dict[str, str], bytes]
Page = bytes | str | Answer | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """`pages`: by path with its query, else by path alone; a str or bytes is a page, 200."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def allowed(self) -> frozenset[str]:
        """What the setting FEEDBACK_FETCH_ALLOW has for it."""
        return frozenset({f"127.0.0.1:{self.port}"})

    def fetcher(self, **more: object) -> Fetcher:
        """A fetcher that may go to this site."""
        return Fetcher(allow=self.allowed, **more)


@contextmanager
def a_site(
    pages: dict[str, Page] | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """A site that runs as long as the block does; by https where `tls` is given."""
    site = Site(dict(pages or {}))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.hosts.append(self.headers["Host"])
            page = site.pages.get(self.path, site.pages.get(self.path.partition("?")[0]))
            if callable(page):
                page(self)
                return
            if page is None:
                page = (404, {}, b"nothing here")
            elif isinstance(page, str):
                page = (200, {}, page.encode())
            elif isinstance(page, bytes):
                page = (200, {}, page)
            status, headers, body = page
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler
