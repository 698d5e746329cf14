"""Files that are archives: the same parts give the same bytes."""

import io
import zipfile
from collections.abc import Iterable

# The first moment that an archive can tell; what the file is of stands inside.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def zipped(parts: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> bytes:
    """The archive with these parts (name, bytes) in this order; `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the bytes depend on the machine
            archive.writestr(entry, data)
    return out.getvalue()
