"""A real Postfix delivers to the desk: by the pipe, and by LMTP."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from feedback.channel.mail.lmtp import listening
from feedback.store import letters
from feedback.store.letters import LetterFilter
from tests.channel.mail import postfix
from tests.served import free_port

LETTER = (
    b"From: Jane Reader <jane@example.com>\r\nTo: letters@example.com\r\nSubject: Levee\r\n"
    b"Message-ID: <1@example.com>\r\n\r\nThe county should count its sandbags.\r\n\r\n"
    b"Jane Q. Reader\r\nSpokane, Wash.\r\n"
)


@pytest.fixture
def data_dir():
    """A data folder that the pipe's user may write."""
    if os.geteuid() != 0:
        pytest.skip("only root can run a Postfix")
    folder = Path(tempfile.mkdtemp(prefix="why-pipe-"))
    shutil.chown(folder, postfix.USER, postfix.USER)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_postfix_delivers_by_lmtp_and_tries_again_while_nobody_listens(newsroom, data_dir):
    port = free_port()
    with postfix.running(port, data_dir, {}) as server:
        server.send("letters@lmtp.test", LETTER)
        _until(lambda: "Connection refused" in server.log, server)
        with listening(newsroom, "127.0.0.1", port):
            _until(lambda: len(_letters(newsroom)) == 1, server)
        _until(lambda: "250 2.0.0 Kept" in server.log, server)
    (letter,) = _letters(newsroom)
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."


def test_postfix_delivers_by_the_pipe(data_dir):
    environ = {"FEEDBACK_DATA_DIR": str(data_dir), "LANG": "C.UTF-8"}

    def run(*arguments):
        ran = subprocess.run(
            [*postfix.python_for_all(), "-m", "feedback", *arguments],
            user=postfix.USER, group=postfix.USER, cwd="/", env=environ, capture_output=True,
            timeout=60, check=True,
        )  # fmt: skip
        return ran.stdout

    run("migrate")
    with postfix.running(free_port(), data_dir, environ) as server:
        server.send("letters@pipe.test", LETTER)
        _until(lambda: "status=sent" in server.log, server)
    (letter,) = json.loads(run("letters", "list", "--json"))
    assert letter["channel"] == "mail"
    assert letter["signature"]["printed"] == "Jane Q. Reader, Spokane, Wash."


def _letters(newsroom):
    with newsroom.store.read() as work:
        return letters.page(work, LetterFilter(), limit=5, whole=True).rows


def _until(is_so, server):
    ends = time.monotonic() + 40
    while not is_so():
        assert time.monotonic() < ends, server.log
        time.sleep(0.1)
