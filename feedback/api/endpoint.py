"""One endpoint: who may, what is read, what is told; the same declaration checks and describes."""

import json
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar

from flask import Response, current_app, request
from pydantic import BaseModel
from spectree import Response as Answers
from spectree import SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

from feedback import __version__
from feedback.accounts.guard import bearer_editor
from feedback.api.sent import Query
from feedback.api.strict_json import read_json
from feedback.api.told import Problem
from feedback.api.wrong_fields import checked
from feedback.domain.editor import Deed

Model = TypeVar("Model", bound=BaseModel)
View = Callable[..., Response]

TOKEN = "token"  # name of the security scheme
NEEDS = "api_needs"  # attribute of an endpoint: the deed, None where everybody may

SPEC = SpecTree(
    "flask",
    title="We Hear You",
    version=__version__,
    description="Letters of readers: sent in, edited, decided, printed.",
    mode="strict",
    annotations=False,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    validation_error_model=Problem,
    security_schemes=[
        SecurityScheme(
            name=TOKEN,
            data=SecuritySchemeData(
                type=SecureType.HTTP,
                scheme="bearer",
                description="A token from `feedback tokens add NAME --role ROLE`.",
            ),
        )
    ],
)


def endpoint(
    name: str,
    *,
    needs: Deed | None,
    tells: type[BaseModel] | None,
    status: int = 200,
    query: type[Query] | None = None,
    body: type[BaseModel] | None = None,
    headers: type[BaseModel] | None = None,
    check: Callable[[type[Any], object], BaseModel] = checked,
    conflicts: bool = False,
) -> Callable[[View], View]:
    """Declare a view of the API.

    `name` is its operation in the description. `needs` is what its caller must be allowed to
    do, None where no token is asked for; `tells` is the shape of its answer (None: a file).
    The view is given `query` and `body`, checked, where they are declared, and who asks where
    it has a parameter `editor`. `check` reads a body against its model; `conflicts` says that
    it answers 409.
    """

    def decorate(view: View) -> View:
        takes = signature(view).parameters
        statuses = _statuses(
            has_token=needs is not None,
            has_path=bool({"ref", "slug"} & set(takes)),
            has_input=query is not None or body is not None,
            has_body=body is not None,
            conflicts=conflicts,
        )
        answers: dict[str, Any] = {f"HTTP_{code}": Problem for code in statuses}
        answers[f"HTTP_{status}"] = tells
        described = SPEC.validate(
            query=query,
            json=body,
            headers=headers,
            resp=Answers(**answers),
            tags=[(view.__module__.rpartition(".")[2]).replace("_", " ")],
            security={TOKEN: []} if needs else [],
            validation_error_status=statuses[-1],
            skip_validation=True,  # it reads JSON loosely, and wraps every answer
            operation_id=name,
        )(view)

        @wraps(described)
        def answered(**given: Any) -> Response:
            if needs is not None:
                editor = bearer_editor(request)
                editor.require(needs)
                given |= {"editor": editor} if "editor" in takes else {}
            if query is not None:
                given["query"] = checked(query, query.values(request.args), is_flat=True)
            if body is not None:
                given["body"] = check(body, read_json(request))
            return view(**given)

        setattr(answered, NEEDS, needs)
        return answered

    return decorate


def tell(found: object, status: int = 200) -> Response:
    """An answer in JSON."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return current_app.response_class(text, status, mimetype="application/json")


def keep_private(answer: Response) -> Response:
    """For blueprints of the desk: what they tell is kept in no cache."""
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


def _statuses(
    *, has_token: bool, has_path: bool, has_input: bool, has_body: bool, conflicts: bool
) -> list[int]:
    """The errors that an endpoint can answer with."""
    found = [401, 403] if has_token else []
    found += [404] if has_path else []
    found += [409] if conflicts else []
    found += [400, 413, 415] if has_body else []
    found += [422] if has_input else []
    return [*found, 429 if not has_token else 503]
