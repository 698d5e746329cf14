"""CSV: one letter a row, safe to open in a spreadsheet.

RFC 4180: commas, CRLF, quotation marks doubled; UTF-8 with a byte order mark, without which Excel
turns typographic quotation marks into rubbish. COLUMNS says what each column holds.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from feedback.domain.proofsheet import PrintedLetter, Proofsheet
from feedback.export.format import Format, utf8

BYTE_ORDER_MARK = "\ufeff"

# A spreadsheet computes what begins with one of these signs, also full-width or small, also behind
# spaces, quotation marks and invisible characters; where it takes semicolons, tabs or line breaks
# for the separator, a cell begins behind those as well.
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_BEFORE = "\"'“”‘’„‚«»\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_COMPUTES = rf"(?=(?:[{_BEFORE}]|[^\S\t\r\n])*[{_SIGNS}])"
_BEGINS = r"(?:^|(?<=[;\t\r\n]))"
_LEADING = r"(?='*[\t\r\n])"
_TO_GUARD = re.compile(f"{_BEGINS}{_COMPUTES}|^{_LEADING}")
_GUARDED = re.compile(f"{_BEGINS}'{_COMPUTES}|^'{_LEADING}")


def guarded(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would compute.

    The apostrophe is part of the cell's text, so it is still there when the file was saved again.
    """
    return _TO_GUARD.sub("'", text)


def unguarded(cell: str) -> str:
    """The text that `guarded` made the cell of."""
    return _GUARDED.sub("", cell)


@dataclass(frozen=True)
class Place:
    """A letter with where it stands: its number from 1 on, the subhead of its group."""

    sheet: Proofsheet
    number: int
    subhead: str | None
    letter: PrintedLetter


def _recorded(*path: str) -> Callable[[Place], Any]:
    """What the letter's record has there."""

    def value(place: Place) -> Any:
        found: Any = place.letter.record
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found

    return value


# Name of the column, what it holds.
COLUMNS: tuple[tuple[str, Callable[[Place], Any]], ...] = (
    ("position", lambda p: p.number),  # from 1, in the order of print
    ("ref", lambda p: p.letter.ref),
    ("edition", lambda p: p.sheet.slug),
    ("date", lambda p: p.sheet.date),
    ("provisional", lambda p: p.sheet.provisional),  # true: not published
    ("subhead", lambda p: p.subhead),
    ("headline", lambda p: p.letter.headline),
    ("salutation", lambda p: p.letter.salutation.strip()),
    ("text", lambda p: "\n\n".join(p.letter.paragraphs)),  # as printed, blank lines between
    ("signature", lambda p: p.letter.signature),  # as printed, without its dash
    ("abridged", lambda p: p.letter.abridged),
    ("tagline", lambda p: p.letter.tagline),
    ("editors_reply", lambda p: p.letter.editors_reply),
    ("taken_down", lambda p: p.letter.is_taken_down),
    ("name", _recorded("signature", "name")),  # empty when withheld
    ("standing", _recorded("signature", "standing")),
    ("town", _recorded("signature", "town")),
    ("place_state", _recorded("signature", "state")),
    ("country", _recorded("signature", "country")),
    ("withheld", _recorded("signature", "withheld")),
    ("article_headline", _recorded("article", "headline")),
    ("article_url", _recorded("article", "url")),
    ("article_author", _recorded("article", "author")),
    ("article_published_on", _recorded("article", "published_on")),
    ("state", _recorded("state")),
    ("channel", _recorded("channel")),
    ("received_at", _recorded("received_at")),
    ("word_count", _recorded("word_count")),
    ("cut_percent", _recorded("remarks", "cut_percent")),
)


def render(sheet: Proofsheet) -> bytes:
    """A row of names, then a row a letter; yes and no are `true` and `false`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _value in COLUMNS])
    for place in _places(sheet):
        writer.writerow([_cell(value(place)) for _name, value in COLUMNS])
    return utf8(BYTE_ORDER_MARK + out.getvalue())


def _places(sheet: Proofsheet) -> Iterator[Place]:
    number = 0
    for section in sheet.sections:
        for letter in section.letters:
            number += 1
            yield Place(sheet, number, section.subhead, letter)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(str(value))


FORMAT = Format("csv", "text/csv; charset=utf-8; header=present", "csv", render)
