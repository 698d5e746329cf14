"""Errors as programs get them: RFC 9457 problem documents."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify
from werkzeug.exceptions import HTTPException

from feedback.accounts.guard import NotKnown
from feedback.answers import status_of
from feedback.domain.errors import FeedbackError, Refused, Stale
from feedback.intake.fields import FieldError
from feedback.newsroom import newsroom

MEDIA_TYPE = "application/problem+json"
# Problems that a program can act upon, by the last part of their `type`: title, what they tell.
TYPES = {
    "gates": ("Not ready", "Something must be true first; `missing` names the gates."),
    "stale": ("Changed meanwhile", "Somebody else saved; `version` is the present one."),
    "move": ("Not from there", "The state does not allow it; `allowed` are the states it does."),
}
# Refusals without a field of their own in their details are about these.
FIELD_OF = {"cursor": "cursor", "key_reused": "Idempotency-Key"}
KEPT = ("Allow", "Retry-After")  # headers of an HTTP error that say what would work


def problem(status: int, title: str = "", detail: str = "", **more: Any) -> Response:
    """A problem document; `title` where the status has no name of its own, `more` members."""
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = title or "Error"
    told = {"type": "about:blank", "status": status, "title": title}
    answer = jsonify(told | ({"detail": detail} if detail else {}) | more)
    answer.status_code = status
    answer.content_type = MEDIA_TYPE
    return answer


def problem_of(error: FeedbackError) -> Response:
    """The problem document of a refusal."""
    answer = problem(status_of(error), detail=error.message, **_members(error))
    if isinstance(error, NotKnown):
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def problem_of_http(error: HTTPException) -> Response:
    """The problem document of an error that the web framework found."""
    answer = problem(error.code or 500, error.name, error.description or "")
    for name, value in error.get_response().headers:
        if name in KEPT:
            answer.headers[name] = value
    return answer


def wrong(field: str, code: str, message: str, **more: Any) -> Refused:
    """A refusal of one field."""
    return Refused(message, "fields", {"errors": [FieldError(field, code, message)], **more})


def _members(error: FeedbackError) -> Mapping[str, Any]:
    if isinstance(error, Stale):
        return {**_named("stale"), "version": error.version}
    if not isinstance(error, Refused):
        return {}
    if error.kind == "gates":
        return {**_named("gates"), "missing": error.details.get("missing", [])}
    if error.kind == "move":
        return {**_named("move"), "allowed": error.details.get("allowed", [])}
    more = {name: error.details[name] for name in ("candidates",) if name in error.details}
    return {"errors": _errors(error), **more}


def _errors(error: Refused) -> list[dict[str, str]]:
    listed = error.details.get("errors")
    if listed is None:
        code = "invalid" if error.kind in (None, "fields") else str(error.kind)
        field = error.details.get("field") or FIELD_OF.get(code, "")
        listed = [FieldError(field, code, error.message)]
    return [{"field": e.field, "code": e.code, "message": e.message} for e in listed]


def _named(name: str) -> dict[str, str]:
    """Type and title; the type is an address in the description of the API, which explains it."""
    place = f"{newsroom().base_url}/api/v1/openapi.json#/x-problems/{name}"
    return {"type": place, "title": TYPES[name][0]}
