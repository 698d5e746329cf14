"""Articles from a table (CSV), from lines of JSON, from WordPress's own interface."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from feedback.reading.article_row import (
    MOST_AUTHOR,
    ArticleRow,
    BadRow,
    BadValue,
    NotAList,
    author_of,
    day_of,
    day_or_none,
    headline_of,
    headline_of_site,
    web_address,
)
from feedback.reading.cleaning import clean_line

KEYS = ("url", "headline", "author", "published_on")
NO_KEYS = "The first line must name the columns: url, headline, author, published_on."

Read = Iterator[ArticleRow | BadRow]


def read_csv(text: str) -> Read:
    """Rows of a table whose first line names its columns, in any order.

    Parted by comma, semicolon or tab. Raises NotAList where the first line does not name them.
    """
    head = text.split("\n", 1)[0]
    parted_by = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by)
    names: list[str] | None = None
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            yield BadRow(reader.line_num, "This line cannot be read as a table.")
            continue
        if names is None:
            names = [cell.strip().lower() for cell in cells]
            if "headline" not in names:
                raise NotAList(NO_KEYS)
        elif any(cell.strip() for cell in cells):
            yield _row(dict(zip(names, cells, strict=False)), reader.line_num)
    if names is None:
        raise NotAList(NO_KEYS)


def read_jsonl(text: str) -> Read:
    """One JSON object a line, with the keys of the table."""
    for line, one in enumerate(text.split("\n"), start=1):
        if not one.strip():
            continue
        try:
            value = json.loads(one)
        except (ValueError, RecursionError):
            yield BadRow(line, "This line is no JSON.")
            continue
        yield _row(value, line) if isinstance(value, dict) else BadRow(line, "No JSON object.")


def read_json_array(values: list[Any]) -> Read:
    """Objects of one JSON array, with the keys of the table; the line is their number."""
    for number, value in enumerate(values, start=1):
        is_object = isinstance(value, dict)
        yield _row(value, number) if is_object else BadRow(number, "No JSON object.")


def is_wordpress(values: list[Any]) -> bool:
    """True where an array holds posts as WordPress gives them."""
    first = values[0] if values else None
    return isinstance(first, dict) and "link" in first and isinstance(first.get("title"), dict)


def read_wordpress(values: list[Any]) -> Read:
    """Posts of `/wp-json/wp/v2/posts`; those that are not published are left out."""
    for number, post in enumerate(values, start=1):
        if not isinstance(post, dict) or post.get("status", "publish") != "publish":
            continue
        try:
            url = web_address(_text(post, "link"))
            headline = headline_of_site(_text(post.get("title"), "rendered"))
        except BadValue as error:
            yield BadRow(number, str(error))
            continue
        day = day_or_none(_text(post, "date"))
        yield ArticleRow(url, headline, _wordpress_author(post), day, number)


def _row(given: dict[str, Any], line: int) -> ArticleRow | BadRow:
    try:
        values = {key: _cell(given, key) for key in KEYS}
        headline = headline_of(values["headline"])
        url = web_address(values["url"]) if values["url"].strip() else None
        day = day_of(values["published_on"])
    except BadValue as error:
        return BadRow(line, str(error))
    author = clean_line(values["author"])
    if len(author) > MOST_AUTHOR:
        return BadRow(line, "The author is longer than 200 characters.")
    return ArticleRow(url, headline, author or None, day, line)


def _cell(given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadValue(f"“{key}” must be text.")
    return value


def _text(holder: Any, key: str) -> str:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


def _wordpress_author(post: dict[str, Any]) -> str | None:
    embedded = post.get("_embedded")
    authors = embedded.get("author") if isinstance(embedded, dict) else None
    if not isinstance(authors, list):
        return None
    names = [author_of(_text(one, "name")) for one in authors[:5]]
    return " and ".join(name for name in names if name)[:MOST_AUTHOR] or None
