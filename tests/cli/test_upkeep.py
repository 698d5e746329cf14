"""Commands for administrators: migrate, settings, doctor, audit verify."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from feedback.store.work import Store
from tests.factories import a_column, a_letter
from tests.outbox.mail_server import Told, mail_server


def test_migrate_says_where_the_database_is(command: Callable) -> None:
    ran = command("migrate")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("The database is at 0")
    assert ran.out.endswith("already.\n")


def test_migrate_makes_a_column_in_an_empty_database(
    command: Callable, empty_database: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", empty_database())
    assert command("users", "list").code == 1, "there is nothing yet"
    assert command("migrate").out.endswith("now.\n")
    assert command("migrate").out.endswith("already.\n")
    assert json.loads(command("letters", "list", "--json").out) == []


def test_a_database_of_a_newer_version_is_refused(command: Callable, store: Store) -> None:
    def say(revision: str) -> None:
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})

    with store.engine.connect() as connection:
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
    say("9999")
    try:
        ran = command("users", "list")
        assert ran.code == 1
        assert "made by a newer version (it is at 9999" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert command("migrate").code == 1
        say("0001")
        assert "run `feedback migrate` first" in command("users", "list").err
    finally:
        say(before)


def test_settings_name_value_and_source(command: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDBACK_SMTP_URL", "smtp://ann:opensesame@mail.example.com")
    ran = command("settings", "--json")
    rows = {row["name"]: row for row in json.loads(ran.out)}
    assert rows["FEEDBACK_SMTP_URL"]["source"] == "environment"
    assert rows["FEEDBACK_LIMITS"] == {
        "name": "FEEDBACK_LIMITS", "value": "normal", "source": "default",
    }  # fmt: skip
    assert "opensesame" not in ran.out
    assert "opensesame" not in command("settings").out


def test_audit_verify(command: Callable, store: Store) -> None:
    letter = a_letter(store)
    whole = "1 letters with 1 events: whole.\nThe house's history, 0 lines: whole.\n"
    assert command("audit", "verify").out == whole
    assert json.loads(command("audit", "verify", "--json").out) == []
    with store.work() as work:  # what no action of ours does
        work.session.execute(text("UPDATE letter SET state = 'approved'"))
    ran = command("audit", "verify")
    assert ran.code == 1
    assert f"{letter.ref}, line 1: it is approved, its history says received" in ran.out
    assert ran.err == "feedback: 1 of 1 histories are broken.\n"
    (row,) = json.loads(command("audit", "verify", "--json").out)
    assert row["ref"] == letter.ref


def test_audit_verify_looks_at_the_houses_history_too(command: Callable, store: Store) -> None:
    assert command("users", "add", "x@example.com", "--role", "editor", "--invite").code == 0
    assert "The house's history, 2 lines: whole." in command("audit", "verify").out
    with store.work() as work:
        work.session.execute(text("UPDATE house_chain SET event_count = 3"))
    ran = command("audit", "verify")
    assert (ran.code, ran.err) == (1, "feedback: The house's history is broken.\n")
    (row,) = json.loads(command("audit", "verify", "--json").out)
    assert row["ref"] == "house"


def checks(ran: object) -> dict[str, dict[str, str]]:
    return {row["check"]: row for row in json.loads(ran.out)}


def test_doctor_on_a_fresh_newsroom(command: Callable, engine_name: str) -> None:
    ran = command("doctor", "--json")
    found = checks(ran)
    # The tests' PostgreSQL does not wait for the disk, and a newsroom's must.
    expected = [] if engine_name == "sqlite" else ["durability"]
    assert [name for name, row in found.items() if row["state"] == "bad"] == expected
    assert ran.code == len(expected)
    assert found["schema"]["state"] == found["search"]["state"] == "ok"
    assert found["worker"]["state"] == found["people"]["state"] == "hint"
    assert "sender" in command("doctor").out


def test_doctor_finds_what_is_wrong(
    command: Callable, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FEEDBACK_SECRET_KEY")
    monkeypatch.setenv("FEEDBACK_BASE_URL", "http://letters.example.org")
    monkeypatch.setenv("FEEDBACK_SMTP_URL", "smtp://127.0.0.1:1")
    command("doctor")  # makes the key
    (tmp_path / "instance/secret_key").chmod(0o644)
    a_column(store, address="letters@example.org")
    ran = command("doctor", "--json")
    found = checks(ran)
    assert ran.code == 1
    assert "things are wrong" in ran.err
    assert {"secret key", "base URL", "mail server"} <= {
        name for name, row in found.items() if row["state"] == "bad"
    }
    assert "chmod 600" in found["secret key"]["says"]
    assert found["sender"]["state"] == "ok"


def test_doctor_greets_the_mail_server(command: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server(Told()) as address:
        monkeypatch.setenv("FEEDBACK_SMTP_URL", f"smtp://{address}")
        assert checks(command("doctor", "--json"))["mail server"]["state"] == "ok"


def test_doctor_when_the_database_does_not_answer(
    command: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    ran = command("doctor", "--json")
    assert ran.code == 1
    assert checks(ran)["database"]["state"] == "bad"
    assert command("users", "list").code == 75, "it may be tried again"
