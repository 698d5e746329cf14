"""An mbox: many mails in one file, told apart line by line; one of them is held at a time."""

import re
from collections.abc import Iterator
from typing import Protocol

A_LINE = 64 * 1024  # bytes that are read at once; longer lines come in pieces
# “From jane@example.com Sat Jan  3 01:05:34 1996”; the day is missing in some.
DIVIDES = re.compile(
    rb"From [^\r\n]{0,200}?\d\d?:\d\d(?::\d\d)?[^\r\n]{0,40}\d{4}[^\r\n]{0,40}\r?\n"
    rb"|From [^\s@]{1,100}@[^\s@]{1,200}[ \t]*\r?\n"
)
QUOTED = re.compile(rb">+From ")
BLANK = (b"\n", b"\r\n")


class Lines(Protocol):
    """What can be read line by line."""

    def readline(self, most: int, /) -> bytes:
        """The next line, or its next piece of at most so many bytes; empty at the end."""


def mails_in_mbox(stream: Lines, most: int) -> Iterator[bytes | None]:
    """Each mail as it was sent: without the line that divides, without what it made be quoted.

    None stands for a mail of more than `most` bytes. What stands before the first dividing line is
    no mail.
    """
    mail: _Mail | None = None
    is_start, is_after_blank = True, True
    while line := stream.readline(A_LINE):
        if is_start and is_after_blank and DIVIDES.fullmatch(line):
            if mail is not None:
                yield mail.whole()
            mail = _Mail(most)
        elif mail is not None:
            is_quoted = is_start and QUOTED.match(line)
            mail.add(line[1:] if is_quoted else line)
        is_after_blank = is_start and line in BLANK
        is_start = line.endswith(b"\n")
    if mail is not None:
        yield mail.whole()


class _Mail:
    """The lines of one mail; they are let go once they are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._raw = bytearray()
        self._blank = 0  # bytes of the last line, where that is a blank one

    def add(self, line: bytes) -> None:
        self._size += len(line)
        self._blank = len(line) if line in BLANK else 0
        if self._size > self._most:
            self._raw.clear()
        else:
            self._raw += line

    def whole(self) -> bytes | None:
        """Without the blank line that belongs to the mbox."""
        if self._size > self._most:
            return None
        return bytes(self._raw[: len(self._raw) - self._blank])
