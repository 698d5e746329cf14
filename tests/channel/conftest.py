"""What tests of the readers' pages share."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.store import letters, links
from feedback.store.letter_filter import LetterFilter
from feedback.store.work import Store
from tests.channel.reader import Reader
from tests.fixtures_database import Clock


@pytest.fixture
def reader(app_with_csrf: Flask, clock: Clock) -> Reader:
    """A reader with a browser that keeps cookies; nothing is lifted for the test."""
    return Reader(app_with_csrf.test_client(), clock)


@pytest.fixture
def stored(store: Store) -> Callable[[], Sequence[Letter]]:
    """`stored()`: every letter there is, newest first, whole."""

    def look() -> Sequence[Letter]:
        with store.read() as work:
            found = letters.page(work, LetterFilter(), whole=True).rows
            for letter in found:
                _ = letter.contact
            return found

    return look


@pytest.fixture
def own_page(store: Store) -> Callable[[Letter], str]:
    """`own_page(letter)`: the address of the page that its writer was given."""

    def find(letter: Letter) -> str:
        with store.work() as work:
            return "/letters/" + links.token(work, letter.id, Purpose.STATUS)

    return find
