"""Headers of a mail from outside, read one by one so that a broken one breaks nothing.

The standard library's parser raises on some (a Message-ID of `<a@[`, a thousand brackets in From)
and lets encoded line breaks through; here nothing is nested and nothing raises.
"""

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header

from feedback.reading.charsets import decoded
from feedback.reading.cleaning import clean_line

MOST_BYTES = 256 * 1024  # of a header block
MOST_VALUE = 4000  # characters of one header
TRACE = frozenset({"received", "authentication-results"})
MOST_TRACE = 60  # of those headers
GROUP = re.compile(r":[^:;]{0,4000};\s*$")  # “undisclosed recipients:;”, RFC 5322, 3.4
QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,2000}"')
FIELD = re.compile(rb"([!-9;-~]{1,80}):(.*)", re.DOTALL)
ENCODED = re.compile(r"=\?[\w.*-]{1,60}\?[bqBQ]\?[^?\s]{0,2000}\?=")
BETWEEN_ENCODED = re.compile(r"(\?=)\s+(?==\?)")
ADDRESS = re.compile(
    r"[^\s<>,;:\"()\[\]@\x00-\x1f\x7f-\x9f]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}"
)
ANGLE = re.compile(r"<([^<>\s]{1,320})>")
COMMENT = re.compile(r"\(([^()]{0,200})\)")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,240}>")
PARAMETER = re.compile(
    r";\s*([\w!#$&+.^`{}~-]{1,40})(\*(?:[0-9]{1,2}\*?)?)?\s*=\s*"
    r"(\"(?:[^\"\\]|\\.){0,2000}\"|[^\s;\"]{0,2000})"
)


@dataclass(frozen=True)
class Sender:
    """Who a mail says it is from; the address is None where it says nothing clear."""

    name: str | None
    address: str | None


class Headers:
    """The headers of a mail or of one of its parts, by name in lower case."""

    def __init__(self, block: bytes) -> None:
        self._values: dict[str, list[str]] = {}
        self._trace: list[tuple[str, str]] = []
        for name, raw in _fields(block[:MOST_BYTES]):
            values = self._values.setdefault(name, [])
            is_traced = name in TRACE and len(self._trace) < MOST_TRACE
            if len(values) < 2 or is_traced:
                value = decoded(raw[:MOST_VALUE], None)
                if len(values) < 2:
                    values.append(value)
                if is_traced:
                    self._trace.append((name, value))

    def __contains__(self, name: str) -> bool:
        return name in self._values

    @property
    def trace(self) -> Sequence[tuple[str, str]]:
        """What servers wrote on the way, the last one's on top: name and value."""
        return self._trace

    def count(self, name: str) -> int:
        """How often the header stands there (at most 2 are counted)."""
        return len(self._values.get(name, ()))

    def raw(self, name: str) -> str:
        """The first value as it stands there, unfolded; empty without one."""
        return self._values.get(name, [""])[0]

    def text(self, name: str) -> str:
        """The first value in plain words on one line; empty without one."""
        return words_of(self.raw(name))

    def message_id(self) -> str | None:
        """The Message-ID with its angle brackets; None where it is not one."""
        found = MESSAGE_ID.search(self.raw("message-id"))
        return found[0] if found else None

    def sender(self, header: str = "from") -> Sender:
        """From; a second From or a second address makes it unclear, and no address is given."""
        value = self.raw(header)
        name, addresses = _mailbox(value)
        is_clear = self.count(header) == 1 and len(addresses) == 1
        return Sender(name or None, addresses[0] if is_clear else None)

    def is_sender_odd(self) -> bool:
        """Whether From names nobody, several, a group, or hides a line break in the name."""
        value = self.raw("from")
        return (
            self.sender().address is None
            or GROUP.search(QUOTED.sub("", value)) is not None
            or any(
                "\r" in one or "\n" in one for one in map(_encoded_word, ENCODED.finditer(value))
            )
        )

    def parameter(self, header: str, name: str) -> str:
        """A parameter as in `; charset=utf-8`, also in the encoded forms of RFC 2231."""
        found: dict[str, str] = {}
        for match in PARAMETER.finditer(self.raw(header)):
            if match[1].lower() == name:
                value = match[3]
                if value.startswith('"'):
                    value = re.sub(r"\\(.)", r"\1", value[1:-1])
                found.setdefault(match[2] or "", value)
        if "" in found:
            return words_of(found[""])
        # name*=…, or name*0=…, name*1=… with or without a star behind.
        pieces = sorted(found.items(), key=lambda item: int(re.sub(r"\D", "", item[0]) or 0))
        return clean_line("".join(_extended(value) for _, value in pieces))


def words_of(value: str) -> str:
    """A header's value with its encoded words decoded, on one line, nothing invisible in it."""
    joined = BETWEEN_ENCODED.sub(r"\1", value[:MOST_VALUE])
    return clean_line(ENCODED.sub(_encoded_word, joined))


def _encoded_word(found: re.Match[str]) -> str:
    try:
        parts = decode_header(found[0])
    except (HeaderParseError, binascii.Error, ValueError):
        return found[0]
    return "".join(
        part if isinstance(part, str) else decoded(part, charset) for part, charset in parts
    )


def _extended(value: str) -> str:
    """Of `utf-8'en'J%C3%B6rg` the words."""
    charset, mark, rest = value.partition("'")
    rest = rest.partition("'")[2] if mark else value
    raw = re.sub(
        rb"%([0-9A-Fa-f]{2})",
        lambda m: bytes((int(m[1], 16),)),
        rest.encode("utf-8", "replace"),
    )
    return decoded(raw, charset if mark else None)


def _mailbox(value: str) -> tuple[str, list[str]]:
    """Name and addresses in a From header, without nesting anything."""
    angles = [found for found in ANGLE.findall(value) if ADDRESS.fullmatch(found)]
    addresses = list(dict.fromkeys(angles or ADDRESS.findall(value)))[:2]
    before = value.partition("<")[0] if angles else ADDRESS.sub("", value)
    if not before.strip(' "'):
        comment = COMMENT.search(value)
        before = comment[1] if comment else ""
    elif not angles:
        before = COMMENT.sub(r"\1", before)
    name = words_of(re.sub(r"\\(.)", r"\1", before)).strip("\"' ,;:()<>")
    return ("" if "@" in name else name), addresses


def _fields(block: bytes) -> list[tuple[str, bytes]]:
    """Name (lower case) and unfolded value of each header."""
    found: list[tuple[str, list[bytes]]] = []
    for line in block.split(b"\n"):
        bare = line.rstrip(b"\r")
        if bare[:1] in (b" ", b"\t"):
            if found:
                found[-1][1].append(bare)
        elif match := FIELD.fullmatch(bare):
            found.append((match[1].decode("ascii").lower(), [match[2]]))
    return [(name, b"".join(parts).strip()) for name, parts in found]
