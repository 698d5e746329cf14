"""Serves the bare view the way `feedback serve` serves the newsroom."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces

from feedback.cli.serve import THREADS

if __name__ == "__main__":
    Granian(
        "tests.benchmarks.bare:app",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("BARE_WORKERS", "1")),
        blocking_threads=THREADS,
        log_access=False,
    ).serve()
