"""healthz, readyz, metrics: for machines that watch."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from feedback.app import create_app
from feedback.config import Settings
from feedback.newsroom import Newsroom
from feedback.store import presence
from feedback.store.letterbox import Letterbox
from feedback.store.work import Store
from tests.factories import a_letter
from tests.fixtures_database import Clock

TOKEN = "a token for those who watch"


def beat(store: Store) -> None:
    with store.work() as work:
        presence.beat(work, "here")


def figures(client: FlaskClient, **more: object) -> dict[str, float]:
    answer = client.get("/metrics", **more)
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_alive_whatever_else_is(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_when_everything_is_well(client: FlaskClient, store: Store) -> None:
    beat(store)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"ready": True, "database": "ok", "schema": "ok", "worker": "ok"}


def test_not_ready_without_a_worker(client: FlaskClient, store: Store, clock: Clock) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["ready"] is False
    assert answer.json["worker"].startswith("has never run")
    beat(store)
    clock.advance(timedelta(seconds=31))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["worker"] == "no sign of life since 2026-11-09 14:30:00 UTC"
    assert answer.json["database"] == answer.json["schema"] == "ok"


def test_not_ready_on_another_schema(client: FlaskClient, store: Store) -> None:
    beat(store)
    with store.engine.connect() as connection:
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
    try:
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert "run `feedback migrate`" in answer.json["schema"]
    finally:
        with store.engine.begin() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{before}'"))


def without_database(settings: Settings) -> Newsroom:
    """A newsroom whose database has gone."""
    gone = Settings.load(
        {
            "FEEDBACK_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "FEEDBACK_DATA_DIR": str(settings.data_dir),
            "FEEDBACK_BASE_URL": settings.base_url,
        },
        settings.data_dir,
    )
    return Newsroom.open(gone)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_a_database_it_lives_but_is_not_ready(settings: Settings) -> None:
    newsroom = without_database(settings)
    browser = create_app(newsroom).test_client()
    assert browser.get("/healthz").status_code == 200
    answer = browser.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["database"] == "does not answer"
    assert "Traceback" not in answer.text
    assert figures(browser)["feedback_database_up"] == 0
    newsroom.close()


def test_figures(client: FlaskClient, store: Store, clock: Clock) -> None:
    a_letter(store)
    a_letter(store)
    beat(store)
    clock.advance(timedelta(seconds=7))
    client.get("/letters/aaaaaaaaaaaaaaaaaaaaaaaa")
    client.get("/no/such/page")
    found = figures(client)
    assert found["feedback_database_up"] == 1
    assert found['feedback_letters_waiting{state="received"}'] == 2
    assert found['feedback_letters_waiting{state="held"}'] == 0
    assert found['feedback_letters_received_last_day{channel="web"}'] == 2
    assert found['feedback_letters_received_last_day{channel="api"}'] == 0
    assert found['feedback_mails{state="waiting"}'] == 2
    assert found["feedback_mail_oldest_due_seconds"] == 7
    assert found["feedback_worker_pulse_seconds"] == 7
    asked = {name for name in found if name.startswith("feedback_requests_total")}
    assert 'feedback_requests_total{method="GET",route="unknown",status="404"}' in asked
    assert any('route="/letters/<' in name for name in asked)
    assert not any("aaaaaaaa" in name for name in found)
    clock.advance(timedelta(days=1, seconds=1))
    assert figures(client)['feedback_letters_received_last_day{channel="web"}'] == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("", {}, 403),
        ("192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),  # a proxy on this machine
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}, 403),
        ("192.0.2.7", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("127.0.0.1", {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "192.0.2.7"}, 200),
        ("192.0.2.7", {"Authorization": "Bearer wrong"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer"}, 403),
        ("192.0.2.7", {"Authorization": f"Basic {TOKEN}"}, 403),
    ],
)
def test_figures_are_for_this_machine_or_the_token(
    settings: Settings, store: Store, peer: str, headers: dict[str, str], status: int
) -> None:
    with_token = Settings.load(
        {
            "FEEDBACK_METRICS_TOKEN": TOKEN,
            "FEEDBACK_SECRET_KEY": settings.secret_key,
            "FEEDBACK_BASE_URL": settings.base_url,
            "FEEDBACK_DATA_DIR": str(settings.data_dir),
        },
        settings.data_dir,
    )
    app: Flask = create_app(Newsroom(with_token, store, Letterbox(store)))
    answer = app.test_client().get(
        "/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": peer}
    )
    assert answer.status_code == status
    assert ("feedback_letters_waiting" in answer.text) == (status == 200)


def test_no_token_is_no_password(client: FlaskClient) -> None:
    """Without FEEDBACK_METRICS_TOKEN an empty one opens nothing."""
    answer = client.get(
        "/metrics",
        headers={"Authorization": "Bearer "},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_counts_of_several_processes_are_added_up(tmp_path, store: Store) -> None:
    """prometheus-client keeps them in files, once it is told where before it is imported."""
    import subprocess
    import sys

    script = (
        "import sys, pathlib; from feedback.config import count_together;"
        " count_together(pathlib.Path(sys.argv[1])); from feedback.screens import metrics;"
        " metrics.count('GET', '/x', 200, 0.1);"
        " from prometheus_client.exposition import generate_latest;"
        " print(generate_latest(metrics._counted()).decode())"
    )
    for times in (1.0, 2.0):
        ran = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        line = 'feedback_requests_total{method="GET",route="/x",status="200"} ' + str(times)
        assert line in ran.stdout


def test_json_is_json(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.content_type == "application/json"
    json.loads(answer.text)
