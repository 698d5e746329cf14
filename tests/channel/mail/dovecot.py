"""A real Dovecot on loopback, in a folder of its own; ended on leaving."""

import contextlib
import imaplib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.served import free_port

PROGRAM = "/usr/sbin/dovecot"
CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
auth_failure_delay = 0 secs
mail_location = maildir:{folder}/mail/%u
mail_uid = mail
mail_gid = mail
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A server with any number of accounts, each with the password "secret"."""

    port: int

    def url(self, user: str, folder: str = "INBOX") -> str:
        return f"imap://{user}:secret@127.0.0.1:{self.port}/{folder}"

    @contextlib.contextmanager
    def logged_in(self, user: str) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port, 20)
        client.login(user, "secret")
        try:
            yield client
        finally:
            client.logout()

    def comes(self, user: str, *mails: bytes) -> None:
        """Mails are delivered into the inbox."""
        with self.logged_in(user) as client:
            for mail in mails:
                client.append("INBOX", None, None, mail)

    def there(self, user: str, folder: str = "INBOX") -> list[tuple[str, str]]:
        """(subject, flags) of each mail in a folder."""
        with self.logged_in(user) as client:
            said, count = client.select(f'"{folder}"', readonly=True)
            if said != "OK" or count == [b"0"]:
                return []
            _said, rows = client.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
            return [
                (row[1].decode().partition(":")[2].strip(), row[0].decode().partition("BODY")[0])
                for row in rows
                if isinstance(row, tuple)
            ]


@contextlib.contextmanager
def running() -> Iterator[Dovecot]:
    """Skips the test by name where there is no Dovecot that this user could run."""
    if os.geteuid() != 0 or not Path(PROGRAM).exists():
        pytest.skip("no Dovecot that can be run here: see tests/system_packages")
    folder = Path(tempfile.mkdtemp(prefix="why-dovecot-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "mail", "mail")
    port = free_port()
    (folder / "conf").write_text(CONFIG.format(folder=folder, port=port))
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(folder / "conf")])
    try:
        _until_it_answers(port, server)
        yield Dovecot(port)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _until_it_answers(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            imaplib.IMAP4("127.0.0.1", port, 5).logout()
            return
        time.sleep(0.05)
    raise RuntimeError("the Dovecot did not start")
