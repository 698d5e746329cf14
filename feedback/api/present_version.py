"""What a program that lost a race is told: the version that is there now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from feedback.domain.errors import Stale
from feedback.newsroom import newsroom
from feedback.store.work import Work


@contextmanager
def telling_present_version(present: Callable[[Work], int]) -> Iterator[None]:
    """Around a transaction: a Stale that does not know the present version gets it.

    The database notices a lost race only when it stores, and does not say who won.
    """
    try:
        yield
    except Stale as stale:
        if stale.version:
            raise
        with newsroom().store.read() as work:
            version = present(work)
        raise Stale(stale.message, version) from stale
