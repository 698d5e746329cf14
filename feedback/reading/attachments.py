"""What hangs on a mail: each file's name, kind and size, and its bytes when they are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from feedback.reading.mail_parts import MBOX_LINE, Part, leaves, split_head

MOST_MAIL = 50 * 1024 * 1024  # bytes of a mail that is looked at
MOST_LISTED = 50
MOST_INSIDE = 3  # mails inside of mails
TEXTS = frozenset(("text/plain", "text/html"))
NO_NAMES = {"message/rfc822": "message.eml"}


@dataclass(frozen=True)
class Attached:
    """A file on a mail. `number` counts from 1 in the order of the mail; `size` is in bytes.

    `name` is cleaned and has no path; it may be anything all the same, and names no file of ours.
    """

    number: int
    name: str
    kind: str
    size: int
    part: Part

    def content(self) -> bytes:
        """Its bytes."""
        return self.part.decoded(MOST_MAIL)

    @property
    def is_picture(self) -> bool:
        """Whether it says that it is one."""
        return self.kind.startswith("image/")


def attachments(raw: bytes) -> list[Attached]:
    """The files on a mail, and on mails inside of it, 50 at most; never raises."""
    found: list[Attached] = []
    for part in _parts(raw[:MOST_MAIL], 0):
        if len(found) == MOST_LISTED:
            break
        name = part.file_name or NO_NAMES.get(part.kind, "")
        kind = part.kind[:100]
        found.append(Attached(len(found) + 1, name, kind, part.size(), part))
    return found


def _parts(raw: bytes, depth: int) -> Iterator[Part]:
    head, body = split_head(MBOX_LINE.sub(b"", raw.lstrip(), count=1))
    for part in leaves(head, body):
        is_text = part.kind in TEXTS and not part.is_attachment and not part.file_name
        if is_text or part.kind.startswith("multipart/"):
            continue
        yield part
        if part.kind == "message/rfc822" and depth < MOST_INSIDE:
            yield from _parts(part.decoded(MOST_MAIL), depth + 1)
