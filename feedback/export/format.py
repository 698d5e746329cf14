"""What a format is: a name, what kind of file comes out, the function that writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from feedback.domain.proofsheet import Proofsheet


@dataclass(frozen=True)
class Format:
    """One way to write a proofsheet down.

    `render` is pure: the same proofsheet gives the same bytes. `render_body` gives what is put
    into another page, for formats that have such a thing.
    """

    name: str
    media_type: str
    extension: str
    render: Callable[[Proofsheet], bytes]
    render_body: Callable[[Proofsheet], bytes] | None = None
    is_archive: bool = False  # bytes that are no text


def utf8(text: str) -> bytes:
    """As UTF-8; a lone surrogate, which UTF-8 cannot write, becomes a question mark."""
    return text.encode("utf-8", "replace")
