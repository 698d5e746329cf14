"""Reports of tests cross from one process to another as UTF-8, whatever text a test was about."""

from collections.abc import Generator
from typing import Any

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Write lone surrogates of hostile texts as escapes: a process cannot send them on."""
    return _sendable((yield))


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_sendable(key): _sendable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_sendable(one) for one in value)
    return value
