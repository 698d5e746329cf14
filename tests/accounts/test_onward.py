"""After log-in one is led on within this site, wherever `next` would lead (HOSTILE, H16)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from feedback.accounts.local_path import local_path
from tests.desk.desk import ONE_ENGINE

AWAY = [
    "//evil", "///evil", "/\\evil", "\\\\evil", "\\/evil", "https:evil", "https://evil.test/",
    "http:/evil", "/%09/evil", "/\t/evil", "/\n//evil", "\t//evil", " //evil",
    "javascript:alert(1)", "data:text/html,x", "//evil%2f..", "/%5cevil", "/%2f/evil",
    "/%2F%2Fevil", "evil", "evil/x",
    "./x", "", "/\x00/evil", "/\u202e/evil", "https:/\\evil", "@evil.test", "/ /evil", "/x y",
    "//localhost@evil.test", "/" + "a" * 2001,
]  # fmt: skip
HERE = [
    "/desk/",
    "/desk/letters/WHY-7Q2KD?state=held&q=a%20b",
    "/desk/?q=//x",
    "/desk/?next=https://x",
]


@pytest.mark.parametrize("wanted", AWAY)
def test_it_leads_nowhere_else(wanted: str) -> None:
    assert local_path(wanted) is None


@pytest.mark.parametrize("wanted", HERE)
def test_it_leads_to_a_page_of_this_site(wanted: str) -> None:
    assert local_path(wanted) == wanted


@given(st.text(max_size=30) | st.text("/\\%2f5c:@ \tevil.", max_size=12).map("/".__add__))
def test_whatever_is_asked_for(wanted: str) -> None:
    found = local_path(wanted)
    if found is not None:
        assert found.startswith("/")
        assert not iri_to_uri(found).startswith(("//", "/\\"))
        assert "\\" not in found


@ONE_ENGINE
def test_the_log_in_leads_on_within_the_site_alone(person, ann) -> None:
    for wanted in [one for one in AWAY if "\x00" not in one][:12]:
        answer = person().logs_in("ann@example.com", next=wanted)
        assert (answer.status_code, answer.location) == (302, "/desk/"), wanted
    answer = person().logs_in("ann@example.com", next=HERE[1])
    assert answer.location == HERE[1]


@ONE_ENGINE
def test_a_page_that_was_asked_for_is_led_back_to(person, ann) -> None:
    somebody = person()
    away = somebody.opens("/desk/letters/WHY-7Q2KD?state=held")
    assert away.status_code == 303
    page = somebody.opens(away.location)
    assert "/desk/letters/WHY-7Q2KD?state=held" in page.text.replace("&amp;", "&")
    answer = somebody.sends(
        "/desk/login", email="ann@example.com", password="quiet river under maples",
        next="/desk/letters/WHY-7Q2KD?state=held",
    )  # fmt: skip
    assert answer.location == "/desk/letters/WHY-7Q2KD?state=held"


@ONE_ENGINE
@pytest.mark.parametrize("wanted", ["//evil.test", "https://evil.test", "/%5cevil.test"])
def test_no_page_of_log_in_carries_the_way_out(person, wanted) -> None:
    page = person().opens("/desk/login", query_string={"next": wanted})
    assert page.status_code == 200
    assert "evil.test" not in page.text
