"""Your account: open log-ins are seen and ended; browsers are told in words."""

import re

import pytest

from feedback.accounts.browsers import UNKNOWN, in_words
from tests.accounts.person import Person
from tests.desk.desk import ONE_ENGINE
from tests.factories import an_account

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/141.0 Safari/537.36 Edg/141.0"
)
END = re.compile(r'name="log_in" value="([0-9a-f]{64})"')


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Mac"),
        ("curl/8", UNKNOWN),
        ("", UNKNOWN),
        ("<script>" * 10_000 + "Firefox/1", UNKNOWN),
    ],
)
def test_a_browser_in_words(says: str, words: str) -> None:
    assert in_words(says) == words


def test_one_sees_and_ends_ones_log_ins_and_nobody_elses(person, ann, store) -> None:
    here, there, other = person(), person(), person()
    there.browser.environ_base["HTTP_USER_AGENT"] = FIREFOX
    an_account(store, email="bob@example.com")
    other.logs_in("bob@example.com")
    there.logs_in("ann@example.com")
    here.logs_in("ann@example.com")
    page = here.opens("/desk/account").text
    assert "Firefox on Windows" in page
    assert page.count("(this one)") == 1
    assert len(END.findall(page)) == 2
    (bobs,) = END.findall(other.opens("/desk/account").text)
    assert bobs not in page
    ends(here, bobs)
    assert other.is_in
    mine = END.findall(there.opens("/desk/account").text)
    (theirs,) = set(mine) - {here_digest(page)}
    ends(here, theirs)
    assert (here.is_in, there.is_in) == (True, False)
    ends(here, here_digest(page))
    assert not here.is_in


def here_digest(page: str) -> str:
    row = page[page.index("(this one)") :]
    found = END.search(row)
    assert found
    return found[1]


def ends(somebody: Person, digest: str) -> None:
    somebody.sends("/desk/account/log-ins/end", page="/desk/account", log_in=digest)


@ONE_ENGINE
def test_all_others_end_at_once(person, ann) -> None:
    one, two, three = person(), person(), person()
    for somebody in (one, two, three):
        somebody.logs_in("ann@example.com")
    one.sends("/desk/account/log-ins/end", page="/desk/account", others="all")
    assert [somebody.is_in for somebody in (one, two, three)] == [True, False, False]


@ONE_ENGINE
def test_it_takes_a_log_in(person) -> None:
    assert person().opens("/desk/account").location == "/desk/login?next=/desk/account"
