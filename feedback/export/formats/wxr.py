"""WXR: a WordPress export file, version 1.2, with the column as one draft post.

For Tools, Import, WordPress. The post has the block markup that “Copy column” gives. WordPress
takes titles, excerpts and tags for HTML, so they are escaped for it as well.
"""

import datetime as dt
import re
import unicodedata
from email.utils import format_datetime
from html import escape
from typing import Any

from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format
from feedback.export.lasting_name import sheet_urn
from feedback.export.small_copies import excerpt, tags
from feedback.export.wordpress_blocks import wordpress
from feedback.export.xml_text import xml_file, xml_text

VERSION = "1.2"
WP = f"http://wordpress.org/export/{VERSION}/"
EXCERPT = f"http://wordpress.org/export/{VERSION}/excerpt/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
_PREFIXES = {"excerpt": EXCERPT, "content": CONTENT, "dc": DC, "wp": WP}
# So that the post gets the moment in which it is published there.
_FLOATING = "0000-00-00 00:00:00"
_AUTHOR = "letters"  # whoever imports the file says which account that is


def render(sheet: Proofsheet) -> bytes:
    """The file; importing it twice makes one post, since WordPress knows title and day again."""
    root = etree.Element("rss", version="2.0", nsmap=_PREFIXES)
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", sheet.publication)
    _add(channel, "description", sheet.column_name)
    _add(channel, "language", "en-US")
    _add(channel, _wp("wxr_version"), VERSION)
    author = etree.SubElement(channel, _wp("author"))
    _add(author, _wp("author_id"), "1")
    _add(author, _wp("author_login"), _AUTHOR)
    _add(author, _wp("author_email"), "")
    _add(author, _wp("author_display_name"), sheet.publication)
    for number, subhead in enumerate(tags(sheet), start=1):
        tag = etree.SubElement(channel, _wp("tag"))
        _add(tag, _wp("term_id"), str(number))
        _add(tag, _wp("tag_slug"), _slug(subhead, number))
        _add(tag, _wp("tag_name"), _html(subhead))
    _post(etree.SubElement(channel, "item"), sheet)
    return xml_file(root)


def _post(item: Any, sheet: Proofsheet) -> None:
    day = sheet.date.strftime("%Y-%m-%d 00:00:00") if sheet.date else ""
    _add(item, "title", _html(sheet.title or sheet.column_name))
    if sheet.date:
        midnight = dt.datetime.combine(sheet.date, dt.time(), dt.UTC)
        _add(item, "pubDate", format_datetime(midnight))
    _add(item, f"{{{DC}}}creator", _AUTHOR)
    _add(item, "guid", sheet_urn(sheet)).set("isPermaLink", "false")
    _add(item, "description", "")
    _add(item, f"{{{CONTENT}}}encoded", wordpress(sheet))
    _add(item, f"{{{EXCERPT}}}encoded", _html(excerpt(sheet)))
    for name, value in (
        ("post_id", "1"), ("post_date", day), ("post_date_gmt", _FLOATING),
        ("comment_status", "closed"), ("ping_status", "closed"), ("post_name", sheet.slug or ""),
        ("status", "draft"), ("post_parent", "0"), ("menu_order", "0"),
        ("post_type", "post"), ("post_password", ""), ("is_sticky", "0"),
    ):  # fmt: skip
        _add(item, _wp(name), value)
    for number, subhead in enumerate(tags(sheet), start=1):
        tag = _add(item, "category", _html(subhead))
        tag.set("domain", "post_tag")
        tag.set("nicename", _slug(subhead, number))


def _add(parent: Any, name: str, words: str) -> Any:
    element = etree.SubElement(parent, name)
    if words:
        element.text = etree.CDATA(xml_text(words))
    return element


def _wp(name: str) -> str:
    return f"{{{WP}}}{name}"


def _html(text: str) -> str:
    return escape(text, quote=False)


def _slug(text: str, number: int) -> str:
    """Small letters, digits and hyphens; a tag in another script has its number."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-") or f"letters-{number}"


FORMAT = Format("wxr", "text/xml; charset=utf-8", "wxr.xml", render)
