"""Log-in at the desk: Flask-Security, set the way this house wants it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, g, make_response, render_template, request, session
from flask_babel import Domain
from flask_limiter import Limiter
from flask_login import current_user, user_logged_out
from flask_security import Security, user_authenticated
from flask_security.utils import set_request_attr
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict

from feedback.accounts import passwords, sessions
from feedback.accounts.forms import DeskChangePasswordForm, DeskLoginForm, DeskPasswords
from feedback.accounts.guard import STORE
from feedback.accounts.local_path import local_path
from feedback.accounts.mail import OUTLET, AccountMails, Send
from feedback.accounts.models import Account
from feedback.accounts.passwords import N_
from feedback.accounts.seats import Seats, Sitter
from feedback.store.work import Store

log = logging.getLogger(__name__)

TOKEN = "desk_session"  # key of the browser's session cookie
START = "/desk/"
RESET_WITHIN = timedelta(hours=1)

FAILED_LOGINS = "10 per minute; 60 per hour"  # wrong ones from one address
RESET_MAILS = "5 per minute; 20 per hour"  # asked for from one address
RESET_MAILS_TO_ONE = "5 per hour"  # asked for to one email address

MESSAGES = {
    # The same words for an unknown address, a wrong password, a disabled or locked account.
    "GENERIC_AUTHN_FAILED": N_(
        "Email or password is wrong. After several wrong tries an account takes none for a "
        "while; setting a new password helps."
    ),
    "PASSWORD_RESET_REQUEST": N_(
        "If there is an account for %(email)s, a link to set a new password is on its way. "
        "It works for one hour."
    ),
    "PASSWORD_RESET_EXPIRED": N_("This link is too old. Ask for a new one."),
    "INVALID_RESET_PASSWORD_TOKEN": N_("This link was used already, or is not whole. Ask anew."),
    "PASSWORD_RESET_NO_LOGIN": N_("The new password is set. Log in with it."),
    "PASSWORD_CHANGE": N_("The new password is set. All other log-ins have ended."),
    "PASSWORD_IS_THE_SAME": N_("The new password is the present one. Choose another."),
    "PASSWORD_NOT_PROVIDED": N_("Enter a password."),
    "INVALID_PASSWORD": N_("This is not your present password."),
    "RETYPE_PASSWORD_MISMATCH": N_("The two new passwords differ. Type the same one twice."),
    "EMAIL_NOT_PROVIDED": N_("Enter your email address."),
    "INVALID_EMAIL_ADDRESS": N_("Enter an email address in full, like name@example.com."),
    "UNAUTHENTICATED": N_("Log in to go on."),
}

SETTINGS: dict[str, Any] = {
    "URL_PREFIX": "/desk",
    "LOGIN_URL": "/login",
    "LOGOUT_URL": "/logout",
    "LOGOUT_CSRF": True,
    "RESET_URL": "/reset",
    "CHANGE_URL": "/password",
    "POST_LOGIN_VIEW": START,
    "POST_LOGOUT_VIEW": "/desk/login",
    "POST_CHANGE_VIEW": START,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "RETURN_GENERIC_RESPONSES": True,
    "RESET_PASSWORD_WITHIN": RESET_WITHIN,
    "API_ENABLED_METHODS": ["session"],
    "FRESHNESS": timedelta(seconds=-1),  # no page asks for the password a second time
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "EMAIL_HTML": False,
    "EMAIL_SUBJECT_PASSWORD_RESET": N_("Set a new password for the letters desk"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": N_("Your password for the letters desk was reset"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": N_("Your password for the letters desk was changed"),
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": {"argon2"},  # plain argon2id, which the command line makes as well
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__time_cost": passwords.TIME_COST,
        "argon2__memory_cost": passwords.MEMORY_KIB,
        "argon2__parallelism": passwords.PARALLELISM,
    },
    # Only binds a reset link to the present hash; a slow one would tell by its time who is known.
    "HASHING_SCHEMES": ["hex_sha256"],
    "PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "PASSWORD_NORMALIZE_FORM": passwords.NORMAL_FORM,
}


def init(app: Flask, store: Store, *, base_url: str, send: Send, limiter: Limiter) -> Security:
    """Give an app log-in, log-out, password reset and change under /desk/.

    `base_url` is the only source of mailed links and decides on the cookie's flags; `send`
    takes an AccountMail outside of any transaction; `limiter` is the app's, disabled where
    limits are off. The app has its secret key, flask-babel, CSRF protection and the templates
    `security/…` already.
    """
    app.extensions[STORE] = store
    app.extensions[OUTLET] = send
    is_https = base_url.startswith("https:")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if is_https else "session",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    for name, sentence in MESSAGES.items():
        category = "info" if name in _GOOD_NEWS else "error"
        app.config[f"SECURITY_MSG_{name}"] = (sentence, category)
    seats = Seats(store)
    security = Security(
        app,
        seats,
        mail_util_cls=AccountMails,
        password_util_cls=DeskPasswords,
        login_form=DeskLoginForm,
        change_password_form=DeskChangePasswordForm,
        render_template=_render,
    )
    security.i18n_domain = Domain()  # our catalog, not the library's
    _leave_readers_alone(app, security)
    security.want_json(lambda _request: False)
    security.mail_context_processor(lambda: {"base_url": base_url.rstrip("/")})
    security.login_context_processor(lambda: {"next_page": g.get("next_page")})
    security.login_manager.request_loader(lambda _request: None)  # a cookie, nothing else
    security.login_manager.user_loader(lambda uniquifier: _holder(seats, uniquifier))
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.before_request(_refuse_json)
    _wrap_views(app, limiter)
    return security


def _leave_readers_alone(app: Flask, security: Security) -> None:
    """Take out Flask-Principal's look-up of who is there, made for each page, a reader's too.

    It costs a signed cookie more for every letter; roles are asked for by `guard` alone.
    """
    hooks = app.before_request_funcs[None]
    hooks[:] = [hook for hook in hooks if getattr(hook, "__self__", None) != security.principal]


_GOOD_NEWS = {"PASSWORD_RESET_REQUEST", "PASSWORD_RESET_NO_LOGIN", "PASSWORD_CHANGE"}


def _wrap_views(app: Flask, limiter: Limiter) -> None:
    views: dict[str, Any] = app.view_functions
    count_failures = limiter.limit(
        FAILED_LOGINS, methods=["POST"], deduct_when=lambda response: response.status_code != 302
    )
    views["security.login"] = count_failures(_leading_on(views["security.login"]))
    by_address = limiter.limit(RESET_MAILS, methods=["POST"])
    by_email = limiter.limit(
        RESET_MAILS_TO_ONE,
        methods=["POST"],
        key_func=lambda: request.form.get("email", "").strip().lower(),
    )
    views["security.forgot_password"] = by_address(by_email(views["security.forgot_password"]))


def _leading_on(view: Callable[..., Any]) -> Callable[[], Response]:
    """The log-in view, which leads on to `next` if that is a path of this site."""

    @wraps(view)
    def log_in() -> Response:
        g.next_page = local_path(request.form.get("next") or request.args.get("next"))
        # Flask-Security looks at `next` as well, less strictly, and stumbles over broken ones.
        request.args = _without_next(request.args)
        request.form = _without_next(request.form)
        response = make_response(view())
        if response.status_code == 302 and g.next_page and current_user.is_authenticated:
            response.location = g.next_page
        return response

    return log_in


def _without_next(values: Any) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([(k, v) for k, v in values.items(multi=True) if k != "next"])


def _holder(seats: Seats, uniquifier: str) -> Sitter | None:
    """Whose the request's cookie is, if that log-in is still open."""
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    with seats.store.read() as work:
        found = sessions.holder(work.session, token, work.now)
        sitter = seats.sitter(found.account) if found else None
    if found is None or sitter is None or sitter.fs_uniquifier != uniquifier:
        return None
    if found.is_due:
        with seats.store.work() as work:
            sessions.note_seen(work.session, token, work.now)
    set_request_attr("fs_authn_via", "session")
    return sitter


