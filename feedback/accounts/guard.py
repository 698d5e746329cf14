"""Who is asking, may they: the door of desk pages, the door of the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Blueprint, Request, Response, current_app, redirect, request, url_for
from flask_login import current_user

from feedback.accounts import tokens
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotAllowed
from feedback.store.work import Store

STORE = "feedback_accounts"  # key of app.extensions
ACCOUNT_ROOM = "account"  # the blueprint where somebody sees to their own account

P = ParamSpec("P")
R = TypeVar("R")


class NotKnown(NotAllowed):
    """Nobody is logged in, or the token is not valid: 401 where NotAllowed is 403."""


def current_editor() -> Editor:
    """The editor who is logged in. Raises NotKnown."""
    if not current_user.is_authenticated:
        raise NotKnown("Log in to go on.")
    editor: Editor = current_user.editor
    return editor


def desk_only(deed: Deed | None = None) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Decorator of a desk view: somebody is logged in, who may do the deed.

    A page that is asked for leads to the log-in and from there back. Anything else raises
    NotKnown, so that a text which was typed stays in the browser. Raises NotAllowed.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            turned_away = _turned_away()
            if turned_away is not None:
                return turned_away
            if deed is not None:
                current_editor().require(deed)
            return view(*args, **kwargs)

        return guarded

    return decorate


def guard_desk(blueprint: Blueprint) -> None:
    """Make every view of a blueprint a desk page: log-in needed, kept in no cache."""
    blueprint.before_request(_turned_away)
    blueprint.after_request(_keep_in_no_cache)


def bearer_editor(asked: Request) -> Editor:
    """The program whose token stands in `Authorization: Bearer …`. Raises NotKnown."""
    authorization = asked.authorization
    presented = authorization.token if authorization else None
    if authorization is None or authorization.type != "bearer" or not presented:
        raise NotKnown("Send a token: Authorization: Bearer …")
    store: Store = current_app.extensions[STORE]
    with store.read() as work:
        token = tokens.find(work.session, presented)
        if token is None:
            raise NotKnown("This token is unknown or was revoked.")
        token_id, editor = token.id, token.editor
        is_first_today = token.last_used_on != work.now.date()
    if is_first_today:
        with store.work() as work:
            tokens.note_use(work.session, token_id, work.now)
    return editor


def _turned_away() -> Response | None:
    """Where to send somebody who is not logged in; None for those who are."""
    if current_user.is_authenticated:
        return _asked_for_a_second_factor() if current_user.must_add_second else None
    if request.method not in ("GET", "HEAD"):
        raise NotKnown("Your log-in has ended. Log in in another window, then try again here.")
    here = request.full_path.removesuffix("?")
    leads: Any = redirect(url_for("security.login", next=here), 303)  # typed as Werkzeug's Response
    return cast("Response", leads)


def _asked_for_a_second_factor() -> Response | None:
    """The page where it is set up, until it is; the one room that stays open meanwhile."""
    if request.blueprint == ACCOUNT_ROOM:
        return None
    if request.method not in ("GET", "HEAD"):
        raise NotAllowed("Set up a second factor first, in another window: the house asks for it.")
    leads: Any = redirect("/desk/account", 303)
    return cast("Response", leads)


def _keep_in_no_cache(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
