"""One form for all the ways to write the address of one article."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.article_url import MOST_FOUND, canonical, find_urls

PAGE = "https://dailysignal.com/2024/02/01/biden-admin-launches-narcotics-working-group-with-china"
SLUG = "biden-admin-launches-narcotics-working-group-with-china"


@pytest.mark.parametrize(
    "typed",
    [
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/",
        f"http://dailysignal.com/2024/02/01/{SLUG}",
        f"HTTPS://WWW.DailySignal.COM/2024/02/01/{SLUG}",
        f"HTTP://DAILYSIGNAL.COM/2024/02/01/{SLUG.upper()}",
        f"www.dailysignal.com/2024/02/01/{SLUG}",
        f"dailysignal.com/2024/02/01/{SLUG}",
        f"//dailysignal.com/2024/02/01/{SLUG}",
        f"m.dailysignal.com/2024/02/01/{SLUG}",
        f"https://amp.dailysignal.com/2024/02/01/{SLUG}",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/amp/",
        f"https://www.dailysignal.com/amp/2024/02/01/{SLUG}",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/print",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/?print=1",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/?utm_source=x&utm_medium=email&fbclid=1",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/?something_new=1",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/#comments",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/comment-page-2/#comment-5",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/feed/",
        f"https://www.dailysignal.com/2024/02/01/{SLUG}/index.html",
        f"https://www.dailysignal.com:443/2024/02/01/{SLUG}",
        f"http://www.dailysignal.com:80/2024/02/01/{SLUG}",
        f"https://www.dailysignal.com.//2024//02/./01/x/../{SLUG}/",
        f"https://user:secret@www.dailysignal.com/2024/02/01/{SLUG}",
        f"https://www.dailysignal.com/2024/02/01/{SLUG.replace('a', '%61')}",
        f"<https://www.dailysignal.com/2024/02/01/{SLUG}/>",
        f"“https://www.dailysignal.com/2024/02/01/{SLUG}/.”",
        f"(https://www.dailysignal.com/2024/02/01/{SLUG}/).",
        f"Regarding https://www.dailysignal.com/2024/02/01/{SLUG}/, I write",
        f"  https://www.dailysignal.com/2024/02/01/{SLUG}/ \n",
        f"https:/www.dailysignal.com/2024/02/01/{SLUG}",
        # Wrapped by mail filters, search engines, archives.
        f"https://www.google.com/amp/s/www.dailysignal.com/2024/02/01/{SLUG}/amp/",
        f"https://www.google.com/url?q=https://www.dailysignal.com/2024/02/01/{SLUG}/&sa=D",
        f"https://x.cdn.ampproject.org/c/s/www.dailysignal.com/2024/02/01/{SLUG}/amp",
        f"https://n.safelinks.protection.outlook.com/?url={quote(PAGE, safe='')}%2F&data=05%7C01",
        f"https://urldefense.com/v3/__https://www.dailysignal.com/2024/02/01/{SLUG}/__;!!abc$",
        f"https://l.facebook.com/l.php?u={quote(PAGE, safe='')}&h=A",
        f"https://web.archive.org/web/20240202/https://www.dailysignal.com/2024/02/01/{SLUG}/",
    ],
)
def test_all_lead_to_one(typed: str) -> None:
    assert canonical(typed) == PAGE


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        # Where the query names the page it stays, without what names the reader's way.
        ("https://example.com/?p=123&utm_source=x", "https://example.com/?p=123"),
        ("https://example.com/news.php?fbclid=3&ID=5", "https://example.com/news.php?id=5"),
        ("https://example.com/story?b=2&a=1", "https://example.com/story?a=1&b=2"),
        ("https://youtube.com/watch?v=abc&t=3", "https://youtube.com/watch?v=abc"),
        ("https://example.com", "https://example.com"),
        ("https://example.com/", "https://example.com"),
        ("Example.com", "https://example.com"),
        ("https://example.com:8080/x", "https://example.com:8080/x"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://xn--bcher-kva.example/%c3%bc", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.com/A/b", "https://example.com/A/b"),
        ("https://example.com/story.amp.html", "https://example.com/story.html"),
        # Inner addresses are forms that no article has; nobody fetches them.
        ("http://169.254.169.254/latest", "https://169.254.169.254/latest"),
        ("http://localhost:8000/x", "https://localhost:8000/x"),
        ("http://[::1]/x", "https://[::1]/x"),
    ],
)
def test_forms(typed: str, form: str) -> None:
    assert canonical(typed) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "Biden Admin Launches Narcotics Working Group With China", "U.S. Economy", "3.14",
        "Inflation", "javascript:alert(1)", "data:text/html,x", "mailto:jane@example.com",
        "jane@example.com", "ftp://example.com/x", "file:///etc/passwd", "http://", "https://",
        "http:///", "https://[::1", "https://example.com:99999/x", "https://.",
        "https://%00/", "https://\ud800.com/", "https://example.com/\ud800", "\x00", "What: https",
        "https://" + "a" * 300 + ".com/", "https://example.com/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_none(typed: str) -> None:
    assert canonical(typed) is None


PIECES = st.lists(
    st.sampled_from(
        ["https://", "http:", "www.", "m.", "a.com", "x.a.com", "/", "//", "?", "p=1", "&",
         "utm_x=1", "#", "amp", ":", "80", "%41", "%2f", "%", "..", ".", "-", "b-c-d", "É",
         "é", " ", "@", "[", "]", "index.html", "/print", "ABC", "google.com/url?q=", "+", "=", ";",
         "page/2", "\\"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, PIECES.map(lambda s: f"https://a.com/{s}"), st.text(max_size=200)))
def test_a_canonical_address_is_its_own(typed: str) -> None:
    once = canonical(typed)
    if once is not None:
        assert canonical(once) == once
        assert once.startswith("https://")
        assert once.isascii()
        assert len(once) <= 2000
        assert " " not in once


@pytest.mark.parametrize(
    "unit", ["a", "/", "-", "a-", "%", "&a=", "?", ".", "a.", "/amp", "[", "(", "http://"]
)
def test_no_address_takes_long(unit: str) -> None:
    canonical("https://example.com/" + unit * 200_000)
    canonical(unit * 200_000)
    find_urls(f"https://example.com/{unit * 20_000} " + unit * 20_000)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.com/a(b), or (www.example.org/x).",
         ["https://example.com/a(b)", "www.example.org/x"]),
        ("Go to example.com/offer now! Or example.com.", ["example.com/offer", "example.com"]),
        ("http://1.2.3.4/x and http://1.2.3.4/x", ["http://1.2.3.4/x"]),
        ("jane@example.com writes of the U.S. and e.g. Ohio. End.Next", []),
        ("“https://example.com/x.”", ["https://example.com/x"]),
        ("", []),
    ],
)  # fmt: skip
def test_addresses_in_a_text(text: str, found: list[str]) -> None:
    assert find_urls(text) == found


def test_a_text_full_of_addresses_gives_so_many() -> None:
    assert len(find_urls(" ".join(f"https://example.com/{n}" for n in range(1000)))) == MOST_FOUND


@given(st.one_of(PIECES, st.text(max_size=200)))
def test_found_addresses_stand_in_the_text(text: str) -> None:
    for link in find_urls(text):
        assert link in text
        assert " " not in link
