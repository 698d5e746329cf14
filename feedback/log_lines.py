"""What the service logs: one JSON line an event, on stderr, with nothing in it about people.

Texts of errors are left out, since databases and mail servers quote what they were given; the
kind of error with the place in our code is what a log is read for.
"""

import json
import logging
import logging.config
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
MOST_SAID = 1000  # characters of a message
MOST_FRAMES = 12

# Loggers that say who asked (an address), or every single call that they make.
QUIET = ("flask-limiter", "httpx", "httpcore", "alembic", "werkzeug")


class JsonLines(logging.Formatter):
    """One event as one line of JSON: ASCII alone, so that no control character gets out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; `extra={"fields": {…}}` of the call adds to it."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage()[:MOST_SAID],
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= _what_broke(record.exc_info[1])
        return json.dumps(line, default=str)


def _what_broke(error: BaseException) -> dict[str, Any]:
    """Kinds of the errors, the last first, with the calls that led to it."""
    kinds: list[str] = []
    link: BaseException | None = error
    while link is not None and len(kinds) < MOST_FRAMES:
        kinds.append(f"{type(link).__module__}.{type(link).__name__}")
        link = link.__cause__ or link.__context__
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    where = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": kinds, "where": where}


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return str(path.relative_to(PACKAGE.parent))
    return "/".join(path.parts[-2:])


CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stderr",
            "formatter": "json",
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {name: {"level": "ERROR"} for name in QUIET},
}


def start() -> None:
    """Log this way in this process from now on."""
    logging.config.dictConfig(CONFIG)
