"""The parts of a mail: which one is the letter, which ones are attachments.

Walked without recursion and with caps on depth and number, so that no nesting costs time.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.reading.charsets import decoded
from feedback.reading.mail_headers import MOST_BYTES, Headers

MOST_PARTS = 200
MOST_DEPTH = 20
MOST_TEXT = 1024 * 1024  # bytes of one text, decoded
MOST_NAME = 150  # characters of an attachment's name
MBOX_LINE = re.compile(rb"\A>?From [^\r\n]{3,200}\r?\n")  # above a mail in an archive
HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n|\Z")
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
NAME_PATH = re.compile(r"[/\\]")


@dataclass(frozen=True)
class Part:
    """One leaf of a mail: its headers and its body as it was sent."""

    headers: Headers
    body: bytes

    @property
    def kind(self) -> str:
        """Its content type in lower case; text/plain where none is told."""
        told = self.headers.raw("content-type").partition(";")[0].strip().lower()
        return told if "/" in told else "text/plain"

    @property
    def file_name(self) -> str:
        """The attachment's name without a path, cleaned; empty where it has none."""
        name = self.headers.parameter("content-disposition", "filename")
        name = name or self.headers.parameter("content-type", "name")
        return NAME_PATH.split(name)[-1].strip()[:MOST_NAME]

    @property
    def is_attachment(self) -> bool:
        """Whether it hangs on the mail, and is not the mail's own text."""
        disposition = self.headers.raw("content-disposition").strip().lower()
        return disposition.startswith("attachment") or not self.kind.startswith("text/")

    @property
    def _encoding(self) -> str:
        return self.headers.raw("content-transfer-encoding").strip().lower()

    def decoded(self, most: int = MOST_TEXT) -> bytes:
        """The body by its transfer encoding, `most` bytes of it."""
        raw = self.body
        if self._encoding == "base64":
            raw = _from_base64(raw[: most * 3 // 2])
        elif self._encoding == "quoted-printable":
            raw = quopri.decodestring(raw[: most * 3])
        return raw[:most]

    def size(self) -> int:
        """How many bytes it has once it is decoded; told without decoding base64."""
        if self._encoding != "base64":
            return len(self.decoded(len(self.body)))
        bare = self.body.strip()
        return (len(bare) - bare.count(b"\n") - bare.count(b"\r")) * 3 // 4 - bare[-2:].count(b"=")

    def text(self) -> str:
        """The body in words, by its transfer encoding and its charset."""
        text = decoded(self.decoded(), self.headers.parameter("content-type", "charset"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.headers.parameter("content-type", "format").lower() == "flowed":
            is_close = self.headers.parameter("content-type", "delsp").lower() == "yes"
            text = _unflowed(text, is_close=is_close)
        return text


def split_head(raw: bytes) -> tuple[Headers, bytes]:
    """Headers and body of a mail or part."""
    raw = raw.lstrip(b"\r\n") if raw[:1] in (b"\r", b"\n") else raw
    end = HEAD_END.search(raw, 0, MOST_BYTES)
    if end is None:
        return Headers(raw[:MOST_BYTES]), raw[MOST_BYTES:]
    return Headers(raw[: end.start()]), raw[end.end() :]


def leaves(headers: Headers, body: bytes) -> Iterator[Part]:
    """Every part that has no parts of its own, in the order of the mail; 200 at most."""
    waiting = [(headers, body, 0)]
    seen = 0
    while waiting and seen < MOST_PARTS:
        head, inner, depth = waiting.pop()
        seen += 1
        part = Part(head, inner)
        boundary = head.parameter("content-type", "boundary")
        if part.kind.startswith("multipart/") and boundary and depth < MOST_DEPTH:
            pieces = _pieces(inner, boundary.encode("utf-8", "replace"), MOST_PARTS - seen)
            waiting += [(*split_head(piece), depth + 1) for piece in reversed(pieces)]
        else:
            yield part


def _pieces(body: bytes, boundary: bytes, most: int) -> list[bytes]:
    """What stands between the lines of the boundary; the whole body where there is none."""
    mark = b"--" + boundary
    found: list[bytes] = []
    start: int | None = None
    at = 0 if body.startswith(mark) else body.find(b"\n" + mark)
    while at >= 0 and len(found) < most:
        line = at if body.startswith(mark, at) else at + 1
        if start is not None:
            found.append(body[start:at].rstrip(b"\r"))
        end = body.find(b"\n", line)
        if end < 0 or body.startswith(b"--", line + len(mark)):
            start = None
            break
        start = end + 1
        at = body.find(b"\n" + mark, end)
    if start is not None and len(found) < most:
        found.append(body[start:])  # the last boundary was lost on the way
    return found or [b"\n" + body]


def _from_base64(raw: bytes) -> bytes:
    """What can be decoded; a broken end is left out."""
    bare = NOT_BASE64.sub(b"", raw).partition(b"=")[0]
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def _unflowed(text: str, *, is_close: bool) -> str:
    """Lines that end in a space go on in the next (RFC 3676)."""
    kept: list[list[str]] = []
    goes_on = False
    for line in text.split("\n"):
        bare = line.removeprefix(" ") if not line.startswith(">") else line
        joins = goes_on and not line.startswith(">")
        flows = bare.endswith(" ") and bare != "-- " and not line.startswith(">")
        part = bare[:-1] if flows and is_close else bare
        if joins:
            kept[-1].append(part)
        else:
            kept.append([part])
        goes_on = flows
    return "\n".join("".join(parts) for parts in kept)
