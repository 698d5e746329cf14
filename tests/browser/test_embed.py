"""The form under an article of another site, in a browser: it fits, a letter goes through it."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from feedback.config import Settings
from feedback.newsroom import Newsroom
from feedback.store import columns
from tests.served import Served

ARTICLE = """<!doctype html><html lang="en"><title>Levee</title>
<h1>Who Pays for the Levee?</h1><p>A report.</p>
<script src="{desk}/embed.js" defer></script></html>"""


@contextlib.contextmanager
def a_site() -> Iterator[tuple[str, dict[str, str]]]:
    """A site of another host than the desk's; its page is set by the test."""
    pages: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            raw = pages.get(self.path, "").encode()
            self.send_response(200 if raw else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://localhost:{server.server_port}", pages
        server.shutdown()


def test_a_reader_answers_under_the_article_on_a_phone(chromium: Browser) -> None:
    served = Served()
    served.run("migrate")
    with a_site() as (site, pages):
        newsroom = Newsroom.open(Settings.load(served.environ, served.folder))
        with newsroom.store.work() as work:
            columns.first(work).site_url = site
        newsroom.close()
        pages["/levee"] = ARTICLE.format(desk=served.url)
        served.start()
        context = chromium.new_context(viewport={"width": 390, "height": 900})
        try:
            page = context.new_page()
            page.goto(f"{site}/levee")
            frame = page.frame_locator("iframe")
            expect(frame.get_by_label("Article")).to_have_value(f"{site}/levee")
            element = page.locator("iframe")
            page.wait_for_function("document.querySelector('iframe').style.height !== ''")
            inner = page.frames[1].evaluate("document.documentElement.scrollHeight")
            assert abs(element.bounding_box()["height"] - inner) < 40  # no bar to scroll by
            assert page.frames[1].evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
            assert not Axe().run(page.frames[1]).response["violations"]
            frame.get_by_label("Remarks").fill("The county should count its sandbags. " * 3)
            frame.get_by_label("Full name").fill("Jane Q. Reader")
            frame.get_by_label("Town").fill("Spokane")
            frame.get_by_label("State").fill("Wash.")
            frame.get_by_label("Email").fill("jane@example.com")
            frame.get_by_label("I wrote this letter").check()
            page.wait_for_timeout(3000)  # nobody writes in less
            frame.get_by_role("button", name="Send letter").click()
            expect(frame.get_by_role("heading", name="Your letter has arrived")).to_be_visible()
            assert context.cookies() == []
            (letter,) = json.loads(served.run("letters", "list", "--json"))
            assert letter["signature"]["printed"] == "Jane Q. Reader, Spokane, Wash."
        finally:
            context.close()
            served.__exit__()
