"""What tests of the desk's pages share."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from feedback.store.work import Store


@pytest.fixture
def statements_of(store: Store) -> Callable[[Callable[[], object]], list[str]]:
    """`statements_of(call)`: the SQL that a call sends to the database."""

    def listen(call: Callable[[], object]) -> list[str]:
        heard: list[str] = []

        def hear(_connection, _cursor, statement, *_rest):
            heard.append(statement)

        event.listen(store.engine, "before_cursor_execute", hear)
        try:
            call()
        finally:
            event.remove(store.engine, "before_cursor_execute", hear)
        return heard

    return listen
