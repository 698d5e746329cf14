"""What another web server loads: `feedback.wsgi:app`."""

import threading
from pathlib import Path

import pytest
from flask import Flask

from feedback import wsgi
from feedback.newsroom import EXTENSION
from feedback.store.work import Store


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_application_without_a_worker(
    store: Store, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", database_url)
    before = threading.active_count()
    app = wsgi.app
    assert isinstance(app, Flask)
    assert threading.active_count() == before
    assert app.test_client().get("/healthz").status_code == 200
    app.extensions[EXTENSION].close()


def test_nothing_else_is_made_up() -> None:
    with pytest.raises(AttributeError):
        wsgi.application  # noqa: B018  # asking is the test
