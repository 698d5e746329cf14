"""The description of the API, made of the schemas that check what is sent."""

import json
from typing import Any

from flask import Flask, Response, current_app

from feedback.api.endpoint import SPEC
from feedback.api.problems import MEDIA_TYPE, TYPES
from feedback.export.formats import FORMATS

PATH = "/api/v1/openapi.json"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def describe(app: Flask) -> None:
    """Serve the description at PATH; everybody may read it."""
    made: list[str] = []  # when it is first asked for: the routes are known by then

    def show() -> Response:
        if not made:
            made.append(json.dumps(document(), ensure_ascii=False, indent=1))
        return current_app.response_class(made[0], mimetype="application/json")

    app.add_url_rule(PATH, "api_openapi.show", show)


def document() -> dict[str, Any]:
    """The description (OpenAPI 3.1) of the current app's endpoints."""
    found: dict[str, Any] = json.loads(json.dumps(SPEC.spec))
    for path in found["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                answer["content"] = _content(answer.get("content"))
    found["x-problems"] = {
        name: {"title": title, "description": says} for name, (title, says) in TYPES.items()
    }
    return found


def _content(said: dict[str, Any] | None) -> dict[str, Any]:
    """Problems have a media type of their own; an answer without a shape is a file."""
    if said is None:
        kinds = {one.media_type.partition(";")[0] for one in FORMATS.values()}
        return {kind: {"schema": {"type": "string"}} for kind in sorted(kinds)}
    if said["application/json"]["schema"] == PROBLEM:
        return {MEDIA_TYPE: said["application/json"]}
    return said
