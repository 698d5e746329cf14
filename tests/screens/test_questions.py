"""How many questions the pages ask of the database: a list of many asks no more than one of few."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.factories import a_letter, an_article

QUEUE, LETTER = 8, 23


@contextmanager
def questions(store):
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("number", [3, 30])
def test_pages_ask_no_more_for_more_letters(log_in, store, number):
    article = an_article(store)
    some = [a_letter(store, f"Letter {n}.", article=article) for n in range(number)]
    desk = log_in("editor")
    for path, most in (("/desk/", QUEUE), (f"/desk/letters/{some[0].ref}?state=waiting", LETTER)):
        desk.get(path)  # what is remembered between pages is there
        with questions(store) as asked:
            assert desk.get(path).status_code == 200
        assert len(asked) <= most, (path, len(asked))
