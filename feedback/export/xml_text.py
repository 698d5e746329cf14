"""Words and addresses as XML can hold them, and a tree as a file."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from lxml import etree

# What XML cannot hold; no text of ours has it, names of a house might.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_KEPT = "!$&'()*+,;=:@/?~%"


def xml_text(text: str) -> str:
    """The text without the characters that no XML file can have."""
    return _NOT_XML.sub("", text)


def add_words(into: etree._Element, text: str, line_break: str) -> None:
    """The text at the end of the element; `line_break` is the tag that a line break becomes."""
    first, *rest = xml_text(text).split("\n")
    if len(into):
        into[-1].tail = (into[-1].tail or "") + first
    else:
        into.text = (into.text or "") + first
    for line in rest:
        etree.SubElement(into, line_break).tail = line


def uri(address: str) -> str:
    """A web address as RFC 3986 spells it, in ASCII; programs call a file with others broken."""
    parts = urlsplit(_STRAY_PERCENT.sub("%25", address))
    return urlunsplit(
        (
            parts.scheme.lower(),
            _host(parts.netloc),
            quote(parts.path, safe=_KEPT),
            quote(parts.query, safe=_KEPT),
            quote(parts.fragment, safe=_KEPT),
        )
    )


def _host(netloc: str) -> str:
    try:
        return quote(netloc.encode("idna").decode("ascii"), safe="[]" + _KEPT)
    except UnicodeError:  # not a name that can exist
        return quote(netloc, safe="[]" + _KEPT)


def xml_file(root: etree._Element, doctype: str | None = None) -> bytes:
    """The tree as a file in UTF-8 with its declaration; a newline at the end."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=doctype)
    return written + b"\n"
