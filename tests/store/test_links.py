"""Writers' links: each opens one letter for one purpose, any other text opens nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback.domain.errors import NotFound
from feedback.domain.link import Link, Purpose
from feedback.store import letters, links
from feedback.store.work import Keys, Store
from tests.factories import a_letter


@pytest.fixture
def letter(store):
    return a_letter(store)


@pytest.fixture
def token(store, letter):
    with store.work() as work:
        return links.token(work, letter.id, Purpose.STATUS)


def opens(store, purpose, given_text):
    with store.read() as work:
        return links.letter_behind(work, purpose, given_text)


def test_a_link_opens_its_letter(store, letter, token):
    other = a_letter(store)
    assert opens(store, Purpose.STATUS, token) == letter.id
    with store.work() as work:
        assert links.token(work, other.id, Purpose.STATUS) != token


def test_a_link_is_made_once_and_again_the_same(store, letter, token):
    for _ in range(3):
        with store.work() as work:
            assert links.token(work, letter.id, Purpose.STATUS) == token
    with store.read() as work:
        assert work.session.scalar(select(func.count()).select_from(Link)) == 1


def test_a_purpose_opens_nothing_of_another(store, letter, token):
    with store.work() as work:
        verify = links.token(work, letter.id, Purpose.VERIFY)
    assert verify != token
    assert opens(store, Purpose.VERIFY, verify) == letter.id
    with pytest.raises(NotFound):
        opens(store, Purpose.STATUS, verify)
    with pytest.raises(NotFound):
        opens(store, Purpose.VERIFY, token)


def test_a_token_that_was_spoiled_opens_nothing(store, token):
    spoiled = {
        token[:-1],
        token[1:],
        token + "A",
        token.upper(),
        token.lower(),
        token.swapcase(),
        f" {token}",
        f"{token}=",
        token.replace("-", "+").replace("_", "/"),
        token[:10] + ("A" if token[10] != "A" else "B") + token[11:],
        "",
        "\x00",
        "\ud800",
        "x" * 100,
        "x" * 1_000_000,
        "' OR 1=1--",
        "é",
    } - {token}
    for text in spoiled:
        with pytest.raises(NotFound):
            opens(store, Purpose.STATUS, text)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text())
def test_no_other_text_opens_anything(store, token, text):
    if text != token:
        with pytest.raises(NotFound):
            opens(store, Purpose.STATUS, text)


def test_the_token_itself_is_not_stored(store, letter, token):
    with store.read() as work:
        row = work.session.scalars(select(Link)).one()
        kept = [str(getattr(row, column.name)) for column in Link.__table__.columns]
    assert token not in kept
    assert all(token not in one for one in kept)


def test_another_secret_opens_nothing(store, token):
    stranger = Store(store.engine, Keys.of("another secret altogether"), store.clock)
    with pytest.raises(NotFound):
        opens(stranger, Purpose.STATUS, token)


def test_links_go_with_their_letter(store, letter, token):
    with store.work() as work:
        work.session.delete(letters.by_ref(work, letter.ref))
    with pytest.raises(NotFound):
        opens(store, Purpose.STATUS, token)


def test_an_unfinished_address_has_enough_bits(token):
    assert len(token) * 6 >= 128
