"""How the text of one setting is read.

Every reader takes the stripped text of a setting and gives its value. Each raises ValueError
whose text continues the sentence that begins with the setting's name.
"""

import re
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

HOST = r"(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
PORT = r"[1-9][0-9]{0,4}"
MAX_PORT = 65535


class BadSetting(Exception):
    """A setting that stops the start; its text is one line for the administrator."""


def text(raw: str) -> str | None:
    """Any text; none when empty."""
    return raw or None


def secret(*, at_least: int) -> Callable[[str], str | None]:
    """A reader of keys of `at_least` characters."""

    def read(raw: str) -> str | None:
        if raw and len(raw) < at_least:
            raise ValueError(f"is too short: at least {at_least} characters")
        return raw or None

    return read


def folder(raw: str) -> Path:
    """A folder; `~` is the home folder."""
    try:
        return Path(raw).expanduser()
    except RuntimeError as error:
        raise ValueError("names a home folder that is not known") from error


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", raw) or not least <= int(raw) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(raw)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """A reader of one of the `words`."""

    def read(raw: str) -> str:
        if raw not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return raw

    return read


def word_of(*words: str) -> Callable[[str], str | None]:
    """A reader of one of the `words`; none when empty."""

    def read(raw: str) -> str | None:
        return one_of(*words)(raw) if raw else None

    return read


def issuer(raw: str) -> str | None:
    """Who vouches for people: https, plain http on this machine alone; none when empty."""
    address = url("http", "https")(raw)
    here = ("localhost", "127.0.0.1", "::1")
    if address and address.startswith("http:") and _parted(address).hostname not in here:
        raise ValueError("must begin with https://")
    return address


def bind(raw: str) -> str:
    """`host:port` to listen on; IPv6 in brackets."""
    if not re.fullmatch(f"{HOST}:{PORT}", raw.lower()) or _port_of(raw) > MAX_PORT:
        raise ValueError("must be host:port, for instance 127.0.0.1:8000 or [::1]:8000")
    return raw.lower()


def database_url(raw: str) -> str | None:
    """A PostgreSQL or SQLite address in SQLAlchemy's form; none when empty.

    `postgres://`, as hosting firms write it, is taken for `postgresql://`. SQLite in memory is
    refused: letters would end with the process.
    """
    if not raw:
        return None
    address = re.sub(r"^postgres://", "postgresql://", raw)
    scheme, _, rest = address.partition("://")
    if scheme in ("postgresql", "postgresql+psycopg") and _parted(address).path.strip("/"):
        return address
    if scheme == "sqlite" and re.fullmatch(r"/(?!:memory:)[^?#]+", rest):
        return address
    raise ValueError("must be postgresql://user:password@host/name or sqlite:///path/to/file")


def url(*schemes: str) -> Callable[[str], str | None]:
    """A reader of addresses of these `schemes` that name a host; none when empty."""

    def read(raw: str) -> str | None:
        if not raw:
            return None
        parts = _parted(raw)
        if parts.scheme not in schemes or not parts.hostname or re.search(r"\s", raw):
            ways = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ValueError(f"must be an address that begins with {ways} and names a host")
        return raw.rstrip("/")

    return read


def site(raw: str) -> str | None:
    """The site's own address: http or https, a host, perhaps a port, nothing behind."""
    if not raw:
        return None
    found = re.fullmatch(f"https?://{HOST}(?::{PORT})?", raw.lower().rstrip("/"))
    if not found or not _port_is_good(found[0]):
        raise ValueError("must be http:// or https:// with a host and nothing behind it")
    return found[0]


def sender(raw: str) -> str | None:
    """`name@example.com` or `Name <name@example.com>`; none when empty."""
    if raw and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(raw)[1]):
        raise ValueError("must be an email address, for instance Letters <letters@example.com>")
    return raw or None


def hosts(*, with_port: bool) -> Callable[[str], tuple[str, ...]]:
    """A reader of comma lists of hosts, each perhaps with a port if `with_port`."""
    form = f"{HOST}(?::{PORT})?" if with_port else HOST

    def read(raw: str) -> tuple[str, ...]:
        found = [one.strip().lower() for one in raw.split(",") if one.strip()]
        for one in found:
            if not re.fullmatch(form, one):
                raise ValueError("must be hosts parted by commas, without http://")
        return tuple(dict.fromkeys(found))

    return read


def _parted(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # reading it is what checks it
    except ValueError as error:
        raise ValueError("is no address that can be read") from error
    return parts


def _port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def _port_is_good(address: str) -> bool:
    return (_parted(address).port or 0) <= MAX_PORT
