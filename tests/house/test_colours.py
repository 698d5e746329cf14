"""Colours: contrast is computed from the style sheet itself (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
LIGHT, DARK = SHEET.split("prefers-color-scheme: dark", 1)

TEXT = [  # what is written, on what, at least
    ("ink", "paper", 4.5), ("ink", "canvas", 4.5), ("ink", "sunk", 4.5), ("ink", "mark", 4.5),
    ("ink", "accent-wash", 4.5), ("ink-2", "paper", 4.5), ("ink-2", "canvas", 4.5),
    ("ink-2", "sunk", 4.5), ("ink-3", "paper", 4.5), ("ink-3", "canvas", 4.5),
    ("ink-3", "sunk", 4.5), ("ink-3", "accent-wash", 4.5), ("accent", "paper", 4.5),
    ("accent", "canvas", 4.5), ("accent", "accent-wash", 4.5), ("on-accent", "accent", 4.5),
    ("red", "paper", 4.5), ("red", "canvas", 4.5), ("red", "red-wash", 4.5),
    ("green", "paper", 4.5), ("green", "green-wash", 4.5), ("amber", "paper", 4.5),
    ("amber", "amber-wash", 4.5),
]  # fmt: skip
CONTROLS = [
    ("line-strong", "paper", 3.0), ("line-strong", "canvas", 3.0),
    ("line-strong", "accent-wash", 3.0), ("accent", "paper", 3.0),
    ("c1", "sunk", 3.0), ("c2", "sunk", 3.0), ("c3", "paper", 3.0), ("c4", "paper", 3.0),
]  # fmt: skip


def colours(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", sheet))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sheet", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), TEXT + CONTROLS)
def test_contrast_is_enough(sheet: str, front: str, ground: str, least: float) -> None:
    found = colours(sheet)
    assert contrast(found[front], found[ground]) >= least
