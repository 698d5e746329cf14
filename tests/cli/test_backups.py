"""Backup and restore, as an administrator types them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback.store import presence
from feedback.store.work import Store
from tests.factories import a_letter, an_edition, approved


@pytest.fixture
def backed_up(command: Callable, store: Store, tmp_path: Path) -> Path:
    """A backup of three letters, one of them printed."""
    a_letter(store)
    a_letter(store, name="Max Writer", email="max@example.com")
    an_edition(store, groups=[(None, [approved(store)])], published=True)
    file = tmp_path / "desk.backup"
    ran = command("backup", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert f"{file}: 3 letters, 1 articles and 1 editions" in ran.out
    return file


def test_a_backup_is_restored_into_an_empty_place(
    command: Callable,
    backed_up: Path,
    empty_database: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = json.loads(command("letters", "list", "--json").out)
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", empty_database())
    ran = command("restore", str(backed_up))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 letters, 1 articles and 1 editions of 20")
    assert json.loads(command("letters", "list", "--json").out) == before
    assert command("audit", "verify").code == 0
    twice = command("restore", str(backed_up))
    assert twice.code == 1
    assert "already" in twice.err
    assert command("restore", str(backed_up), "--force").code == 0
    assert json.loads(command("letters", "list", "--json").out) == before


def test_another_secret_key_is_told(
    command: Callable,
    backed_up: Path,
    empty_database: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", empty_database())
    monkeypatch.setenv("FEEDBACK_SECRET_KEY", "another key of enough letters")
    ran = command("restore", str(backed_up))
    assert ran.code == 0
    assert "taken under another secret key" in ran.err


def test_a_damaged_file_changes_nothing(command: Callable, backed_up: Path) -> None:
    data = bytearray(backed_up.read_bytes())
    data[len(data) // 2] ^= 1
    backed_up.write_bytes(data)
    ran = command("restore", str(backed_up), "--force")
    assert ran.code == 1
    assert "is damaged" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert len(json.loads(command("letters", "list", "--json").out)) == 3


def test_no_restore_under_a_running_service(
    command: Callable, backed_up: Path, store: Store
) -> None:
    from datetime import UTC, datetime

    store.clock.now = datetime.now(UTC)  # the command reads the real clock
    with store.work() as work:
        presence.beat(work, "here")
    ran = command("restore", str(backed_up), "--force")
    assert ran.code == 1
    assert "The service seems to be running" in ran.err


def test_a_place_that_cannot_be_written_is_one_line(command: Callable, tmp_path: Path) -> None:
    ran = command("backup", str(tmp_path / "none" / "desk.backup"))
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
