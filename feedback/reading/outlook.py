"""A message that Outlook saved (.msg): made a mail again, so that it is read as any mail.

The file is a small file system (MS-CFB) with a stream for each property (MS-OXMSG). Only the
properties that a letter is made of are read; what hangs on the message is not touched.
"""

import struct
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO

import olefile

from feedback.reading.charsets import decoded

MAGIC = olefile.MAGIC
MOST_TEXT = 1024 * 1024  # bytes of one property that are kept
SECTORS_OF_A_TABLE = 128  # that one sector of the table of sectors tells of
SPARE_TABLES = 110  # sectors of that table that a file may have beyond need
PROPERTIES = "__properties_version1.0"
PROPERTIES_AT, A_PROPERTY = 32, 16  # bytes: the head of that stream, one entry
# Numbers of properties (MS-OXPROPS).
SUBJECT, BODY, HTML, HEADERS = 0x0037, 0x1000, 0x1013, 0x007D
SENDER, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
SENT_FOR, SENT_FOR_SMTP, TO, MESSAGE_ID = 0x0042, 0x5D02, 0x0E04, 0x1035
SUBMITTED_AT, DELIVERED_AT, CODE_PAGE, HTML_PAGE = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
UNICODE, EIGHT_BIT, BINARY = "001F", "001E", "0102"
BEGIN = datetime(1601, 1, 1, tzinfo=UTC)
UTF_8_PAGE = 65001
OF_THE_BODY = ("content-", "mime-version")  # headers that tell of a body that is not here


class NotOutlook(ValueError):
    """The bytes are no message of Outlook, or a broken one."""


def as_mail(raw: bytes) -> bytes:
    """The message as a mail (RFC 5322, UTF-8): its headers, its plain text, else its HTML.

    Raises NotOutlook for anything else, and where it has neither.
    """
    _require_sound_size(raw)
    try:
        # Stricter than the library's default: what it lets pass there may never come to an end.
        with olefile.OleFileIO(BytesIO(raw), raise_defects=olefile.DEFECT_INCORRECT) as file:
            return _Message(file).mail()
    except NotOutlook:
        raise
    except Exception as error:  # the library raises whatever a broken file brings it to
        raise NotOutlook(f"This is no message of Outlook ({type(error).__name__}).") from error


def _require_sound_size(raw: bytes) -> None:
    """No larger table of sectors than the file can have, since it is read whole."""
    if not raw.startswith(MAGIC) or len(raw) < olefile.MINIMAL_OLEFILE_SIZE:
        raise NotOutlook("This is no message of Outlook.")
    tables, further = struct.unpack_from("<I24xI", raw, 44)
    most = len(raw) // 512 // SECTORS_OF_A_TABLE + SPARE_TABLES
    if tables > most or further > most:
        raise NotOutlook("This message of Outlook is broken.")


class _Message:
    """The properties of the message itself."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        self._fixed = dict(self._numbers())

    def mail(self) -> bytes:
        body, kind = self._text(BODY), "plain"
        if not body.strip():
            body, kind = self._html(), "html"
        if not body.strip():
            raise NotOutlook("This message of Outlook has no text.")
        head = [
            *self._headers(),
            "MIME-Version: 1.0",
            f"Content-Type: text/{kind}; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        text = "\n".join([*head, "", *body.splitlines(), ""])
        return text.encode("utf-8", "replace")

    def _headers(self) -> list[str]:
        """Those it came with, without what told of its body; else what Outlook knows."""
        kept: list[str] = []
        is_kept = True
        for line in self._text(HEADERS).splitlines():
            if line[:1] not in (" ", "\t"):
                name, colon, _ = line.partition(":")
                is_kept = bool(colon) and not name.lower().startswith(OF_THE_BODY)
            if is_kept and line.strip():
                kept.append(line)
        names = {line.partition(":")[0].lower() for line in kept}
        told = {
            "From": self._sender(),
            "To": self._text(TO),
            "Subject": self._text(SUBJECT),
            "Date": self._date(),
            "Message-ID": self._text(MESSAGE_ID),
        }
        made = [f"{n}: {_one_line(v)}" for n, v in told.items() if v and n.lower() not in names]
        return made + kept  # made ones first: a kept line may be folded

    def _sender(self) -> str:
        name = self._text(SENDER) or self._text(SENT_FOR)
        known = (self._text(n) for n in (SENDER_SMTP, SENT_FOR_SMTP, SENDER_ADDRESS))
        address = next((one for one in known if "@" in one), "")  # others are Exchange's own names
        if name and name != address:
            bare = name.replace("\\", "").replace('"', "")
            return f'"{bare}" <{address}>' if address else f'"{bare}"'
        return address

    def _date(self) -> str:
        ticks = self._fixed.get(SUBMITTED_AT) or self._fixed.get(DELIVERED_AT)
        if not ticks:
            return ""
        try:
            return format_datetime(BEGIN + timedelta(microseconds=ticks // 10))
        except OverflowError:
            return ""

    def _html(self) -> str:
        raw = self._stream(HTML, BINARY)
        return self._in_page(raw, HTML_PAGE) if raw else self._text(HTML)

    def _text(self, number: int) -> str:
        raw = self._stream(number, UNICODE)
        if raw:
            return raw.decode("utf-16-le", "replace").replace("\x00", "")
        return self._in_page(self._stream(number, EIGHT_BIT), CODE_PAGE).replace("\x00", "")

    def _in_page(self, raw: bytes, number: int) -> str:
        page = self._fixed.get(number, 0) & 0xFFFFFFFF
        return decoded(raw, "utf-8" if page == UTF_8_PAGE else f"cp{page}" if page else None)

    def _stream(self, number: int, kind: str) -> bytes:
        name = f"__substg1.0_{number:04X}{kind}"
        if not self._file.exists(name):
            return b""
        found: bytes = self._file.openstream(name).read(MOST_TEXT)
        return found

    def _numbers(self) -> list[tuple[int, int]]:
        """Properties of fixed length, by their numbers."""
        if not self._file.exists(PROPERTIES):
            raise NotOutlook("This file has no message of Outlook.")
        raw: bytes = self._file.openstream(PROPERTIES).read(MOST_TEXT)
        places = range(PROPERTIES_AT, len(raw) - A_PROPERTY + 1, A_PROPERTY)
        return [struct.unpack_from("<2xH4xQ", raw, at) for at in places]


def _one_line(value: str) -> str:
    return " ".join(value.split())
