"""A mail server's report of a mail that it could not deliver (RFC 3464), or of one that is late."""

import re
from dataclasses import dataclass

from feedback.reading.cleaning import clean_line
from feedback.reading.mail_headers import ADDRESS, Headers
from feedback.reading.mail_parts import leaves, split_head
from feedback.reading.robots import OUR_NUMBER

MOST_READ = 4 * 1024 * 1024  # bytes of a report
MOST_TEXT = 100_000  # characters of a part that are looked through
MOST_IDS = 20
MOST_WORDS = 250
MOST_BLOCKS = 20
STATUS = re.compile(r"\b([45])\.[0-9]{1,3}\.[0-9]{1,3}\b")
CODE = re.compile(r"\b([45])[0-9]{2}[ -]")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
BLOCK_END = re.compile(rb"\r?\n[ \t]*\r?\n")
ARRIVED = ("delivered", "relayed", "expanded")


@dataclass(frozen=True)
class Bounce:
    """Message-IDs of ours that the report speaks of, the surest first; what the server says.

    `is_permanent`: 5.x.x; else the mail is late, or was given up for a passing reason. `words`
    have no address in them.
    """

    message_ids: tuple[str, ...]
    is_permanent: bool
    words: str


def read_bounce(raw: bytes) -> Bounce | None:
    """Read a report; None where it tells of no failure, or of no mail of ours. Never raises."""
    headers, body = split_head(raw[:MOST_READ])
    status: list[Headers] = []
    returned: list[str] = []
    texts: list[str] = []
    for part in leaves(headers, body):
        if part.kind in ("message/delivery-status", "message/global-delivery-status"):
            blocks = BLOCK_END.split(part.decoded())[:MOST_BLOCKS]
            status += [Headers(block.lstrip()) for block in blocks]
        elif part.kind in RETURNED:
            returned.append(split_head(part.decoded())[0].message_id() or "")
        elif part.kind.startswith("text/"):
            texts.append(part.text()[:MOST_TEXT])
    words = "\n".join(texts)
    ids = [one for one in returned if OUR_NUMBER.fullmatch(one)]
    named = " ".join(headers.raw(name) for name in ("in-reply-to", "references"))
    for where in (named, words):
        ids += [found[0] for found in OUR_NUMBER.finditer(where)][:MOST_IDS]
    said = _said(status) or _said_in_words(headers, words)
    if said is None or not ids:
        return None
    is_permanent, why = said
    why = ADDRESS.sub("the address", clean_line(why))[:MOST_WORDS]
    return Bounce(tuple(dict.fromkeys(ids))[:MOST_IDS], is_permanent, why)


def _said(status: list[Headers]) -> tuple[bool, str] | None:
    """By the report's own fields, of the first recipient that it failed for."""
    for block in status:
        action = block.raw("action").strip().lower()
        found = STATUS.search(block.raw("status"))
        if found is None or action in ARRIVED:
            continue
        why = block.text("diagnostic-code").partition(";")[2].strip()
        return found[1] == "5", why or block.text("status")
    return None


def _said_in_words(headers: Headers, text: str) -> tuple[bool, str] | None:
    """Of a server that reports in words alone: the first line with a code."""
    if "x-failed-recipients" not in headers:
        return None
    for line in text.split("\n"):
        found = STATUS.search(line) or CODE.search(line)
        if found:
            return found[1] == "5", line
    return True, "The mail server could not deliver it."
