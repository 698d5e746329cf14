"""Archives come in: whole, once, quietly."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.channel.imports import import_letters
from feedback.newsroom import Newsroom
from feedback.store import letters, mails
from feedback.store.letter_filter import LetterFilter
from tests.factories.article import an_article

ROW = {
    "article": "Working Group With Beijing",
    "remarks": "Meetings are cheap.",
    "name": "Jane Q. Reader",
    "town": "Spokane",
    "state": "Wash.",
    "email": "jane@example.com",
    "received_at": "2019-05-04T10:00:00Z",
}


def jsonl(*rows: dict) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())


def stored(newsroom: Newsroom) -> list:
    with newsroom.store.read() as work:
        return list(letters.page(work, LetterFilter(), limit=500, whole=True).rows)


def test_json_lines_become_letters(newsroom: Newsroom) -> None:
    an_article(newsroom.store, headline="Working Group With Beijing")
    outcome = import_letters(newsroom, jsonl(ROW, ROW | {"remarks": "Another."}))
    assert (outcome.added, outcome.known, outcome.skipped) == (2, 0, 0)
    first = next(one for one in stored(newsroom) if one.original.remarks == "Meetings are cheap.")
    assert first.received_at.isoformat() == "2019-05-04T10:00:00+00:00"
    assert first.channel.value == "import"
    assert first.article.headline == "Working Group With Beijing"
    assert first.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert not first.verifications, "an archive never verifies a letter"


def test_a_table_becomes_letters(newsroom: Newsroom) -> None:
    out = io.StringIO()
    table = csv.DictWriter(out, ["Remarks", "name", "town", "other"])
    table.writeheader()
    table.writerow(
        {"Remarks": 'Two\nlines, "quoted"', "name": "Max", "town": "Tulsa", "other": "x"}
    )
    outcome = import_letters(newsroom, io.BytesIO(b"\xef\xbb\xbf" + out.getvalue().encode()))
    assert outcome.added == 1
    (letter,) = stored(newsroom)
    assert letter.original.remarks == 'Two\nlines, "quoted"'


def test_twice_adds_nothing(newsroom: Newsroom) -> None:
    import_letters(newsroom, jsonl(ROW))
    outcome = import_letters(newsroom, jsonl(ROW))
    assert (outcome.added, outcome.known) == (0, 1)
    assert len(stored(newsroom)) == 1


def test_nobody_is_mailed_unless_asked(newsroom: Newsroom) -> None:
    import_letters(newsroom, jsonl(ROW))
    with newsroom.store.read() as work:
        assert mails.newest(work) == []
    import_letters(newsroom, jsonl(ROW | {"remarks": "Write to me."}), mails=True)
    with newsroom.store.read() as work:
        assert len(mails.newest(work)) == 1


def test_bad_rows_are_named_and_the_rest_comes_in(newsroom: Newsroom) -> None:
    lines = b"".join(
        [
            json.dumps(ROW).encode() + b"\n",
            b"{broken\n",
            b'{"remarks": 7}\n',
            b'{"name": "nobody"}\n',
            b'{"remarks": "x", "received_at": "yesterday"}\n',
            b'["remarks"]\n',
        ]
    )
    outcome = import_letters(newsroom, io.BytesIO(lines))
    assert (outcome.added, outcome.skipped) == (1, 5)
    assert [p.split(":")[0] for p in outcome.problems] == [f"line {n}" for n in range(2, 7)]


def test_a_table_without_remarks_says_so(newsroom: Newsroom) -> None:
    outcome = import_letters(newsroom, io.BytesIO(b"name,town\nJane,Spokane\n"))
    assert outcome.added == 0
    assert "remarks" in outcome.problems[0]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x00", b"\xff\xfe{", b'{"remarks": "'])
def test_nothing_and_nonsense_store_nothing(newsroom: Newsroom, content: bytes) -> None:
    assert import_letters(newsroom, io.BytesIO(content)).added == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_any_bytes_are_taken_or_refused_never_fatal(newsroom: Newsroom, content: bytes) -> None:
    import_letters(newsroom, io.BytesIO(b"remarks,name\n" + content))


def test_many_rows_come_in_batches(newsroom: Newsroom, tmp_path: Path) -> None:
    heard: list[int] = []
    rows = [ROW | {"remarks": f"Letter {n}."} for n in range(600)]
    outcome = import_letters(newsroom, jsonl(*rows), told=heard.append)
    assert outcome.added == 600
    assert len(heard) == 3
    assert heard == sorted(heard)
