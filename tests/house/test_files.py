"""Files stay small enough to hold in the head, under names that say what they are."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES = 300
MOST_TEST_LINES = 400
BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "base",
    "manager",
    "service",
    "core",
}


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository (as git knows them, or all where there is no git)."""
    asked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode == 0:
        return [ROOT / name for name in asked.stdout.splitlines() if (ROOT / name).is_file()]
    return [path for pattern in patterns for path in ROOT.glob(pattern.replace("*", "**/*", 1))]


CODE = tracked("feedback/*.py")
TESTS = tracked("tests/*.py")


def test_there_is_code_to_look_at() -> None:
    assert len(CODE) > 80


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_is_small_says_what_it_is_and_has_a_good_name(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MOST_LINES
    says = ast.get_docstring(ast.parse(text))
    assert says, "a module begins with a sentence about what it is"
    assert path.stem not in BANNED


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_test_file_is_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_TEST_LINES


def test_nothing_is_promised_instead_of_done() -> None:
    promise = re.compile(r"\b(TODO|FIXME|XXX)\b|not implemented yet|coming soon", re.IGNORECASE)
    own = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*CODE, *TESTS, *tracked("templates/*.html"), *tracked("static/*.js")]
        if path != own
        for line in path.read_text().splitlines()
        if promise.search(line)
    ]
    assert found == []


def test_a_silenced_check_gives_its_reason() -> None:
    bare = re.compile(
        r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[a-z0-9, -]+\])?|pragma: no cover)\s*$"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in CODE
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []
