"""Pages that a page of the desk fetches ahead, to show them later without waiting."""

from flask import request

HEADER = "X-Ahead"


def is_ahead() -> bool:
    """Whether nobody looks at this page yet: then nobody is told anything by it."""
    return HEADER in request.headers
