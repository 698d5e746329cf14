"""CSV that no spreadsheet computes, and that gives every text back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.export.formats import FORMATS
from feedback.export.formats.csv import COLUMNS, guarded, unguarded
from tests.export.read_back import csv_rows
from tests.export.sheets import a_printed, a_sheet

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def render(*paragraphs: str, **parts: object) -> bytes:
    return FORMATS["csv"].render(a_sheet(("One", [a_printed(*paragraphs, **parts)])))


def test_the_file_is_rfc_4180_with_a_byte_order_mark() -> None:
    data = render('Meetings, “cheap” or "dear".', "Yes.")
    assert data.startswith("\ufeffposition,ref,".encode())
    assert data.endswith(b"\r\n")
    assert b'"Meetings, \xe2\x80\x9ccheap\xe2\x80\x9d or ""dear"".\n\nYes."' in data
    header, _row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert header == [name for name, _value in COLUMNS]
    assert len(set(header)) == len(header)


def test_a_row_has_what_the_columns_say() -> None:
    (row,) = csv_rows(render("One.", "Two.", salutation="Dear You: ", abridged=True))
    assert row["position"] == "1"
    assert row["ref"] == "WHY-7Q2KD"
    assert (row["edition"], row["date"], row["provisional"]) == (
        "2026-03-08",
        "2026-03-08",
        "false",
    )
    assert (row["subhead"], row["salutation"], row["text"]) == ("One", "Dear You:", "One.\n\nTwo.")
    assert row["signature"] == "Jane Q. Reader, Spokane, Wash."
    assert (row["name"], row["town"], row["place_state"]) == ("Jane Q. Reader", "Spokane", "WA")
    assert (row["abridged"], row["taken_down"], row["headline"]) == ("true", "false", "")
    assert (row["article_headline"], row["word_count"]) == ("", "12")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", '"', "'", "“", "\u00a0", "\u200b", '" \'"', "\u3000"])
def test_no_cell_begins_with_what_a_spreadsheet_computes(sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    cell = guarded(text)
    assert unguarded(cell) == text
    if sign.isspace() and before:
        return
    assert cell.startswith("'")
    # The apostrophe is text like any other: written once more, it is still there.
    out = io.StringIO()
    csv.writer(out).writerow([cell])
    (again,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert again == [cell]


@pytest.mark.parametrize("separator", [";", "\t", "\n", "\r"])
def test_a_cell_that_begins_behind_another_separator_is_safe_as_well(separator: str) -> None:
    """Excel takes semicolons in half of Europe, whatever the file's name says."""
    text = f'He said so{separator}"=HYPERLINK(1)'
    assert guarded(text) == f"He said so{separator}'\"=HYPERLINK(1)"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text",
    ["Five—or 5 - 2.", "a=b", "It is 3, -4 below.", "me@example.com", "'tis", "1+1=2; yes", ""],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_every_field_that_a_reader_fills_is_guarded() -> None:
    evil = '=cmd|" /C calc"!A0'
    record = {
        "signature": {"name": evil, "standing": evil, "town": evil, "state": evil},
        "article": {"headline": evil, "url": evil, "author": evil},
    }
    (row,) = csv_rows(
        FORMATS["csv"].render(
            a_sheet(
                (
                    evil,
                    [
                        a_printed(
                            evil,
                            headline=evil,
                            salutation=evil,
                            signature=evil,
                            tagline=evil,
                            editors_reply=evil,
                            record=record,
                        )
                    ],
                )
            )
        )
    )
    evil_cells = [name for name, cell in row.items() if "cmd" in cell]
    assert len(evil_cells) == 14
    assert all(row[name] == f"'{evil}" for name in evil_cells)


@given(text=st.text(alphabet="=+-@＝\t\r\n;'\" “\u200bab", max_size=12) | st.text(max_size=30))
def test_whatever_is_guarded_comes_back_and_begins_harmlessly(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    for part in cell.replace("\t", ";").replace("\r", ";").replace("\n", ";").split(";"):
        assert not part.startswith(("=", "+", "-", "@", "＝"))
    assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("unit", ["'", '"', " ", "\u200b", ";", "\n", "=", "\t"])
def test_guarding_takes_time_in_proportion(unit: str) -> None:
    import time

    def took(times: int) -> float:
        text = unit * times
        begun = time.perf_counter()
        guarded(text)
        return time.perf_counter() - begun

    took(1000)
    assert took(200_000) < 1
