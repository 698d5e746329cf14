"""The command `feedback`, run in this process on the database under test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fixtures_database import SECRET

if TYPE_CHECKING:
    from feedback.store.work import Store


@dataclass(frozen=True)
class Ran:
    """How a command ended, what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(
    store: "Store",
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Ran]:
    """`command("users", "list")` runs `feedback users list` in an empty folder."""
    from feedback.cli import run

    assert store is not None
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", database_url)
    monkeypatch.setenv("FEEDBACK_DATA_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("FEEDBACK_SECRET_KEY", SECRET)

    def feedback(*arguments: str) -> Ran:
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return feedback
