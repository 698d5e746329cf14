"""The package, as `pip install` puts it: it runs in an empty folder, with all that it needs."""

import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.served import Served

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this repository without asking any index."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(folder), str(ROOT)], check=True, timeout=120)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_carries_pages_schema_seeds_and_styles(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        inside = {
            name.split("/", 1)[1] for name in opened.namelist() if name.startswith("feedback/")
        }
    for folder in ("templates", "static", "migrations", "seeds"):
        there = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and path.name[0] != "."
        }
        assert there - inside == set()
    assert not any("__pycache__" in name or name.startswith("tests") for name in inside)


@pytest.mark.slow
def test_it_serves_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(home)]
    subprocess.run([*install, str(wheel)], check=True, timeout=120)
    empty = tmp_path / "empty"
    empty.mkdir()
    served = Served(folder=empty, environ={"PYTHONPATH": str(home)})
    where = subprocess.run(
        [sys.executable, "-c", "import feedback; print(feedback.__file__)"],
        cwd=empty,
        env=served.environ,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert where.startswith(str(home)), "the installed package is the one that runs"
    with served:
        page = urllib.request.urlopen(f"{served.url}/letters/new", timeout=10).read().decode()
        style = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
        assert 'name="remarks"' in page
        assert b"--paper" in urllib.request.urlopen(served.url + style, timeout=10).read()
        served.run("seed")
        assert served.get("/editions/library-sundays-and-the-levee") == 200
