"""What an archive is, told by its content and never by its name alone."""

import re
from enum import StrEnum
from pathlib import Path

from feedback.domain.errors import Refused
from feedback.reading import outlook
from feedback.reading.mbox import DIVIDES

A_LOOK = 4096  # bytes of a file that are looked at
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MARK = b"\xef\xbb\xbf"  # some editors of texts begin a file with it
XML = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|rss\b)|\xff\xfe\s?<|\xfe\xff\x00<", re.IGNORECASE)
A_HEADER = re.compile(rb"[!-9;-~]{1,80}[ \t]*:[ \t\r\n][^\r\n]*(?:\r?\n|\Z)")
# Headers that a mail has, one of them near its beginning; a table of letters has none.
OF_MAILS = re.compile(
    rb"(?:\A|\n)(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version)"
    rb"[ \t]*:",
    re.IGNORECASE,
)


class Shape(StrEnum):
    """Which kind of archive it is."""

    MBOX = "mbox"  # many mails in a file
    MAIL = "mail"  # one mail, as .eml files are
    OUTLOOK = "outlook"  # one mail, saved by Outlook
    ZIP = "zip"  # a zip archive of such files
    MAILDIR = "maildir"  # a folder with `cur` and `new`
    FOLDER = "folder"  # any other folder
    COLUMNS = "columns"  # XML: columns that WordPress exported
    ROWS = "rows"  # all else: a table or JSON Lines


def shape_of(path: Path) -> Shape:
    """The kind of the file or folder; raises Refused (kind `fields`) where it cannot be read."""
    if path.is_dir():
        has_mails = (path / "cur").is_dir() and (path / "new").is_dir()
        return Shape.MAILDIR if has_mails else Shape.FOLDER
    try:
        with path.open("rb") as file:
            head = file.read(A_LOOK)
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}).", "fields") from error
    if head.startswith(ZIP):
        return Shape.ZIP
    shape = shape_of_mails(head)
    if shape is not None:
        return shape
    return Shape.COLUMNS if XML.match(head.removeprefix(MARK)) else Shape.ROWS


def shape_of_mails(head: bytes) -> Shape | None:
    """MBOX, MAIL or OUTLOOK by the first bytes of a file; None for anything else."""
    if head.startswith(outlook.MAGIC):
        return Shape.OUTLOOK
    bare = head.removeprefix(MARK).lstrip(b"\r\n")
    divides = DIVIDES.match(bare)
    if divides and is_mail(bare[divides.end() :]):
        return Shape.MBOX
    return Shape.MAIL if is_mail(bare) else None


def is_mail(head: bytes) -> bool:
    """Whether headers of a mail stand at the beginning."""
    return bool(A_HEADER.match(head)) and bool(OF_MAILS.search(head[:A_LOOK]))
