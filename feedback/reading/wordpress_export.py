"""Posts in a file that WordPress exported (WXR), one after another.

Parsed without entities, without the network, without libxml2's permission for huge documents; a
post that was read is let go.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, BinaryIO

from lxml import etree

from feedback.reading.cleaning import clean_line

MOST_OF_A_POST = 32 * 1024 * 1024  # bytes between the ends of two posts
MOST_CATEGORIES = 50
MARK = b"\xef\xbb\xbf"
OF_WORDPRESS = re.compile(r"\{http://wordpress\.org/export/[\d.]+/\}")
MOMENT = "%Y-%m-%d %H:%M:%S"


class NotAnExport(ValueError):
    """The XML is not what WordPress exports, or it is broken beyond reading."""


@dataclass(frozen=True)
class Post:
    """A published post; `printed_on` is its day at the site, `printed_at` the moment."""

    guid: str
    title: str
    link: str
    html: str
    categories: tuple[str, ...]
    printed_at: datetime | None
    printed_on: date | None


class _Bounded:
    """A file of which no more than a post's length is read without a post in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._since = 0

    def read(self, most: int) -> bytes:
        raw = self._stream.read(most)
        self._since += len(raw)
        if self._since > MOST_OF_A_POST:
            raise NotAnExport("This export has a post that is too long.")
        return raw

    def begin_anew(self) -> None:
        self._since = 0


def posts_in(stream: BinaryIO) -> Iterator[Post]:
    """The published posts of an export; pages, drafts and the rest are left out.

    Raises NotAnExport, also after some posts, where the rest cannot be read.
    """
    bounded = _Bounded(stream)
    is_export = False
    try:
        for _event, item in etree.iterparse(
            bounded,
            tag="{*}item",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            recover=True,
        ):
            bounded.begin_anew()
            values = _values(item)
            is_export = is_export or bool(values.get("post_type"))
            if values.get("post_type") == "post" and values.get("status") == "publish":
                yield _post(item, values)
            _let_go(item)
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, NotAnExport):
            raise
        raise NotAnExport("This XML cannot be read.") from error
    if not is_export:
        raise NotAnExport("This XML is no export of WordPress.")


def _let_go(item: Any) -> None:
    item.clear()
    above = item.getparent()
    while above is not None and item.getprevious() is not None:
        del above[0]


def _values(item: Any) -> dict[str, str]:
    """What WordPress says of the item, by names without their prefix."""
    found: dict[str, str] = {}
    for child in item:
        name = child.tag if isinstance(child.tag, str) else ""
        if OF_WORDPRESS.match(name):
            found.setdefault(name.rpartition("}")[2], _inner(child).strip())
    return found


def _post(item: Any, values: dict[str, str]) -> Post:
    at = _moment(values.get("post_date_gmt", "")) or _moment_of_feed(_text(item, "pubDate"))
    local = _moment(values.get("post_date", "")) or at
    names = (_inner(one) for one in item.iterfind("{*}category"))
    return Post(
        guid=_text(item, "guid") or _text(item, "link"),
        title=clean_line(_text(item, "title")),
        link=_text(item, "link"),
        html=_inner(next(item.iterfind("{http://purl.org/rss/1.0/modules/content/}encoded"), None)),
        categories=tuple(clean_line(name) for name in islice(names, MOST_CATEGORIES)),
        printed_at=at or local,
        printed_on=local.date() if local else None,
    )


def _moment(text: str) -> datetime | None:
    """“2019-03-02 10:00:00”; a post without a date has zeros."""
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _moment_of_feed(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(item: Any, name: str) -> str:
    return _inner(next(item.iterfind(f"{{*}}{name}"), None)).strip()


def _inner(element: Any) -> str:
    """All text inside; entities that were not resolved are left out."""
    return "" if element is None else "".join(element.itertext(etree.Element))
