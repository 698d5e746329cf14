"""A newsroom that is served for real: the command `feedback serve` in a folder of its own.

For browser tests, drills and benchmarks; on loopback only.
"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

READY_WITHIN = 30.0  # seconds


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`feedback serve` in an empty folder, or in `folder`; ended on leaving.

    `environ` adds settings. All rate limits are off: it is loaded from loopback.
    """

    def __init__(
        self,
        database_url: str | None = None,
        folder: Path | None = None,
        environ: dict[str, str] | None = None,
    ) -> None:
        self._own = tempfile.TemporaryDirectory(prefix="why-served-") if folder is None else None
        self.folder = folder or Path(self._own.name)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")}
        self.environ |= {
            "FEEDBACK_BIND": f"127.0.0.1:{self.port}",
            "FEEDBACK_BASE_URL": self.url,
            "FEEDBACK_LIMITS": "off",
            "FEEDBACK_DATA_DIR": str(self.folder / "instance"),
        }
        if database_url:
            self.environ["FEEDBACK_DATABASE_URL"] = database_url
        self.environ |= environ or {}
        self.process: subprocess.Popen[bytes] | None = None
        self.log = self.folder / "serve.log"

    def run(self, *arguments: str, given: bytes | None = None) -> str:
        """Run another command of the same newsroom; gives what it printed. It must succeed."""
        ran = subprocess.run(
            [sys.executable, "-m", "feedback", *arguments],
            cwd=self.folder,
            env=self.environ,
            input=given,
            capture_output=True,
            timeout=300,
            check=False,
        )
        if ran.returncode:
            raise RuntimeError(f"feedback {arguments[0]}: {ran.stderr.decode()[-400:]}")
        return ran.stdout.decode()

    def start(self, *arguments: str, until: str = "/readyz") -> float:
        """Start the server; gives the seconds until it was ready (`until` answers 200)."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "feedback", "serve", *arguments],
                cwd=self.folder,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while time.monotonic() - began < READY_WITHIN:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get(until) == 200:
                    return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        self.kill()
        raise RuntimeError(f"feedback serve is not ready: {self.log.read_text()[-1000:]}")

    def get(self, path: str) -> int:
        """The status of a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def kill(self, by: signal.Signals = signal.SIGKILL) -> int:
        """End the server with all its processes; gives the exit code."""
        if self.process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, by)
        code = self.process.wait(timeout=30)
        self.process = None
        return code

    def __enter__(self) -> Self:
        self.run("migrate")
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process is not None:
            self.kill(signal.SIGTERM)
        if self._own is not None:
            self._own.cleanup()
