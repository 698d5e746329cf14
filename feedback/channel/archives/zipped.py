"""A zip archive, read with care: what it unpacks to is counted as it is read, never believed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from feedback.domain.errors import Refused

READ_BY_PIECES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack a piece without bound
MOST_LISTED = 32 * 1024 * 1024  # bytes of the list of files, which is read whole
LEAST_UNPACKED = 1024 * 1024 * 1024  # bytes that any archive may unpack to
TIMES = 100  # that an archive may unpack to of its own size; mails grow five times at most
END, END_64 = b"PK\x05\x06", b"PK\x06\x06"
END_SIZE, END_64_BEFORE, MOST_COMMENT = 22, 76, 65_535  # bytes
BAD = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,  # it is locked
    EOFError,
    OSError,
    ValueError,
)


class UnpacksTooMuch(Exception):
    """The archive is made to fill the machine: no more of it is read."""


class Zipped:
    """The files of an archive, one after another; a context manager.

    Raises Refused (kind `fields`) for what is no zip archive.
    """

    def __init__(self, path: Path) -> None:
        size = path.stat().st_size
        self._left = max(LEAST_UNPACKED, TIMES * size)
        self._file = path.open("rb")
        try:
            _require_short_list(self._file, size)
            self._zip = zipfile.ZipFile(self._file)
        except BAD as error:
            self._file.close()
            raise Refused("This zip archive is broken.", "fields") from error
        except Refused:
            self._file.close()
            raise

    def __enter__(self) -> "Zipped":
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()
        self._file.close()

    def files(self) -> Iterator[zipfile.ZipInfo]:
        """What it says that it has, folders left out."""
        return (info for info in self._zip.infolist() if not info.is_dir())

    def open(self, info: zipfile.ZipInfo) -> "Unpacked":
        """One file; raises one of `BAD` where it is locked, broken or packed in a rare way."""
        if info.compress_type not in READ_BY_PIECES:
            raise NotImplementedError("packed in a way that is not read")
        return Unpacked(self._zip.open(info), self)

    def count(self, number: int) -> None:
        """So many bytes were unpacked; raises UnpacksTooMuch."""
        self._left -= number
        if self._left < 0:
            raise UnpacksTooMuch


class Unpacked:
    """A file of the archive, as a stream that counts; a context manager."""

    def __init__(self, stream: IO[bytes], of: Zipped) -> None:
        self._stream = stream
        self._of = of

    def __enter__(self) -> "Unpacked":
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.close()

    def read(self, most: int, /) -> bytes:
        """At most so many bytes."""
        return self._counted(self._stream.read(most))

    def readline(self, most: int, /) -> bytes:
        """A line, or a piece of one."""
        return self._counted(self._stream.readline(most))

    def _counted(self, raw: bytes) -> bytes:
        self._of.count(len(raw))
        return raw


def _require_short_list(file: IO[bytes], size: int) -> None:
    """The list of files at the end of the archive is one that can be read whole."""
    file.seek(max(0, size - MOST_COMMENT - END_SIZE - END_64_BEFORE))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or at + END_SIZE > len(tail):
        raise zipfile.BadZipFile("it has no end")
    (listed,) = struct.unpack_from("<I", tail, at + 12)
    at_64 = at - END_64_BEFORE
    if at_64 >= 0 and tail.startswith(END_64, at_64):
        (listed,) = struct.unpack_from("<Q", tail, at_64 + 40)
    if listed > MOST_LISTED:
        raise Refused("This zip archive has too many files: split it.", "fields")
    file.seek(0)
