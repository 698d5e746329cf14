"""What the tests of hostile input share: browsers, programs, a log that is read like a file."""

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from feedback.log_lines import JsonLines
from tests.api.asking import Program
from tests.channel.reader import Reader
from tests.fixtures_database import Clock


@pytest.fixture
def reader(app_with_csrf: Flask, clock: Clock) -> Reader:
    """A reader with a browser; nothing is lifted for the test."""
    return Reader(app_with_csrf.test_client(), clock)


@pytest.fixture
def program(app: Flask, token: Callable[[str], str]) -> Program:
    """A chief's program."""
    return Program(app.test_client(), token("chief"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, at every level, written as in service."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
