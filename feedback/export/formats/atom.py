"""Atom: an edition as a feed of one entry, which has the whole column (RFC 4287).

`export/feed.py` is the public feed of all editions. A format knows no address of ours, so names
are URNs; a draft is marked by RFC 5023 as well.
"""

import datetime as dt
from typing import Any

from lxml import etree

from feedback.domain.proofsheet import Proofsheet
from feedback.export.format import Format
from feedback.export.lasting_name import column_urn, sheet_urn
from feedback.export.simple_html import simple_body
from feedback.export.small_copies import excerpt, tags
from feedback.export.xml_text import xml_file, xml_text

ATOM = "http://www.w3.org/2005/Atom"
APP = "http://www.w3.org/2007/app"
_NO_MOMENT = "1970-01-01T00:00:00Z"


def render(sheet: Proofsheet) -> bytes:
    """The feed, in the order that the standard's examples have."""
    feed = etree.Element(_atom("feed"), nsmap={None: ATOM, "app": APP})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "en-US")
    _add(feed, "id", column_urn(sheet))
    _add(feed, "title", sheet.column_name)
    _add(feed, "updated", _moment(sheet))
    _add(etree.SubElement(feed, _atom("author")), "name", sheet.publication)
    _add(feed, "generator", "We Hear You")
    entry = etree.SubElement(feed, _atom("entry"))
    _add(entry, "id", sheet_urn(sheet))
    _add(entry, "title", sheet.title or sheet.column_name)
    _add(entry, "updated", _moment(sheet))
    if sheet.date and not sheet.provisional:
        _add(entry, "published", _moment(sheet))
    for subhead in tags(sheet):
        etree.SubElement(entry, _atom("category"), term=xml_text(subhead))
    if sheet.provisional:
        control = etree.SubElement(entry, f"{{{APP}}}control")
        etree.SubElement(control, f"{{{APP}}}draft").text = "yes"
    _add(entry, "summary", excerpt(sheet))
    _add(entry, "content", str(simple_body(sheet))).set("type", "html")
    return xml_file(feed)


def _moment(sheet: Proofsheet) -> str:
    """Midnight of the edition's day; of letters by themselves, when the newest came in."""
    if sheet.date:
        return dt.datetime.combine(sheet.date, dt.time(), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    came = (letter.record.get("received_at") for letter in sheet.letters())
    return max((moment for moment in came if moment), default=_NO_MOMENT)


def _add(parent: Any, name: str, words: str) -> Any:
    element = etree.SubElement(parent, _atom(name))
    element.text = xml_text(words)
    return element


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


FORMAT = Format("atom", "application/atom+xml; charset=utf-8", "atom", render)
