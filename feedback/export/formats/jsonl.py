"""JSONL: one letter record a line, as the API gives it, in the order of print; no contact data.

Each has `provisional` beside it: true for what is not published.
"""

import json

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format, utf8


def render(sheet: Proofsheet) -> bytes:
    """UTF-8; every line ends with a newline, no letter means no line."""
    rows = ({**letter.record, "provisional": sheet.provisional} for letter in sheet.letters())
    return utf8("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


FORMAT = Format("jsonl", "application/jsonl", "jsonl", render)
