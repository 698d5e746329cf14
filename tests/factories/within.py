"""Factories take a store, a newsroom or an open transaction: whatever the test has."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Union

from feedback.store.work import Store, Work

if TYPE_CHECKING:
    from feedback.newsroom import Newsroom

Place = Union[Store, "Newsroom", Work]


@contextmanager
def work_in(place: Place) -> Iterator[Work]:
    """A transaction in that place: the open one itself, or one that commits on leaving."""
    if isinstance(place, Work):
        yield place
        return
    with store_of(place).work() as work:
        yield work


def store_of(place: "Store | Newsroom") -> Store:
    """The store that a test handed in."""
    return place if isinstance(place, Store) else place.store
