"""A small stand-in for WordPress's REST API, which can be slow, fail, or be cut off."""

import base64
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "desk", "abcd efgh ijkl"


class Site(ThreadingHTTPServer):
    """Keeps posts as WordPress does: drafts with the slug that they were given, twice if asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Api)
        self.posts: dict[int, dict[str, Any]] = {}
        self.categories = [{"id": 7, "name": "We Hear You"}, {"id": 8, "name": "Sports"}]
        self.answer_late = 0.0  # seconds from having made a post to saying so
        self.answers: list[int] = []  # statuses that are answered first
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def alive(self) -> list[dict[str, Any]]:
        return [post for post in self.posts.values() if post["status"] != "trash"]


class _Api(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not self._may():
            return
        if parts.path.endswith("/categories"):
            self._say(200, [c for c in self.server.categories if query["search"] in c["name"]])
        elif parts.path.endswith("/posts"):
            states = query["status"].split(",")
            found = [p for p in self.server.posts.values() if p["slug"] == query["slug"]]
            self._say(200, [p for p in found if p["status"] in states][:1])
        else:
            post = self.server.posts.get(int(parts.path.rpartition("/")[2]))
            self._say(200, post) if post else self._say(404, {"message": "Invalid post ID."})

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._may():
            return
        number = self.path.rpartition("/")[2]
        with self.server.lock:
            if number.isdigit():
                post = self.server.posts[int(number)]
                post.update(given)
            else:
                made = len(self.server.posts) + 1
                post = {"id": made, "link": f"{self.server.url}/?p={made}", **given}
                self.server.posts[made] = post
        time.sleep(self.server.answer_late)
        with contextlib.suppress(OSError):
            self._say(200, post)

    def _may(self) -> bool:
        wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.server.answers:
            self._say(self.server.answers.pop(0), {"message": "<p>Not <b>now</b></p>"})
            return False
        if self.headers.get("Authorization") != f"Basic {wanted}":
            self._say(401, {"message": "Sorry, you are not allowed to create posts."})
            return False
        return True

    def _say(self, status: int, told: object) -> None:
        raw = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def a_wordpress() -> Iterator[Site]:
    """The site runs for as long as this is open."""
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield site
        site.shutdown()
        thread.join(5)
