"""Docs cover what is there: settings, commands, formats, states, roles, decisions."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from feedback.config import setting_names
from feedback.domain.editor import Role
from feedback.domain.house_rules import HouseRules
from feedback.domain.state import Decision, State
from feedback.export.formats import FORMATS

ROOT = Path(__file__).parents[2]
DOCS = "\n".join(p.read_text() for p in sorted((ROOT / "docs").rglob("*.md")))
EDITORS = "\n".join(p.read_text() for p in sorted((ROOT / "docs/editors").rglob("*.md")))


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_explained(name: str) -> None:
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("word", [*State, *Role, *Decision])
def test_editors_find_every_state_decision_and_role(word: str) -> None:
    assert re.search(rf"\b{word.value.replace('_', '[_ ]')}\b", EDITORS)


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs/decisions/index.md").read_text()
    pages = [p.name for p in (ROOT / "docs/decisions").glob("0*.md")]
    assert [name for name in pages if name not in index] == []


def test_the_map_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [p for p in (ROOT / "feedback").iterdir() if not p.name.startswith("__")]
    names = [f"`feedback/{p.name}/`" if p.is_dir() else f"`feedback/{p.name}`" for p in rooms]
    assert [n for n in names if n not in text] == []


def test_every_house_rule_is_in_the_manual():
    manual = (ROOT / "docs" / "administrators" / "house_rules.md").read_text()
    assert [one.name for one in fields(HouseRules) if f"`{one.name}`" not in manual] == []
