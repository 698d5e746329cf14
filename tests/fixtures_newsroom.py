"""A whole newsroom on the store under test, its application, browsers and programs.

`app` takes forms without CSRF tokens, so that a test posts what it is about; all else is as in
production, tokens in pages included. Tests of the tokens themselves take `app_with_csrf`.
Logging in with `log_in` opens a real log-in of a fresh account, without the price of a
password; how one logs in is tested in tests/accounts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from tests.fixtures_database import SECRET

if TYPE_CHECKING:  # imported when asked for: tests of pure functions do without the whole desk
    from flask import Flask
    from flask.testing import FlaskClient

    from feedback.config import Settings
    from feedback.domain.editor import Role
    from feedback.newsroom import Newsroom
    from feedback.store.work import Store


class Compiled(BytecodeCache):
    """Every app of a test process has the templates that another one has compiled."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def _build_once() -> None:
    """Of the addresses, which every app has alike, the builders are made once: most of its cost."""
    make = Rule._compile_builder
    made: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}

    def kept(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (repr(rule._trace), repr(rule.defaults), repr(sorted(rule.arguments)), append_unknown)
        if key not in made:
            made[key] = make(rule, append_unknown)
        return made[key]

    Rule._compile_builder = kept  # type: ignore[method-assign]


_build_once()
BASE_URL = "http://localhost"  # the host that Flask's test client asks for


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a newsroom on the database under test; its data folder is the test's own."""
    from feedback.config import Settings

    given = {
        "FEEDBACK_DATABASE_URL": database_url,
        "FEEDBACK_DATA_DIR": str(tmp_path / "instance"),
        "FEEDBACK_SECRET_KEY": SECRET,
        "FEEDBACK_BASE_URL": BASE_URL,
        "FEEDBACK_LIMITS": "off",
    }
    (tmp_path / "instance").mkdir(exist_ok=True)
    return Settings.load(given, tmp_path)


@pytest.fixture
def newsroom(settings: Settings, store: Store) -> Newsroom:
    """An opened newsroom on `store`, which shares its clock."""
    from feedback.newsroom import Newsroom
    from feedback.store.letterbox import Letterbox

    return Newsroom(settings, store, Letterbox(store))


@pytest.fixture
def app(newsroom: Newsroom) -> Flask:
    """The application; it takes forms without a CSRF token."""
    from feedback.app import create_app

    made = create_app(newsroom)
    made.jinja_env.bytecode_cache = COMPILED
    made.config.update(TESTING=True, WTF_CSRF_CHECK_DEFAULT=False)
    made.before_request(_take_every_form)
    return made


def _take_every_form() -> None:
    from flask import g

    g.csrf_valid = True  # Flask-WTF's own mark of a request whose token was checked


@pytest.fixture
def app_with_csrf(newsroom: Newsroom) -> Flask:
    """The application as readers and editors meet it, CSRF tokens and all."""
    from feedback.app import create_app

    made = create_app(newsroom)
    made.jinja_env.bytecode_cache = COMPILED
    made.config.update(TESTING=True)
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of somebody who is not logged in."""
    return app.test_client()


@pytest.fixture
def log_in(app: Flask, store: Store) -> Callable[[Role | str], FlaskClient]:
    """`log_in(role)`: a browser in which a fresh account of that role is logged in.

    The account is `browser.account`; several calls give several people.
    """

    from feedback.accounts import sessions
    from feedback.accounts.login import TOKEN
    from feedback.domain.editor import Role
    from tests.factories.account import an_account

    def enter(role: Role | str = "editor", app: Flask = app) -> FlaskClient:
        account = an_account(store, Role(role))
        browser = app.test_client()
        with store.work() as work:
            opened = sessions.begin(work.session, account.id, work.now)
        with browser.session_transaction() as session:
            session[TOKEN] = opened
            session["_user_id"] = account.fs_uniquifier
            session["_fresh"] = True
        browser.account = account
        return browser

    return enter


@pytest.fixture
def token(store: Store) -> Callable[[Role | str], str]:
    """`token(role)`: a fresh API token of that role; send it as `Authorization: Bearer …`."""
    from feedback.accounts import tokens
    from feedback.domain.editor import Role

    made: list[str] = []

    def give(role: Role | str = "editor") -> str:
        with store.work() as work:
            fresh = tokens.add(work.session, f"program {len(made) + 1}", Role(role), work.now)
        made.append(fresh)
        return fresh

    return give
