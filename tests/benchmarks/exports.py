"""A column of 1,000 letters in every format."""

import time

from feedback.domain.proofsheet import Link, PrintedLetter
from feedback.export.formats import FORMATS
from tests.export.sheets import a_printed, a_sheet

LETTERS, MOST = 1_000, 2.0  # seconds of the processor a format: others may be busy too
TEXT = ("A sentence of a letter that an editor cut to a good length. " * 8).strip()


def run(_postgresql: str) -> bool:
    """Each format by itself; no database is asked."""
    half = [_letter(n) for n in range(LETTERS // 2)]
    sheet = a_sheet(("One", half), ("Two", half))
    held = True
    for name, one in FORMATS.items():
        began = time.process_time()
        data = one.render(sheet)
        took = time.process_time() - began
        good = took < MOST
        held &= good
        print(
            f"{LETTERS:,} letters as {name}: {took:.2f} s, {len(data):,} bytes"
            f"{'' if good else '  <- over'}",
            flush=True,
        )
    return held


def _letter(number: int) -> PrintedLetter:
    link = Link("A sentence", f"https://news.example.com/{number}")
    return a_printed(TEXT, TEXT, ref=f"WHY-{number:05}", links=(link,))
