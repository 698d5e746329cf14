"""The command line as a whole: what it imports, how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedback.cli import COMMANDS, feedback, run


def shell(folder: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, in an empty folder."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")}
    return subprocess.run(
        [sys.executable, "-m", "feedback", *arguments],
        cwd=folder,
        env=environ | more.pop("environ", {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there(name: str) -> None:
    command = feedback.get_command(None, name)
    assert command is not None
    assert command.help


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nonsense"]) == 2
    assert run(["serve", "--nonsense"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_a_bad_setting_is_one_line(tmp_path: Path) -> None:
    ran = shell(tmp_path, "settings", environ={"FEEDBACK_BINDD": "x"})
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "feedback: 'FEEDBACK_BINDD' is no setting; the nearest is FEEDBACK_BIND\n"


@pytest.mark.slow
def test_an_empty_database_is_one_line(tmp_path: Path) -> None:
    ran = shell(tmp_path, "users", "list")
    assert ran.returncode == 1
    assert ran.stderr == "feedback: The database is empty: run `feedback migrate` first.\n"


@pytest.mark.slow
def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("a file")
    ran = shell(tmp_path, "migrate")
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr


@pytest.mark.slow
def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "feedback", "settings"],
        cwd=tmp_path,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert ran.returncode not in (0, 2)
    assert ran.stderr == ""


@pytest.mark.slow
def test_a_small_command_does_not_import_the_web(tmp_path: Path) -> None:
    script = (
        "import sys; from feedback.cli import run; run(['migrate']); run(['tokens', 'list']);"
        " print([m for m in ('flask', 'flask_security', 'granian', 'httpx') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"
