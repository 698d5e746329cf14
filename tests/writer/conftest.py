"""What tests of the desk's rules share."""

import pytest

from feedback.store.work import Store
from tests.desk.desk import Desk


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk on the store under test."""
    return Desk(store)
