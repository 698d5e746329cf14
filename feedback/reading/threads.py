"""Which mail or letter an incoming mail speaks of: by address, by what it answers, by a number."""

import re
from dataclasses import dataclass

from feedback.reading.mail_headers import ADDRESS, MESSAGE_ID, Headers

WENT_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
ANSWERS = ("in-reply-to", "references")
MOST = 20  # of each that are looked up
TOKEN = re.compile(r"[a-z2-7]{26}")  # see domain/link
IN_BRACKETS = re.compile(r"\[([A-Za-z]{2,5}-[0-9A-Za-z]{5,12})\]")


@dataclass(frozen=True)
class Named:
    """What a mail names: tokens behind the plus of our address, Message-IDs, references."""

    tokens: tuple[str, ...]
    message_ids: tuple[str, ...]
    references: tuple[str, ...]


def named_in(headers: Headers, own: frozenset[str]) -> Named:
    """What the headers name; `own` are the desk's addresses, in lower case."""
    to = " ".join(headers.raw(name) for name in WENT_TO)
    parts = [parts_of(address) for address in dict.fromkeys(ADDRESS.findall(to.lower()))]
    tokens = [mark for bare, mark in parts if bare in own and TOKEN.fullmatch(mark)]
    ids = [found for name in ANSWERS for found in reversed(MESSAGE_ID.findall(headers.raw(name)))]
    references = [found.upper() for found in IN_BRACKETS.findall(headers.text("subject")[:1000])]
    return Named(
        tuple(tokens[:MOST]),
        tuple(list(dict.fromkeys(ids))[:MOST]),
        tuple(list(dict.fromkeys(references))[:MOST]),
    )


def parts_of(address: str) -> tuple[str, str]:
    """The address without what follows its last plus, and that mark (empty without one)."""
    name, _at, host = address.rpartition("@")
    bare, _plus, mark = name.rpartition("+")
    return (f"{bare}@{host}", mark) if bare else (address, "")
