"""Flask-Security's views at our door: how often they may be tried, where they lead on to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, g, make_response, request, session
from flask_limiter import Limiter
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict

from feedback.accounts.local_path import local_path
from feedback.accounts.passkeys import are_possible_here

FAILED_LOGINS = "10 per minute; 60 per hour"  # wrong ones from one address
FAILED_STEPS = "10 per minute; 30 per hour"  # wrong codes, recovery codes, passwords once more
RESET_MAILS = "5 per minute; 20 per hour"  # asked for from one address
RESET_MAILS_TO_ONE = "5 per hour"  # asked for to one email address
ONWARD = "desk_next"  # key of the session: where a log-in leads once its second step is done

LEAD_ON = (
    "login", "wan_signin", "wan_signin_response", "two_factor_token_validation", "mf_recovery",
    "verify", "wan_verify", "wan_verify_response",
)  # fmt: skip
ASK_FOR_SECRETS = ("two_factor_token_validation", "mf_recovery", "verify")
OF_PASSKEYS = ("wan_signin", "wan_signin_response", "wan_register", "wan_register_response",
               "wan_verify", "wan_verify_response")  # fmt: skip


def wrap(app: Flask, limiter: Limiter) -> None:
    """Put limits before the views of log-in, and our own way on behind them."""
    views: dict[str, Any] = app.view_functions
    views["security.two_factor_rescue"] = _nothing_here  # it would mail somebody for help
    for name in LEAD_ON:
        views[f"security.{name}"] = _leading_on(views[f"security.{name}"])
    for name in OF_PASSKEYS:
        views[f"security.{name}"] = _where_possible(views[f"security.{name}"])
    _count_failures(views, limiter, "login", FAILED_LOGINS)
    for name in ASK_FOR_SECRETS:
        _count_failures(views, limiter, name, FAILED_STEPS)
    by_address = limiter.limit(RESET_MAILS, methods=["POST"])
    by_email = limiter.limit(
        RESET_MAILS_TO_ONE,
        methods=["POST"],
        key_func=lambda: request.form.get("email", "").strip().lower(),
    )
    views["security.forgot_password"] = by_address(by_email(views["security.forgot_password"]))


def _count_failures(views: dict[str, Any], limiter: Limiter, name: str, allowed: str) -> None:
    count = limiter.limit(
        allowed, methods=["POST"], deduct_when=lambda response: response.status_code != 302
    )
    views[f"security.{name}"] = count(views[f"security.{name}"])


def _nothing_here(**_rest: Any) -> Response:
    abort(404)


def _where_possible(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def asked(**named: Any) -> Any:
        if not are_possible_here():
            abort(404)
        return view(**named)

    return asked


def _leading_on(view: Callable[..., Any]) -> Callable[..., Response]:
    """A view that leads on to `next` if that is a path of this site, after the second step too."""

    @wraps(view)
    def log_in(**named: Any) -> Response:
        g.next_page = local_path(request.form.get("next") or request.args.get("next"))
        # Flask-Security looks at `next` as well, less strictly, and stumbles over broken ones.
        request.args = _without_next(request.args)
        request.form = _without_next(request.form)
        response = make_response(view(**named))
        if response.status_code != 302:
            if response.status_code == 200 and not current_user.is_authenticated:
                keep_onward(g.next_page if request.method == "POST" else None)
            return response
        if not current_user.is_authenticated:
            keep_onward(g.next_page)
            response.location = response.location.partition("?")[0]  # it names where we were
        elif request.method == "POST":
            kept = session.pop(ONWARD, None)
            onward = g.next_page or local_path(kept if isinstance(kept, str) else None)
            response.location = onward or response.location
        return response

    return log_in


def keep_onward(path: str | None) -> None:
    """Remember where a log-in was to lead, while a second step is asked for."""
    if path:
        session[ONWARD] = path


def _without_next(values: Any) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([(k, v) for k, v in values.items(multi=True) if k != "next"])
