"""Messages as Outlook saves them, made for tests: the smallest file system that holds them."""

import struct
from datetime import UTC, datetime

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_message(*, sent: datetime | None = None, page: int = 0, **texts: str | bytes) -> bytes:
    """A .msg file. `texts` by names of `NUMBERS`; bytes are kept in the code page `page`."""
    streams = {}
    for name, value in texts.items():
        number = NUMBERS[name]
        if name == "html":
            streams[f"__substg1.0_{number:04X}0102"] = value
        elif isinstance(value, bytes):
            streams[f"__substg1.0_{number:04X}001E"] = value
        else:
            streams[f"__substg1.0_{number:04X}001F"] = value.encode("utf-16-le")
    fixed = [(0x3FFD, page), (0x3FDE, page)] if page else []
    if sent is not None:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        fixed.append((0x0039, ticks))
    entries = b"".join(struct.pack("<HHIQ", 0x0040, n, 6, value) for n, value in fixed)
    streams["__properties_version1.0"] = bytes(32) + entries
    return a_file(streams)


NUMBERS = {
    "subject": 0x0037,
    "body": 0x1000,
    "html": 0x1013,
    "headers": 0x007D,
    "sender": 0x0C1A,
    "address": 0x0C1F,
    "smtp": 0x5D01,
    "to": 0x0E04,
}


def a_file(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3) with these streams beside each other."""
    small = {name: raw for name, raw in streams.items() if len(raw) < CUTOFF}
    mini, mini_table, starts = b"", [], {}
    for name, raw in small.items():
        starts[name] = len(mini_table) if raw else END
        mini_table += _chain(len(mini_table), -(-len(raw) // MINI))
        mini += _padded(raw, MINI)
    large = {name: raw for name, raw in streams.items() if name not in small}
    directory_size = -(-(len(streams) + 1) * 128 // SECTOR)
    parts = [
        bytes(directory_size * SECTOR),  # written when all starts are known
        _padded(struct.pack(f"<{len(mini_table)}I", *mini_table), SECTOR, b"\xff"),
        _padded(mini, SECTOR),
        *(_padded(raw, SECTOR) for raw in large.values()),
    ]
    sectors = sum(len(part) for part in parts) // SECTOR
    tables = 1
    while tables * 128 < sectors + tables:
        tables += 1
    table, at = [TABLE] * tables, []
    for part in parts:
        at.append(len(table) if part else END)
        table += _chain(len(table), len(part) // SECTOR)
    starts |= dict(zip(large, at[3:], strict=True))
    root = _entry("Root Entry", 5, at[2], len(mini), child=1)
    names = list(streams)
    entries = [
        _entry(
            name, 2, starts[name], len(streams[name]), right=n + 2 if n + 1 < len(names) else FREE
        )
        for n, name in enumerate(names)
    ]
    parts[0] = _padded(b"".join([root, *entries]), SECTOR)
    table += [FREE] * (tables * 128 - len(table))
    mini_sectors = len(parts[1]) // SECTOR
    head = MAGIC + bytes(16) + struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, tables, at[0], 0, CUTOFF,
        at[1], mini_sectors, END, 0,
    )  # fmt: skip
    listed = [*range(tables), *[FREE] * (109 - tables)]
    return b"".join(
        [head, struct.pack("<109I", *listed), struct.pack(f"<{len(table)}I", *table), *parts]
    )


def _chain(first: int, number: int) -> list[int]:
    return [*range(first + 1, first + number), END] if number else []


def _padded(raw: bytes, to: int, by: bytes = b"\0") -> bytes:
    return raw + by * (-len(raw) % to)


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE
) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return (
        _padded(raw, 64)
        + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
