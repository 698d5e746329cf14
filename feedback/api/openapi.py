"""The description of the API, made of the schemas that check what is sent."""

import json
from typing import Any

from flask import Flask, Response, current_app

from feedback import __version__
from feedback.api.endpoint import Declared, declared
from feedback.api.problems import MEDIA_TYPE, TYPES
from feedback.api.told import Problem
from feedback.export.formats import FORMATS

PATH = "/api/v1/openapi.json"
TOKEN = "token"  # name of the security scheme
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def describe(app: Flask) -> None:
    """Serve the description at PATH; everybody may read it."""
    made: list[str] = []  # when it is first asked for: drawing all schemas takes a while

    def show() -> Response:
        if not made:
            made.append(json.dumps(document(current_app), ensure_ascii=False, indent=1))
        return current_app.response_class(made[0], mimetype="application/json")

    app.add_url_rule(PATH, "api_openapi.show", show)


def document(app: Flask) -> dict[str, Any]:
    """The description (OpenAPI 3.1) of an app's endpoints."""
    found: dict[str, Any] = json.loads(json.dumps(_drawn(app)))
    for path in found["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                answer["content"] = _content(answer.get("content"))
    found["x-problems"] = {
        name: {"title": title, "description": says} for name, (title, says) in TYPES.items()
    }
    return found


def _drawn(app: Flask) -> dict[str, Any]:
    """The endpoints' routes with what was declared of them, as spectree draws it.

    It draws the routes of an app whose views it has wrapped. Ours it shall not wrap: it reads
    JSON loosely and takes its time. So it gets an app that is never asked anything.
    """
    from spectree import Response as Answers  # late: the server starts without it
    from spectree import SpecTree

    spec = SpecTree(
        "flask",
        title="We Hear You",
        version=__version__,
        description="Letters of readers: sent in, edited, decided, printed.",
        mode="strict",
        annotations=False,
        naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda _parent, child: child,
        validation_error_model=Problem,
        security_schemes=[_security_scheme()],
    )
    drawn = Flask("description", static_folder=None)
    for rule in app.url_map.iter_rules():
        known = declared(app.view_functions[rule.endpoint])
        if known is None:
            continue
        errors = errors_of(known, has_path=bool(rule.arguments))
        shapes: dict[str, Any] = {f"HTTP_{code}": Problem for code in errors}
        shapes[f"HTTP_{known.status}"] = known.tells
        described = spec.validate(
            query=known.query,
            json=known.body,
            headers=known.headers,
            resp=Answers(**shapes),
            tags=[known.view.__module__.rpartition(".")[2]],
            security={TOKEN: []} if known.needs else [],
            validation_error_status=errors[-1],
            operation_id=known.operation,
        )
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        drawn.add_url_rule(rule.rule, rule.endpoint, described(known.view), methods=methods)
    spec.app = drawn
    with drawn.app_context():
        found: dict[str, Any] = spec.spec
    return found


def errors_of(known: Declared, *, has_path: bool) -> list[int]:
    """The errors that an endpoint can answer with."""
    found = [401, 403] if known.needs else []
    found += [404] if has_path else []
    found += [409] if known.conflicts else []
    found += [400, 413, 415] if known.body else []
    found += [422] if known.query or known.body else []
    return [*found, 503 if known.needs else 429]


def _security_scheme() -> Any:
    from spectree.models import SecureType, SecurityScheme, SecuritySchemeData

    says = "A token from `feedback tokens add NAME --role ROLE`."
    data = SecuritySchemeData(type=SecureType.HTTP, scheme="bearer", description=says)
    return SecurityScheme(name=TOKEN, data=data)


def _content(said: dict[str, Any] | None) -> dict[str, Any]:
    """Problems have a media type of their own; an answer without a shape is a file."""
    if said is None:
        return {kind: {"schema": schema} for kind, schema in sorted(_files().items())}
    if said["application/json"]["schema"] == PROBLEM:
        return {MEDIA_TYPE: said["application/json"]}
    return said


def _files() -> dict[str, dict[str, str]]:
    """Each kind of file that is handed out, with what its bytes are."""
    return {
        one.media_type.partition(";")[0]: {"type": "string", "format": "binary"}
        if one.is_archive
        else {"type": "string"}
        for one in FORMATS.values()
    }
