"""Logs: a line an event, and nothing in it that somebody wrote."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from feedback.log_lines import CONFIG, QUIET, JsonLines


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger that writes where the test can read."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("tests.log_lines")
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


def test_one_line_of_json(log) -> None:
    logger, stream = log
    logger.info("mail %s sent: %s", 12, "receipt", extra={"fields": {"ms": 3.5}})
    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert said["says"] == "mail 12 sent: receipt"
    assert (said["level"], said["from"], said["ms"]) == ("info", "tests.log_lines", 3.5)
    assert said["at"].endswith("+00:00")


@pytest.mark.parametrize(
    "hostile",
    [
        "x\n2026-01-01 admin logged in",
        "x\r\n{}",
        "\x1b[31mred\x1b[0m",
        "a\u2028b\u2029c\x85d",
        "%s{}%n",
        "\ud800",
        "\x00",
    ],
)
def test_nothing_breaks_out_of_its_line(log, hostile: str) -> None:
    logger, stream = log
    logger.warning("asked for %s", hostile)
    written = stream.getvalue()
    assert written.count("\n") == 1
    assert written.isascii()
    assert all(ch >= " " for ch in written.rstrip("\n"))
    assert json.loads(written)["says"] == f"asked for {hostile}"


def test_a_long_message_is_cut(log) -> None:
    logger, stream = log
    logger.info("x" * 100_000)
    assert len(stream.getvalue()) < 2000


def test_the_text_of_an_error_stays_out(log) -> None:
    logger, stream = log
    canary = "jane@example.com lives at 1 Canary Row"
    try:
        {}[int(canary)]
    except ValueError:
        logger.exception("the check %s failed", "place")
    said = json.loads(stream.getvalue())
    assert said["error"] == ["builtins.ValueError"]
    assert said["where"][-1].endswith("test_the_text_of_an_error_stays_out")
    assert "Canary" not in stream.getvalue()


def test_our_places_are_named_from_the_package_on(log) -> None:
    from feedback.domain.signature import Signature

    logger, stream = log
    try:
        Signature.printed(None)
    except AttributeError:
        logger.exception("broken")
    assert json.loads(stream.getvalue())["where"][-1].startswith("feedback/domain/signature.py:")


def test_libraries_that_name_who_asked_are_quiet() -> None:
    assert "flask-limiter" in QUIET
    assert CONFIG["loggers"]["flask-limiter"]["level"] == "ERROR"
