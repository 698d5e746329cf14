"""A real Postfix on loopback, in folders of its own; ended on leaving."""

import contextlib
import functools
import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import feedback
from tests.served import free_port

PROGRAM = "/usr/sbin/postfix"
USER = "mail"  # as whom the pipe runs: Postfix never runs one as root
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.test
mydestination =
mynetworks = 127.0.0.0/8
relay_domains = pipe.test, lmtp.test
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = inline:{{ {{ pipe.test = letters: }}, {{ lmtp.test = lmtp:[127.0.0.1]:{lmtp} }} }}
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
letters unix - n n - 4 pipe
  flags=Rq user={user} argv={command}
"""


@contextlib.contextmanager
def running(lmtp: int, data_dir: Path, environ: dict[str, str]) -> Iterator["Postfix"]:
    """Hands mails to pipe.test over by the pipe, mails to lmtp.test by LMTP to a port.

    Skips the test by name where this user cannot run a Postfix.
    """
    if os.geteuid() != 0 or not Path(PROGRAM).exists():
        pytest.skip("no Postfix that can be run here: see tests/system_packages")
    folder = Path(tempfile.mkdtemp(prefix="why-postfix-"))
    folder.chmod(0o755)
    port = free_port()
    for name in ("conf", "queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    command = ["/usr/bin/env", *(f"{name}={value}" for name, value in environ.items())]
    command += [*python_for_all(), "-m", "feedback", "mail", "receive"]
    (folder / "conf/main.cf").write_text(MAIN.format(folder=folder, lmtp=lmtp))
    (folder / "conf/master.cf").write_text(
        MASTER.format(port=port, user=USER, command=" ".join(command))
    )
    _control(folder, "start")
    try:
        yield Postfix(port, folder)
    finally:
        _control(folder, "stop")
        shutil.rmtree(folder, ignore_errors=True)


@functools.cache
def python_for_all() -> list[str]:
    """A Python of this version that the pipe's user may run; skips where there is none."""
    packages = [str(Path(feedback.__file__).parent.parent), *(p for p in sys.path if p)]
    for python in (sys.executable, "/usr/bin/python3"):
        command = ["/usr/bin/env", f"PYTHONPATH={':'.join(packages)}", python]
        with contextlib.suppress(OSError):
            ran = subprocess.run(
                [*command, "-m", "feedback", "--version"],
                user=USER,
                group=USER,
                cwd="/",
                env={},
                capture_output=True,
                timeout=60,
                check=False,
            )
            if ran.returncode == 0:
                return command
    pytest.skip(f"no Python with this project that the user {USER} may run")


def _control(folder: Path, what: str) -> None:
    subprocess.run(
        [PROGRAM, "-c", str(folder / "conf"), what], check=True, capture_output=True, timeout=60
    )


class Postfix:
    """A mail server that takes mails from this machine."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port = port
        self._folder = folder

    def send(self, to: str, raw: bytes) -> None:
        """Hand a mail over; raises what smtplib does until the server has started."""
        for _ in range(100):
            with contextlib.suppress(ConnectionError), smtplib.SMTP("127.0.0.1", self._port) as it:
                it.sendmail("jane@example.com", [to], raw)
                return
            time.sleep(0.1)
        raise RuntimeError(self.log)

    @property
    def log(self) -> str:
        """What it wrote down."""
        return (self._folder / "log").read_text() if (self._folder / "log").exists() else ""
