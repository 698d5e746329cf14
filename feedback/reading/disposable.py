"""Whether a mail host gives out mailboxes that are thrown away after minutes."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

MOST_PARTS = 10  # of a host's name
LIST = Path(__file__).with_name("disposable_hosts.txt")


def is_disposable(host: str, more: Collection[str] = ()) -> bool:
    """True for a host of the shipped list or of `more`, and for every host below it."""
    known = shipped_hosts()
    own = {entry.strip().lower().lstrip("@") for entry in more}
    parts = host.strip().lower().rstrip(".").split(".")[-MOST_PARTS:]
    above = (".".join(parts[at:]) for at in range(len(parts) - 1))
    return any(name in known or name in own for name in above)


@cache
def shipped_hosts() -> frozenset[str]:
    """The hosts that come with this program."""
    lines = LIST.read_text(encoding="ascii").splitlines()
    return frozenset(line.strip() for line in lines if line and not line.startswith("#"))
