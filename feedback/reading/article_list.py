"""A list of articles, known by its content: table, JSON, feed, sitemap, WordPress."""

import json
from collections.abc import Iterable
from itertools import islice

from feedback.reading.article_feeds import read_xml
from feedback.reading.article_row import (
    ArticleList,
    ArticleRow,
    BadRow,
    ListKind,
    NotAList,
)
from feedback.reading.article_tables import (
    is_wordpress,
    read_csv,
    read_json_array,
    read_jsonl,
    read_wordpress,
)

__all__ = ["ArticleList", "ArticleRow", "BadRow", "ListKind", "NotAList", "read_list"]

MOST_ROWS = 1_000_000


def read_list(content: bytes, most: int = MOST_ROWS) -> ArticleList:
    """The articles that a file names, at most `most`; rows that cannot be used are told apart.

    Raises NotAList where it is no list of articles.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16, as spreadsheets save it
    start = content[:1024].decode("utf-16" if wide else "utf-8", "replace")
    start = start.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")):
        raise NotAList("This is a web page, not a feed or sitemap.")
    if start.startswith("<"):
        return read_xml(content.lstrip(b"\xef\xbb\xbf \t\r\n"), most)
    text = content.decode("utf-16", "replace") if wide else _decoded(content)
    if start.startswith("["):
        return _read_array(text, most)
    if start.startswith("{"):
        return _gathered(ListKind.JSONL, read_jsonl(text), most)
    if not start:
        raise NotAList("The list is empty.")
    return _gathered(ListKind.CSV, read_csv(text), most)


def _read_array(text: str, most: int) -> ArticleList:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAList("This JSON cannot be read.") from error
    if not values or is_wordpress(values):
        return _gathered(ListKind.WORDPRESS, read_wordpress(values), most)
    return _gathered(ListKind.JSONL, read_json_array(values), most)


def _gathered(kind: ListKind, read: Iterable[ArticleRow | BadRow], most: int) -> ArticleList:
    rows: list[ArticleRow] = []
    bad: list[BadRow] = []
    for one in islice(read, most):
        if isinstance(one, BadRow):
            bad.append(one)
        else:
            rows.append(one)
    return ArticleList(kind, tuple(rows), tuple(bad))


def _decoded(content: bytes) -> str:
    """As text; spreadsheets still save tables in Windows' own alphabet."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")
