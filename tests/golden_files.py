"""Golden files: words for people and whole exports, compared to the character.

A test takes the fixture `golden` and calls `golden("edition/column.txt", text_or_bytes)`: that is
compared with `tests/golden/edition/column.txt`. `make golden` (`pytest --golden`) writes the files
anew; read the difference like prose before it is committed.
"""

from pathlib import Path
from typing import Protocol

import pytest

FOLDER = Path(__file__).parent / "golden"


class Golden(Protocol):
    """Compares what came out with a golden file, or writes that anew."""

    def __call__(self, name: str, came_out: str | bytes) -> None:
        """`name` is a path below `tests/golden`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="write the golden files anew instead of comparing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(name, came_out)`: the same as the file, to the character."""
    renew = request.config.getoption("--golden")

    def compare(name: str, came_out: str | bytes) -> None:
        file = FOLDER / name
        data = came_out.encode() if isinstance(came_out, str) else came_out
        if renew:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            return
        assert file.is_file(), f"{file} is missing: run `make golden`, then read it"
        # As text, so that pytest shows the difference line by line.
        assert data.decode() == file.read_bytes().decode(), f"{name} came out otherwise"

    return compare
