"""Programs that ask the API, and a newsroom for them to ask."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.asking import LETTER, Program


@pytest.fixture
def sender(client: FlaskClient) -> Program:
    """A program without a token: it sends letters in."""
    return Program(client, None)


@pytest.fixture
def desk(client: FlaskClient, token: Callable[[str], str]) -> Callable[[str], Program]:
    """`desk(role)`: a program with a token of that role."""
    return lambda role="chief": Program(client, token(role))


@pytest.fixture
def chief(desk: Callable[[str], Program]) -> Program:
    """A chief's program."""
    return desk("chief")


@pytest.fixture
def ref(sender: Program, an_answered_article: Any) -> str:
    """Reference of a letter that has just come in, its article known."""
    answer = sender.post("/letters", LETTER)
    assert answer.status_code == 201, answer.text
    return answer.json["ref"]


@pytest.fixture
def an_answered_article(store: Any) -> Any:
    """The article that LETTER answers."""
    from tests.factories.article import an_article

    return an_article(store, "Working Group With Beijing", url=LETTER["article"])
