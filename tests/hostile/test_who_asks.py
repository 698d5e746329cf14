"""Hosts, proxies, keys, references: what a request says of itself is believed by nobody."""

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from feedback.app import create_app
from feedback.domain.link import Purpose
from feedback.newsroom import Newsroom
from feedback.store import links
from feedback.store.letterbox import Letterbox
from feedback.store.work import Keys, Store
from feedback.worker import Worker
from tests.api.asking import LETTER
from tests.channel.reader import Reader
from tests.desk.desk import ONE_ENGINE
from tests.factories import a_letter
from tests.fixtures_database import all_tables


def limited(settings: Any, store: Store, **changed: Any) -> Any:
    """The application with other settings."""
    room = Newsroom(replace(settings, **changed), store, Letterbox(store))
    return create_app(room)


# --- H15: the host that is asked for


@ONE_ENGINE
@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "evil.test:80", "127.1", "["])
def test_a_host_that_is_not_ours_is_refused(client: Any, host: str) -> None:
    for path in (
        "/",
        "/letters/new",
        "/desk/login",
        "/desk/reset",
        "/verify/x",
        "/api/v1/articles",
    ):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "//evil" not in answer.text


@ONE_ENGINE
def test_no_header_leads_a_mailed_or_printed_link_away(client: Any, newsroom: Any) -> None:
    forged = {
        "X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "ftp", "X-Original-Host": "evil.test",
        "Forwarded": "host=evil.test", "X-Forwarded-Prefix": "/evil", "X-Rewrite-URL": "/evil",
    }  # fmt: skip
    answer = client.post("/api/v1/letters", json=LETTER, headers=forged)
    assert answer.json["status_url"].startswith("http://localhost/letters/")
    Worker(newsroom).postman.turn()
    (file,) = newsroom.outbox_folder.glob("*.eml")
    found = set(re.findall(r"https?://[^/\s\"<]+", file.read_text()))
    assert found == {"http://localhost"}
    for path in ("/", "/editions/", "/letters/new", "/editions/feed.atom"):
        assert "evil" not in client.get(path, headers=forged).text


# --- H18: links after another key, and what is kept of them


def test_links_open_nothing_under_another_key(settings: Any, store: Store, app: Any) -> None:
    letter = a_letter(store)
    with store.work() as work:
        paths = [
            f"/letters/{links.token(work, letter.id, Purpose.STATUS)}",
            f"/verify/{links.token(work, letter.id, Purpose.VERIFY)}",
        ]
    assert [app.test_client().get(path).status_code for path in paths] == [200, 200]
    rotated = Store(store.engine, Keys.of("another secret altogether, of 32"), store.clock)
    other = limited(settings, rotated, _secret_key="another secret altogether, of 32").test_client()
    never = other.get("/letters/" + "A" * 32)
    for path in paths:
        answer = other.get(path)
        assert (answer.status_code, answer.data) == (404, never.data)


def test_no_token_is_kept_in_the_database(reader: Reader, store: Store, newsroom: Any) -> None:
    own = reader.writes().location.rpartition("/")[2]
    Worker(newsroom).postman.turn()
    (file,) = newsroom.outbox_folder.glob("*.eml")
    raw = file.read_text().replace("=\n", "").replace("=3D", "=")
    (confirm,) = set(re.findall(r"/verify/([\w-]{20,})", raw))
    assert reader.opens(f"/verify/{confirm}").status == 200
    with store.engine.connect() as connection:
        for metadata in all_tables():
            for table in metadata.sorted_tables:
                for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                    assert own not in repr(row), table.name
                    assert confirm not in repr(row), table.name


# --- H31: guessing and flooding


@ONE_ENGINE
def test_a_reference_opens_nothing(client: Any, store: Store) -> None:
    letter = a_letter(store)
    for path in ("letters/{}", "letters/{}/withdraw", "verify/{}", "editions/{}"):
        for guess in (letter.ref, letter.id):
            assert client.get("/" + path.format(guess)).status_code == 404
    for path in (f"/letters/{letter.ref}/withdraw", f"/verify/{letter.ref}"):
        assert client.post(path, data={"answer": "yes"}).status_code == 404


@ONE_ENGINE
@pytest.mark.parametrize(("path", "least"), [("/letters", 20), ("/api/v1/letters", 60)])
def test_a_flood_is_told_to_wait_whoever_it_says_it_is(
    settings: Any, store: Store, path: str, least: int
) -> None:
    browser = limited(settings, store, limits="normal").test_client()
    for number in range(least):
        forged = {"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"}
        assert browser.post(path, headers=forged).status_code != 429
    answer = browser.post(path, headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert browser.get("/letters/new").status_code == 200, "reading goes on"


@ONE_ENGINE
def test_behind_a_proxy_the_one_before_it_counts(settings: Any, store: Store) -> None:
    browser = limited(settings, store, limits="normal", trusted_proxies=1).test_client()

    def asks(forwarded: str) -> int:
        return browser.post("/letters", headers={"X-Forwarded-For": forwarded}).status_code

    codes = [asks(f"192.0.2.{n}, 198.51.100.7") for n in range(21)]
    assert codes[-1] == 429, "what the proxy itself wrote counts, not what came before it"
    assert asks("198.51.100.8") != 429


# --- H26: no address that a reader gives is fetched


@ONE_ENGINE
def test_no_address_of_a_readers_is_fetched(
    reader: Reader, client: Any, newsroom: Any, store: Store, only_this_machine: list[str]
) -> None:
    import socket

    from feedback.intake.recheck import recheck_new

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        here = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        for url in (here, "http://169.254.169.254/latest/meta-data", "http://[::]/", "file:///etc/x",
                    "http://2130706433/", "https://internal.example.com/a"):  # fmt: skip
            answer = reader.writes(article=url, remarks=f"See {url} for more.", affiliation=url)
            assert answer.status_code == 303
            reader.opens(answer.location)
            client.post("/api/v1/letters", json=LETTER | {"article": url})
            client.get("/api/v1/articles", query_string={"q": url})
            reader.opens(f"/letters/new?article={url}")
        with store.work() as work:
            recheck_new(work)
        Worker(newsroom).postman.turn()
        with pytest.raises(TimeoutError):
            listening.accept()
    assert only_this_machine == []
