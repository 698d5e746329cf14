"""A stranger's file is read apart: whatever it does, an answer comes, and soon."""

import time
import zlib

import pytest

from feedback.intake import unpack_apart
from feedback.intake.unpack import MOST_SECONDS, unpacked
from feedback.reading.attached_text import NoTextError, TextKind, Trouble
from feedback.reading.attachments import Attached
from feedback.reading.mail_headers import Headers
from feedback.reading.mail_parts import Part
from tests.reading import attached_files as files


def attached(raw: bytes) -> Attached:
    part = Part(Headers(b""), raw)
    return Attached(1, "letter", "application/octet-stream", part.size(), part)


def trouble_of(raw: bytes, kind: TextKind) -> Trouble:
    with pytest.raises(NoTextError) as found:
        unpacked(attached(raw), kind)
    return found.value.trouble


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (TextKind.WORD, files.word(*files.LETTER)),
        (TextKind.ODT, files.odt_of(*files.LETTER)),
        (TextKind.PLAIN, "\n\n".join(files.LETTER).encode()),
    ],
)
def test_the_text_comes_back_from_the_other_process(kind, raw):
    assert unpacked(attached(raw), kind) == "\n\n".join(files.LETTER)


def test_what_is_wrong_comes_back_by_its_name():
    assert trouble_of(files.pdf(), TextKind.PDF) is Trouble.NO_WORDS
    assert trouble_of(b"%PDF-1.4 and no more", TextKind.PDF) is Trouble.BROKEN
    bomb = files.zipped({"content.xml": b"0" * 21_000_000})
    assert trouble_of(bomb, TextKind.ODT) is Trouble.TOO_LARGE
    assert trouble_of(b"0" * 21_000_000, TextKind.PDF) is Trouble.TOO_LARGE


def test_a_page_that_unpacks_to_a_hundred_megabytes_fills_no_memory():
    packed = zlib.compress(b"(a) Tj " * 15_000_000, 1)
    raw = files.pdf_of(packed, b"/Filter /FlateDecode")
    started = time.monotonic()
    trouble_of(raw, TextKind.PDF)
    assert time.monotonic() - started < MOST_SECONDS + 2


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("while True: pass", Trouble.TOO_LONG),
        ("bytearray(2**30)", Trouble.TOO_LARGE),
        ("import os; os.abort()", Trouble.BROKEN),
        ("print('x', file=open('stays', 'w'), flush=True)", Trouble.BROKEN),
    ],
)
def test_a_reader_that_runs_wild_is_ended(monkeypatch, tmp_path, code, trouble):
    """As if a file had made its library do that."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wild.py").write_text(
        "import sys\nfrom feedback.intake import unpack_apart as it\n"
        f"def text_in(content, kind):\n    {code}\n    return 'x'\n"
        "it.text_in, it.MOST_PROCESSOR = text_in, 1\nsys.exit(it.main())\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("feedback.intake.unpack.PROGRAM", "wild")
    assert trouble_of(b"x", TextKind.PDF) is trouble
    stays = tmp_path / "stays"
    assert not stays.exists() or stays.read_bytes() == b""


def test_one_that_only_waits_is_ended_too(monkeypatch, tmp_path):
    (tmp_path / "waits.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("feedback.intake.unpack.PROGRAM", "waits")
    monkeypatch.setattr("feedback.intake.unpack.MOST_SECONDS", 1)
    assert trouble_of(b"x", TextKind.PDF) is Trouble.TOO_LONG


def test_every_trouble_has_a_code():
    assert set(unpack_apart.CODES) == set(Trouble)
