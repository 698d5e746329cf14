"""Files of strangers are read apart: in a process of their own that may take little.

Whatever such a file does to the libraries that read it (loop, fill the memory, crash), this
process goes on, and the answer is a name for what was wrong.
"""

import logging
import os
import subprocess
import sys

from feedback.intake.unpack_apart import TROUBLES
from feedback.reading.attached_text import (
    MOST_PACKED,
    MOST_TEXT,
    NoTextError,
    TextKind,
    Trouble,
    text_in,
)
from feedback.reading.attachments import Attached

log = logging.getLogger(__name__)

PROGRAM = "feedback.intake.unpack_apart"
MOST_SECONDS = 10  # by the clock; of the processor it gets five


def unpacked(attached: Attached, kind: TextKind) -> str:
    """The text of a file on a mail; raises NoTextError, ten seconds later at most.

    No setting and no secret of ours reaches the process that reads it.
    """
    if attached.size > MOST_PACKED:
        raise NoTextError(Trouble.TOO_LARGE)
    content = attached.content()
    if kind is TextKind.PLAIN:
        return text_in(content, kind)
    command = [sys.executable, "-P", "-m", PROGRAM, kind.value]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, a word of our own
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it might quote the letter
            timeout=MOST_SECONDS,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise NoTextError(Trouble.TOO_LONG) from error
    except OSError as error:
        log.error("a file on a mail could not be read: %s", type(error).__name__)  # noqa: TRY400  # a trace tells no more
        raise NoTextError(Trouble.BROKEN) from error
    if done.returncode != 0:
        raise NoTextError(TROUBLES.get(done.returncode, Trouble.BROKEN))
    return done.stdout.decode("utf-8", "replace")[:MOST_TEXT]
