"""Archives: letters from a table or JSON Lines, with the fields of the API and `received_at`."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO

from feedback.channel.archives.outcome import Outcome
from feedback.domain.actor import MACHINE
from feedback.domain.errors import Refused
from feedback.domain.letter import Channel
from feedback.domain.submission import Submission
from feedback.intake.article_match import match_article
from feedback.intake.fields import LIMITS, read_fields
from feedback.intake.receive_many import Arrival, receive_many
from feedback.newsroom import Newsroom
from feedback.store.letterbox import Taken

A_BATCH = 256  # letters that are read, matched and stored together
MOST_LINE = 1024 * 1024  # bytes of one row
FIELDS = (*LIMITS, "withhold_name", "consent", "received_at", "key")

Row = tuple[int, dict[str, str] | str]  # number of the line; the fields, or what is wrong


def import_letters(
    newsroom: Newsroom,
    stream: BinaryIO,
    *,
    mails: bool = False,
    told: Callable[[int], object] = lambda _bytes: None,
) -> Outcome:
    """Read letters from `stream` (CSV with a header, or JSON Lines; UTF-8) and store them.

    A row needs `remarks`; the rest may be missing. The same row again adds nothing (its `key`,
    else a digest of all its fields, says so). Nobody is mailed unless `mails`. `told` hears how
    many bytes are read. Memory stays flat however long the file is.
    """
    counted = _Counted(stream)
    rows = _read_rows(counted)
    outcome = Outcome()
    while batch := list(islice(rows, A_BATCH)):
        _take(newsroom, batch, outcome, mails=mails)
        told(counted.read_bytes)
    return outcome


def _take(newsroom: Newsroom, batch: list[Row], outcome: Outcome, *, mails: bool) -> None:
    lines: list[int] = []
    arrivals: list[Arrival] = []
    with newsroom.store.read() as work:
        for line, row in batch:
            if isinstance(row, str):
                outcome.skip(f"line {line}", row)
                continue
            try:
                submission = _submission(row)
            except Refused as error:
                outcome.skip(f"line {line}", _first_error(error))
                continue
            match = match_article(work, submission.article, newsroom.hosts)
            lines.append(line)
            arrivals.append(Arrival(submission, match))
        now = work.now
    found = receive_many(
        newsroom.letterbox,
        newsroom.store.keys,
        newsroom.house(),
        arrivals,
        now,
        by=MACHINE,
        mails=mails,
    )
    for line, one in zip(lines, found, strict=True):
        if isinstance(one, Refused):
            outcome.skip(f"line {line}", "its key was used for another letter")
        elif not isinstance(one, Taken):
            raise one
        elif one.was_known:
            outcome.known += 1
        else:
            outcome.added += 1


def _submission(row: dict[str, str]) -> Submission:
    submission = read_fields(row, Channel.IMPORT, key=_key(row))
    return replace(submission, received_at=_moment(row.get("received_at", "")))


def _key(row: dict[str, str]) -> str:
    own = row.get("key", "").strip()
    words = own or json.dumps(row, sort_keys=True, ensure_ascii=False)
    return "import:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        says = "received_at: write it like 2024-02-01T09:30:00Z"
        raise Refused(says, "fields", {"errors": []}) from error


def _first_error(error: Refused) -> str:
    errors = error.details.get("errors") or []
    return f"{errors[0].field}: {errors[0].message}" if errors else error.message


class _Counted:
    """Lines of a stream, bounded, with a count of the bytes read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.read_bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        while line := self._stream.readline(MOST_LINE):
            self.read_bytes += len(line)
            yield line


def _read_rows(lines: _Counted) -> Iterator[Row]:
    """The rows, known by their first character: `{` begins JSON Lines, all else is a table."""
    waiting = iter(lines)
    first = next(waiting, b"").removeprefix(b"\xef\xbb\xbf")
    while first and not first.strip():
        first = next(waiting, b"")

    def every() -> Iterator[str]:
        yield first.decode("utf-8", "replace")
        for line in waiting:
            yield line.decode("utf-8", "replace")

    return _json_rows(every()) if first.lstrip().startswith(b"{") else _table_rows(every())


def _json_rows(lines: Iterator[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "this is not JSON"
            continue
        yield number, _fields(raw) if isinstance(raw, dict) else "this is not a JSON object"


def _fields(raw: dict[str, Any]) -> dict[str, str] | str:
    row = {}
    for name in FIELDS:
        value = raw.get(name)
        if value is None:
            continue
        if isinstance(value, bool):
            value = "true" if value else ""
        if not isinstance(value, str):
            return f"{name}: write this as a text"
        row[name] = value
    return row


def _table_rows(lines: Iterator[str]) -> Iterator[Row]:
    csv.field_size_limit(MOST_LINE)
    table = csv.reader(lines)
    try:
        header = [name.strip().lower() for name in next(table, [])]
        if "remarks" not in header:
            yield 1, "the first line must name the columns; “remarks” is missing"
            return
        for cells in table:
            if any(cell.strip() for cell in cells):
                row = {n: c for n, c in zip(header, cells, strict=False) if n in FIELDS}
                yield table.line_num, row
    except csv.Error as error:
        yield table.line_num, f"this cannot be read as a table ({error})"


__all__ = ["Outcome", "import_letters"]
