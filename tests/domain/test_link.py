"""Tokens of writers' links: long, made again from their parts, of use for one purpose alone."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from feedback.domain.link import Purpose, digest_of, new_nonce, token_for

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_token_has_at_least_128_bits_and_stands_in_an_address_as_it_is() -> None:
    token = token_for(KEY, Purpose.STATUS, 1, new_nonce())
    assert len(base64.urlsafe_b64decode(token)) * 8 == 192
    assert token.replace("-", "").replace("_", "").isalnum()


def test_the_same_parts_make_the_same_token_and_no_others_do() -> None:
    nonce = new_nonce()
    token = token_for(KEY, Purpose.VERIFY, 12, nonce)
    assert token == token_for(KEY, Purpose.VERIFY, 12, nonce)
    others = {
        token_for(OTHER, Purpose.VERIFY, 12, nonce),
        token_for(KEY, Purpose.STATUS, 12, nonce),
        token_for(KEY, Purpose.VERIFY, 13, nonce),
        token_for(KEY, Purpose.VERIFY, 12, new_nonce()),
        token_for(KEY, Purpose.VERIFY, 1, "2" + nonce),
    }
    assert token not in others
    assert len(others) == 5


def test_nonces_differ() -> None:
    assert len({new_nonce() for _ in range(500)}) == 500


@given(st.text(max_size=200))
def test_any_text_can_be_looked_up(typed: str) -> None:
    assert len(digest_of(KEY, typed)) == 64
    assert digest_of(KEY, typed) != digest_of(OTHER, typed)


def test_half_a_character_is_a_text_too() -> None:
    assert digest_of(KEY, "\ud800") != digest_of(KEY, "\ud801")
