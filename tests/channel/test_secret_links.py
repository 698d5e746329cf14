"""Addresses that open a letter: told to nobody, kept nowhere, and all wrong ones look alike."""

import pytest

from feedback.domain.link import Purpose
from feedback.store import links
from tests.factories.letter import a_letter


@pytest.fixture
def addresses(store) -> dict[str, str]:
    """A letter's own page and its confirm link."""
    letter = a_letter(store)
    with store.work() as work:
        return {
            "status": "/letters/" + links.token(work, letter.id, Purpose.STATUS),
            "verify": "/verify/" + links.token(work, letter.id, Purpose.VERIFY),
        }


def wrong_ones(right: str, other: str) -> list[str]:
    """A token off by one letter, cut short, in capitals, lengthened, of another purpose, odd."""
    room, token = right.rsplit("/", 1)
    off = ("B" if token[0] != "B" else "C") + token[1:]
    forms = (off, token[:-1], token.upper(), token + "A", other.rsplit("/", 1)[1], "x", "A" * 3000)
    return [f"{room}/{one}" for one in (*forms, "%00", "%ff", "né", "' OR 1=1--")]


@pytest.mark.parametrize("purpose", ["status", "verify"])
def test_every_wrong_link_gets_the_same_page(reader, addresses, purpose):
    right = addresses[purpose]
    other = addresses["verify" if purpose == "status" else "status"]
    assert reader.opens(right).status == 200
    pages = [reader.browser.get(path) for path in wrong_ones(right, other)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.get_data() for page in pages}) == 1


def test_wrong_links_answer_alike_to_a_post(reader, addresses):
    for path in wrong_ones(addresses["status"], addresses["verify"]):
        for action in ("details", "withdraw"):
            token = reader.opens("/letters/new").form("/letters")["csrf_token"]
            answer = reader.browser.post(f"{path}/{action}", data={"csrf_token": token})
            assert answer.status_code == 404


@pytest.mark.parametrize("purpose", ["status", "verify"])
@pytest.mark.parametrize("found", [True, False], ids=["right", "wrong"])
def test_the_address_is_kept_nowhere_and_told_to_nobody(reader, addresses, purpose, found):
    path = addresses[purpose] if found else addresses[purpose][:-2]
    headers = reader.browser.get(path).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_the_way_to_the_page_is_a_secret_as_well(reader):
    headers = reader.writes().headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in headers["Cache-Control"]


def test_a_page_behind_a_link_shows_no_telephone_and_no_other_link(reader, store):
    letter = a_letter(store, phone="509 555 0100")
    with store.work() as work:
        status = links.token(work, letter.id, Purpose.STATUS)
        confirm = links.token(work, letter.id, Purpose.VERIFY)
    page = reader.opens(f"/letters/{status}").response.text
    assert "509 555 0100" not in page
    assert confirm not in page
