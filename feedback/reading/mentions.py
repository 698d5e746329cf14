"""Who is meant in a note: “@ana”, “@anaruiz”, “@a.ruiz”."""

import re
from collections.abc import Mapping

AT_NAME = re.compile(r"(?<![\w@.])@([\w.-]{1,60})")
MOST = 20  # of one note


def handles_of(name: str, address: str) -> list[str]:
    """What somebody can be called by, in small letters: the surest first.

    `name` is the full name, `address` the login's email address.
    """
    parts = re.findall(r"\w+", name.casefold())
    found = [address.partition("@")[0].casefold(), "".join(parts), *parts[:1]]
    return [handle for handle in dict.fromkeys(found) if handle]


def mentioned(text: str, people: Mapping[int, tuple[str, str]]) -> list[int]:
    """Numbers of those who are named in a note; a name that several have names nobody.

    `people` are full name and address by number.
    """
    owners: dict[str, set[int]] = {}
    for number, (name, address) in people.items():
        for handle in handles_of(name, address):
            owners.setdefault(handle, set()).add(number)
    found: list[int] = []
    for match in AT_NAME.finditer(text):
        meant = owners.get(match[1].casefold().rstrip(".-"), set())
        found += [number for number in meant if len(meant) == 1]
    return list(dict.fromkeys(found))[:MOST]
