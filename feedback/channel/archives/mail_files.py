"""The mails of an archive, one after another, whatever holds them: mbox, Maildir, folder, zip."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Protocol

from feedback.channel.archives.shape import A_LOOK, MARK, Shape, shape_of_mails
from feedback.channel.archives.zipped import BAD, UnpacksTooMuch, Zipped
from feedback.channel.mail.keep import MOST_BYTES
from feedback.reading.mbox import mails_in_mbox
from feedback.reading.outlook import NotOutlook, as_mail

SAVED_MAILS = (".eml", ".msg", ".mbox")  # names under which a mail is expected


class Fault(StrEnum):
    """Why a piece of an archive is no mail that can be read."""

    TOO_LARGE = "too_large"  # more than any letter has
    BROKEN = "broken"  # it says that it is a mail, and cannot be read
    OTHER = "other"  # a file of another kind, as folders have them
    ENDLESS = "endless"  # the archive unpacks to more than any real one: the rest is left out


@dataclass(frozen=True)
class Piece:
    """A mail of an archive: its bytes as they came, the mail as it is read; or what is wrong.

    `name` says where it stands. For a message of Outlook the two differ.
    """

    name: str
    raw: bytes = b""
    mail: bytes = b""
    fault: Fault | None = None


class Stream(Protocol):
    """What mails are read from."""

    def read(self, most: int, /) -> bytes:
        """At most so many bytes; empty at the end."""

    def readline(self, most: int, /) -> bytes:
        """A line, or a piece of one; empty at the end."""


def size_of(path: Path, shape: Shape) -> int:
    """Bytes that there are to read, for a progress bar."""
    if shape not in (Shape.MAILDIR, Shape.FOLDER):
        return path.stat().st_size
    return sum(size for _file, size in _files(path, shape))


def mails_of(path: Path, shape: Shape, told: Callable[[int], object]) -> Iterator[Piece]:
    """Every mail of the archive; one is held in memory at a time, 50 MB of it at most.

    `told` hears how many bytes are done. Nothing is written, links are not followed. Raises
    Refused for a zip archive that cannot be opened.
    """
    if shape is Shape.ZIP:
        yield from _in_zip(path, told)
        return
    is_folder = shape in (Shape.MAILDIR, Shape.FOLDER)
    files = _files(path, shape) if is_folder else iter([(path, 0)])
    done = 0
    for file, size in files:
        name = file.relative_to(path).as_posix() if is_folder else file.name
        try:
            with file.open("rb") as opened:
                counted = _Counted(opened, done, told)
                yield from _in_stream(name, counted, is_mail=shape is Shape.MAILDIR)
        except OSError:
            yield Piece(name, fault=Fault.BROKEN)
        done += size


def _files(path: Path, shape: Shape) -> Iterator[tuple[Path, int]]:
    """Files with their sizes in the order of their names; of a Maildir what was delivered."""
    tops = [path / "cur", path / "new"] if shape is Shape.MAILDIR else [path]
    for folder, inner, names in chain.from_iterable(map(os.walk, tops)):
        if shape is Shape.MAILDIR:
            inner.clear()
        elif {"cur", "new", "tmp"} <= set(inner):
            inner.remove("tmp")  # what a mail server has not delivered yet
        inner.sort()
        for name in sorted(names):
            file = Path(folder) / name
            if file.is_file() and not file.is_symlink():
                yield file, file.stat().st_size


def _in_zip(path: Path, told: Callable[[int], object]) -> Iterator[Piece]:
    done = 0
    with Zipped(path) as zipped:
        for info in zipped.files():
            name = info.filename[-200:]
            try:
                with zipped.open(info) as stream:
                    yield from _in_stream(name, stream)
            except UnpacksTooMuch:
                yield Piece(name, fault=Fault.ENDLESS)
                return
            except BAD:
                yield Piece(name, fault=_fault_by(name))
            done += info.compress_size
            told(done)


def _in_stream(name: str, stream: Stream, *, is_mail: bool = False) -> Iterator[Piece]:
    """The mails of one file; `is_mail` where its place says that it is one."""
    pushed = _Pushed(stream)
    shape = shape_of_mails(pushed.head) or (Shape.MAIL if is_mail else None)
    if shape is Shape.MBOX:
        pushed.skip_blank()
        for number, mail in enumerate(mails_in_mbox(pushed, MOST_BYTES), 1):
            where = f"{name}, mail {number}"
            if mail is None:
                yield Piece(where, fault=Fault.TOO_LARGE)
            else:
                yield Piece(where, mail, mail)
        return
    if shape is None:
        yield Piece(name, fault=_fault_by(name))
        return
    raw = pushed.whole(MOST_BYTES)
    if raw is None:
        yield Piece(name, fault=Fault.TOO_LARGE)
    elif shape is Shape.OUTLOOK:
        yield _of_outlook(name, raw)
    else:
        yield Piece(name, raw, raw)


def _of_outlook(name: str, raw: bytes) -> Piece:
    try:
        return Piece(name, raw, as_mail(raw))
    except NotOutlook:
        return Piece(name, fault=_fault_by(name))


def _fault_by(name: str) -> Fault:
    """Whether somebody expects a mail under that name; `._…` are notes of a Mac's file system."""
    is_note = name.rpartition("/")[2].startswith("._")
    expected = name.lower().endswith(SAVED_MAILS) and not is_note
    return Fault.BROKEN if expected else Fault.OTHER


class _Counted:
    """A file that tells how far it was read."""

    def __init__(self, stream: Stream, done: int, told: Callable[[int], object]) -> None:
        self._stream = stream
        self._done = done
        self._told = told
        self._since = 0

    def read(self, most: int, /) -> bytes:
        return self._count(self._stream.read(most))

    def readline(self, most: int, /) -> bytes:
        return self._count(self._stream.readline(most))

    def _count(self, raw: bytes) -> bytes:
        self._done += len(raw)
        self._since += len(raw)
        if self._since > A_LOOK * 16 or not raw:
            self._told(self._done)
            self._since = 0
        return raw


class _Pushed:
    """A stream whose first bytes were looked at and are there again."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.head = b""
        while len(self.head) < A_LOOK and (more := stream.read(A_LOOK - len(self.head))):
            self.head += more

    def skip_blank(self) -> None:
        """An mbox begins with its first dividing line."""
        self.head = self.head.removeprefix(MARK).lstrip(b"\r\n")

    def readline(self, most: int, /) -> bytes:
        """A line, or a piece of one."""
        end = self.head.find(b"\n", 0, most) + 1
        if end or len(self.head) >= most:
            line, self.head = self.head[: end or most], self.head[end or most :]
            return line
        rest, self.head = self.head, b""
        return rest + self._stream.readline(most - len(rest))

    def whole(self, most: int) -> bytes | None:
        """All of it; None where that is more than so many bytes."""
        parts, size = [self.head], len(self.head)
        while size <= most and (more := self._stream.read(A_LOOK * 16)):
            parts.append(more)
            size += len(more)
        return b"".join(parts) if size <= most else None
