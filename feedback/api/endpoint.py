"""One endpoint: who may, what is read, what is told; the same declaration checks and describes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

from flask import Response, current_app, request
from pydantic import BaseModel

from feedback.accounts.guard import bearer_editor
from feedback.api.asked import Query
from feedback.api.strict_json import read_json
from feedback.api.wrong_fields import checked
from feedback.domain.editor import Deed

View = Callable[..., Response]
DECLARED = "api_declared"  # attribute of a view; decorators around it carry it along


@dataclass(frozen=True)
class Declared:
    """What is known of an endpoint; `openapi` describes it by this.

    `needs` is what its caller must be allowed to do, None where no token is asked for. `tells`
    is the shape of its answer, None for a file. `conflicts`: it may answer 409.
    """

    operation: str
    needs: Deed | None
    tells: type[BaseModel] | None
    status: int
    query: type[Query] | None
    body: type[BaseModel] | None
    headers: type[BaseModel] | None
    conflicts: bool
    view: View


def endpoint(
    operation: str,
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
    """Declare a view of the API, under the name that its operation has in the description.

    The view is given `query` and `body`, checked, where they are declared, and who asks where
    it has a parameter `editor`. `check` reads a body against its model. The rest: Declared.
    """

    def decorate(view: View) -> View:
        wants_editor = "editor" in signature(view).parameters

        @wraps(view)
        def answered(**given: Any) -> Response:
            if needs is not None:
                editor = bearer_editor(request)
                editor.require(needs)
                given |= {"editor": editor} if wants_editor else {}
            if query is not None:
                given["query"] = checked(query, query.values(request.args), is_flat=True)
            if body is not None:
                given["body"] = check(body, read_json(request))
            return view(**given)

        vars(answered)[DECLARED] = Declared(
            operation, needs, tells, status, query, body, headers, conflicts, view
        )
        return answered

    return decorate


def declared(view: Callable[..., Any]) -> Declared | None:
    """What `endpoint` was told of a view; None for other views."""
    found: Declared | None = getattr(view, DECLARED, None)
    return found


def tell(found: object, status: int = 200) -> Response:
    """An answer in JSON."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return current_app.response_class(text, status, mimetype="application/json")


def keep_private(answer: Response) -> Response:
    """For blueprints of the desk: what they tell is kept in no cache."""
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer
