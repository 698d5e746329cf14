"""Only the open web is fetched: no private network, by no name, redirect or trick (H26)."""

import contextlib
import gzip
import socket
import ssl
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from feedback.articles import fetch
from feedback.articles.fetch import Fetcher
from feedback.articles.public_address import is_public
from feedback.domain.errors import Refused, Unreachable
from tests.articles.site import a_site

PUBLIC = "93.184.216.34"
SELF_MADE = Path(__file__).parents[1] / "outbox" / "self_made.pem"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "10.0.0.8", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1",
        "192.0.2.1", "198.18.0.1", "192.0.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "::127.0.0.1",
        "not an address", "",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808"])
def test_addresses_of_the_open_web_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.0.0.1:5432/", "http://localhost/", "http://[::1]/",
        "http://[::]/", "http://0.0.0.0/", "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://10.1.2.3/",
        "http://192.168.0.1/", "http://user:password@127.0.0.1/", "http://example.com@127.0.0.1/",
    ],
)  # fmt: skip
def test_an_address_of_a_private_network_is_refused(url: str) -> None:
    with pytest.raises((Refused, Unreachable)) as caught:
        Fetcher().get(url)
    if isinstance(caught.value, Refused):
        assert caught.value.kind == "address"


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "１２７.1"])
def test_the_odd_spellings_of_numbers_are_looked_through(host: str) -> None:
    def as_the_system_does(asked: str, _port: int) -> list[str]:
        return [socket.inet_ntoa(socket.inet_aton(asked))]

    with pytest.raises(Refused) as caught:
        Fetcher(resolve=as_the_system_does).get(f"http://{host}/")
    assert caught.value.kind == "address"


def test_private_addresses_are_refused_before_anything_is_sent() -> None:
    with a_site({"/": "secret"}) as site:
        with pytest.raises(Refused, match="private network"):
            Fetcher().get(f"{site.url}/")
        assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://ledger.example/", "gopher://ledger.example/", "javascript:x",
        "//ledger.example/", "/feed", "", "http://", "http:///x", "http://[::1", "http://x:99999/",
        "http://\x00/", "data:text/plain,x",
    ],
)  # fmt: skip
def test_other_schemes_and_broken_addresses_are_refused(url: str) -> None:
    with pytest.raises((Refused, Unreachable)):
        Fetcher(resolve=lambda _host, _port: [PUBLIC]).get(url)


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.1"], ["127.0.0.1"], ["::1", PUBLIC]])
def test_one_private_address_among_a_hosts_addresses_is_enough(answers: list[str]) -> None:
    with pytest.raises(Refused, match="private network"):
        Fetcher(resolve=lambda _host, _port: answers).get("http://ledger.example/")


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """DNS rebinding: a second look-up would be told another address. There is none."""
    looked_up = []

    def rebinding(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    with a_site({"/": "the page"}) as site:
        allowed = frozenset({f"ledger.example:{site.port}"})
        page = Fetcher(allow=allowed, resolve=rebinding).get(f"http://ledger.example:{site.port}/")
        assert page.body == b"the page"
        assert looked_up == ["ledger.example"]
        assert site.hosts == [f"ledger.example:{site.port}"]  # the site is told its own name


def test_over_tls_the_certificate_must_be_the_hosts_not_the_addresses() -> None:
    """The connection goes to a number; what is checked is the name that was asked for."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(SELF_MADE)  # for localhost and 127.0.0.1
    trust = ssl.create_default_context(cafile=str(SELF_MADE))
    with a_site({"/": "the page"}, server) as site:
        allowed = frozenset({f"localhost:{site.port}", f"ledger.example:{site.port}"})
        fetcher = Fetcher(allow=allowed, resolve=lambda _host, _port: ["127.0.0.1"], verify=trust)
        assert fetcher.get(f"https://localhost:{site.port}/").body == b"the page"
        with pytest.raises(Unreachable):
            fetcher.get(f"https://ledger.example:{site.port}/")
        strangers = Fetcher(allow=allowed, resolve=lambda _host, _port: ["127.0.0.1"])
        with pytest.raises(Unreachable):
            strangers.get(f"https://localhost:{site.port}/")


def test_a_host_may_be_allowed_on_the_usual_port_without_naming_it() -> None:
    fetcher = Fetcher(allow=frozenset({"127.0.0.1"}))
    with pytest.raises(Refused):
        fetcher.get("http://127.0.0.1:8081/")
    with contextlib.suppress(Unreachable):  # where nobody listens there
        fetcher.get("http://127.0.0.1/")


def test_what_is_allowed_is_allowed_on_its_port_alone() -> None:
    with a_site({"/": "one"}) as site, a_site({"/": "two"}) as other:
        assert site.fetcher().get(site.url).body == b"one"
        with pytest.raises(Refused):
            site.fetcher().get(other.url)
        assert other.asked == []


def test_redirects_are_followed_three_times_at_most() -> None:
    pages = {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(9)}
    with a_site({**pages, "/9": "there"}) as site:
        page = site.fetcher().get(f"{site.url}/6")
        assert (page.body, page.url) == (b"there", f"{site.url}/9")
        with pytest.raises(Unreachable, match="one address to the next"):
            site.fetcher().get(f"{site.url}/5")


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "http://[::1]:1/",
        "gopher://x/",
        "//10.0.0.1",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(target: str) -> None:
    with a_site({"/": (302, {"Location": target}, b"")}) as site:
        with pytest.raises((Refused, Unreachable)):
            site.fetcher().get(site.url)
        assert site.asked == ["/"]


def test_a_redirect_to_another_private_service_is_refused() -> None:
    with a_site({"/": "inner"}) as inner, a_site() as site:
        site.pages["/"] = (301, {"Location": inner.url}, b"")
        with pytest.raises(Refused):
            site.fetcher().get(site.url)
        assert inner.asked == []


def test_a_page_of_more_than_five_megabytes_is_not_read() -> None:
    too_much = b"x" * (fetch.MOST_BYTES + 1)
    with a_site({"/": too_much}) as site, pytest.raises(Unreachable, match="more than 5 MB"):
        site.fetcher().get(site.url)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\x00" * 100_000_000, 9)
    with a_site({"/": (200, {"Content-Encoding": "gzip"}, bomb), "/map.xml.gz": bomb}) as site:
        for path in ("/", "/map.xml.gz"):
            with pytest.raises(Unreachable, match="more than 5 MB"):
                site.fetcher().get(site.url + path)


def test_a_packed_sitemap_is_unpacked_also_when_packed_again_on_its_way() -> None:
    packed = gzip.compress(b"<urlset/>")
    twice = (200, {"Content-Encoding": "gzip"}, gzip.compress(packed))
    with a_site({"/map.xml.gz": packed, "/twice.xml.gz": twice}) as site:
        assert site.fetcher().get(f"{site.url}/map.xml.gz").body == b"<urlset/>"
        assert site.fetcher().get(f"{site.url}/twice.xml.gz").body == b"<urlset/>"


def _drip(part: bytes, times: int):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for _ in range(times):
                handler.wfile.write(part)
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    return answer


@pytest.mark.parametrize("part", [b"X-A: b\r\n", b"\r\nx"])
def test_a_site_that_drips_holds_nobody_up(part: bytes) -> None:
    with a_site({"/": _drip(part, 200)}) as site:
        began = time.monotonic()
        with pytest.raises(Unreachable, match="takes too long"):
            site.fetcher(seconds=0.4).get(site.url)
        assert time.monotonic() - began < 3


def test_a_site_that_says_nothing_or_nonsense_is_told_as_unreachable() -> None:
    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x16\x03\x01 nonsense\r\n\r\n")

    with a_site({"/": nonsense}) as site, pytest.raises(Unreachable, match="does not answer"):
        site.fetcher().get(site.url)
    with pytest.raises(Unreachable):
        site.fetcher().get(site.url)  # the server has gone


def test_a_host_that_nobody_knows_is_unreachable() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(Unreachable, match=r"no site ledger\.example"):
        Fetcher(resolve=unknown).get("https://ledger.example/")


def test_passwords_in_an_address_are_not_sent_on() -> None:
    seen = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers.get("Authorization"))
        handler.send_response(204)
        handler.end_headers()

    with a_site({"/": answer}) as site:
        site.fetcher().get(f"http://user:secret@127.0.0.1:{site.port}/")
    assert seen == [None]
