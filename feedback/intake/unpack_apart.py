"""The process that reads a stranger's file: bytes in, text out, little to spend.

`python -m feedback.intake.unpack_apart docx` reads the file from standard input and writes its text
to standard output; the exit code says what was wrong.
"""

import resource
import signal
import sys

from feedback.reading.attached_text import NoTextError, TextKind, Trouble, text_in

MOST_MEMORY = 512 * 1024 * 1024  # bytes
MOST_PROCESSOR = 5  # seconds
# Exit codes; below zero: the signal that ended it.
CODES = {Trouble.TOO_LARGE: 3, Trouble.BROKEN: 4, Trouble.NO_WORDS: 5, Trouble.TOO_LONG: 6}
TROUBLES = {code: trouble for trouble, code in CODES.items()} | {
    -signal.SIGXCPU: Trouble.TOO_LONG,
    -signal.SIGKILL: Trouble.TOO_LONG,
}


def main() -> int:
    """Read the file; returns the exit code."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR, MOST_PROCESSOR + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nor leaves one when it crashes
    try:
        text = text_in(sys.stdin.buffer.read(), TextKind(sys.argv[1]))
    except NoTextError as error:
        return CODES[error.trouble]
    except MemoryError:
        return CODES[Trouble.TOO_LARGE]
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