def _begin(app: Flask, user: Sitter, **_rest: Any) -> None:
    """Open a log-in under a new token, with a new CSRF token."""
    store: Store = app.extensions[STORE]
    old = session.pop(TOKEN, None)
    field = app.config["WTF_CSRF_FIELD_NAME"]
    session.pop(field, None)
    g.pop(field, None)
    with store.work() as work:
        if isinstance(old, str):
            sessions.end(work.session, old)
        account = work.session.get_one(Account, user.id, with_for_update=True)
        account.forget_failures()
        account.last_login_at = work.now
        session[TOKEN] = sessions.begin(work.session, user.id, work.now)
    log.info("log-in: account %s", user.id)


def _end(app: Flask, **_rest: Any) -> None:
    """Close the log-in for good: a copy of its cookie is worth nothing."""
    store: Store = app.extensions[STORE]
    token = session.pop(TOKEN, None)
    if isinstance(token, str):
        with store.work() as work:
            sessions.end(work.session, token)


def _refuse_json() -> None:
    """The pages of log-in take forms only; their views would read JSON unchecked."""
    if request.blueprint == "security" and request.is_json:
        abort(415)


def _render(template: str, **context: Any) -> Any:
    """A page (or a mail's text); a form that was not taken answers 422, a bad CSRF token 400."""
    page = render_template(template, **context)
    if template.startswith("security/email/"):
        return page
    form = next((value for value in context.values() if isinstance(value, FlaskForm)), None)
    if form is None or not form.errors:
        return page
    return page, 400 if form.csrf_token and form.csrf_token.errors else 422
