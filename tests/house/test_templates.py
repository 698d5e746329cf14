"""Templates: each is used, none reaches another host, none has what the content policy forbids."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
# Files and mails that leave carry their own style; pages may not.
LEAVING = ("export/", "mail/")
HTML = [
    path
    for path in TEMPLATES
    if path.suffix == ".html"
    and not path.relative_to(ROOT / "templates").as_posix().startswith(LEAVING)
]
STATIC = sorted(p for p in (ROOT / "static").rglob("*") if p.suffix in {".css", ".js"})
# Flask-Security picks its templates by these names.
CALLED_BY_LIBRARIES = re.compile(r"security/.*")


def test_every_template_is_used_somewhere() -> None:
    sources = [p.read_text() for p in (ROOT / "feedback").rglob("*.py")]
    sources += [p.read_text() for p in TEMPLATES]
    everything = "\n".join(sources)
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        stem = name.split("/")[-1].split(".")[0]
        by_name = name in everything or f"/{stem}." in everything
        by_kind = name.startswith(("mail/", "export/")) and f'"{stem}"' in everything
        if not (by_name or by_kind or CALLED_BY_LIBRARIES.fullmatch(name)):
            unused.append(name)
    assert unused == []


@pytest.mark.parametrize("path", HTML, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", [*HTML, *STATIC], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_nothing_is_loaded_from_another_host(path: Path) -> None:
    text = path.read_text()
    loaded = re.findall(r"""(?:src|href|action|url\()\s*=?\s*["'(]?(https?:)?//[^"')\s]+""", text)
    assert loaded == []


def test_every_part_of_the_style_is_sent_and_every_class_file_has_a_use() -> None:
    from feedback.screens.assets import BUNDLES

    sent = {name for names in BUNDLES.values() for name in names}
    there = {p.relative_to(ROOT / "static").as_posix() for p in STATIC if p.suffix == ".css"}
    assert there - sent == set()
    assert sent - there == set()
