"""Errors as programs get them: RFC 9457 problem documents."""

from typing import Any

from flask import Response, jsonify

from feedback.answers import status_of
from feedback.domain.errors import FeedbackError


def problem(status: int, title: str, detail: str = "", **more: Any) -> Response:
    """A problem document; `more` are further members."""
    answer = jsonify({"status": status, "title": title, "detail": detail, **more})
    answer.status_code = status
    answer.content_type = "application/problem+json"
    return answer


def problem_of(error: FeedbackError) -> Response:
    """The problem document of a refusal."""
    return problem(status_of(error), error.message)
