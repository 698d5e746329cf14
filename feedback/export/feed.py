"""The Atom feed of published editions, one entry an edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator

from feedback.domain.proofsheet import Proofsheet
from feedback.export.simple_html import simple_body
from feedback.export.small_copies import excerpt
from feedback.export.xml_text import xml_text

MOST_ENTRIES = 20


@dataclass(frozen=True)
class FeedEntry:
    """An edition as printed, with when that was; `changed_at` where a letter was taken down."""

    sheet: Proofsheet
    published_at: datetime
    changed_at: datetime | None = None


def edition_url(base_url: str, slug: str) -> str:
    """Where readers find the edition; also its lasting name in the feed."""
    return f"{base_url}/editions/{slug}"


def atom(
    entries: Sequence[FeedEntry], base_url: str, name: str, publication: str, now: datetime
) -> bytes:
    """The feed of the column `name` with these editions, newest first, at most twenty.

    `now` stands as the feed's moment while there is no edition.
    """
    newest = entries[:MOST_ENTRIES]
    feed = FeedGenerator()
    feed.id(f"{base_url}/editions/")
    feed.title(xml_text(f"{name} – {publication}" if publication != name else name))
    feed.author({"name": xml_text(publication)})
    feed.link(href=f"{base_url}/editions/feed.atom", rel="self", type="application/atom+xml")
    feed.link(href=f"{base_url}/editions/", rel="alternate", type="text/html")
    feed.language("en-US")
    feed.generator("We Hear You")
    feed.updated(max((_changed(entry) for entry in newest), default=now))
    for entry in newest:
        _add(feed, entry, base_url, name)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add(feed: FeedGenerator, entry: FeedEntry, base_url: str, name: str) -> None:
    sheet = entry.sheet
    url = edition_url(base_url, sheet.slug or "")
    item = feed.add_entry(order="append")
    item.id(url)
    item.title(xml_text(sheet.title or name))
    item.link(href=url, rel="alternate", type="text/html")
    item.published(entry.published_at)
    item.updated(_changed(entry))
    item.summary(xml_text(excerpt(sheet)), type="text")
    item.content(xml_text(str(simple_body(sheet))), type="html")


def _changed(entry: FeedEntry) -> datetime:
    return entry.changed_at or entry.published_at
