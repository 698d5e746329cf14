"""`feedback letters import`: what it says at the end, how it exits."""

from pathlib import Path

import pytest

from tests.channel.archives.mails import LETTER, ROBOT, an_mbox


def test_the_closing_lines_count_by_kinds(command, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/box").write_bytes(an_mbox(LETTER, ROBOT))
    (tmp_path / "old/note.txt").write_text("no mail")
    ran = command("letters", "import", str(tmp_path / "old"))
    assert ran.code == 0, ran.err
    assert "1 letters added, 0 known already." in ran.out
    assert "No letters: 1 auto_reply." in ran.out
    assert "Left aside: 1 files of other kinds." in ran.out
    (tmp_path / "old/bad.eml").write_bytes(b"\x00")
    with pytest.raises(SystemExit, match="1"):
        command("letters", "import", str(tmp_path / "old"))
