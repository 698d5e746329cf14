"""A mail is kept before anything else happens to it: whoever hands it over may trust the answer."""

from feedback.domain.raw_mail import Door, Refusal
from feedback.newsroom import Newsroom
from feedback.store import raw_mails

MOST_BYTES = 50 * 1024 * 1024  # of a mail; a letter with all that hangs on it is smaller
KEPT_OF_TOO_LARGE = 64 * 1024  # bytes: its headers


def keep(
    newsroom: Newsroom,
    raw: bytes,
    door: Door,
    *,
    whole_size: int | None = None,
    mailbox_id: int | None = None,
) -> int:
    """Keep a mail; returns its number once it is on disk, the same for the same bytes.

    More than 50 MB is not kept whole: its beginning is, refused as too large; `whole_size` tells
    how many bytes it has where `raw` is the beginning alone. `mailbox_id` is the watched mailbox
    that it lay in. Raises Unreachable where the database does not answer: then nothing is kept.
    """
    size = whole_size or len(raw)
    is_too_large = size > MOST_BYTES
    with newsroom.store.work() as work:
        return raw_mails.keep(
            work,
            raw[:KEPT_OF_TOO_LARGE] if is_too_large else raw,
            door,
            whole_size=size,
            refusal=Refusal.TOO_LARGE if is_too_large else None,
            mailbox_id=mailbox_id,
        )
