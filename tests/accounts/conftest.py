"""What tests of log-in share."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from feedback.accounts import people
from feedback.accounts.models import Account
from feedback.app import create_app
from feedback.newsroom import Newsroom
from feedback.store.letterbox import Letterbox
from tests.accounts.person import Person
from tests.factories import an_account


@pytest.fixture
def person(app_with_csrf: Flask) -> Callable[[], Person]:
    """`person()`: somebody with a fresh browser."""
    return lambda: Person(app_with_csrf)


@pytest.fixture
def ann(store) -> Account:
    """An editor who has an account."""
    return an_account(store, email="ann@example.com", name="Ann Editor")


@pytest.fixture
def account(store) -> Callable[[str], Account]:
    """`account(email)`: the account as it is kept."""

    def find(email: str) -> Account:
        with store.read() as work:
            return people.get(work.session, email)

    return find


@pytest.fixture
def app_with(settings, store) -> Callable[..., Flask]:
    """`app_with(limits=…, _base_url=…)`: the application with other settings."""

    def make(**changed: object) -> Flask:
        app = create_app(Newsroom(replace(settings, **changed), store, Letterbox(store)))
        app.config.update(TESTING=True)
        return app

    return make
