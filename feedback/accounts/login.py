"""Log-in at the desk: Flask-Security, set the way this house wants it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, abort, g, render_template, request
from flask_babel import Domain
from flask_limiter import Limiter
from flask_security import Security
from flask_wtf import FlaskForm

from feedback.accounts import forms, log_in_views, log_ins, passkeys, second_step
from feedback.accounts.guard import STORE
from feedback.accounts.log_in_settings import GOOD_NEWS, MESSAGES, RESET_WITHIN, SETTINGS, START
from feedback.accounts.log_ins import TOKEN
from feedback.accounts.mail import OUTLET, AccountMails, Send
from feedback.accounts.seats import Seats
from feedback.store.work import Store

__all__ = ["RESET_WITHIN", "START", "TOKEN", "init"]


def init(
    app: Flask,
    store: Store,
    *,
    base_url: str,
    send: Send,
    limiter: Limiter,
    moment: Callable[[datetime], str],
    has_sign_on: bool = False,
) -> Security:
    """Give an app log-in, log-out, password reset and change, second steps and passkeys.

    `base_url` is the only source of mailed links, decides on the cookie's flags and on whom
    passkeys are for; `send` takes an AccountMail outside of any transaction; `limiter` is the
    app's, disabled where limits are off; `moment` writes a time for people; `has_sign_on`
    offers single sign-on. The app has its
    secret key, flask-babel, CSRF protection and the templates `security/…` already.
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
    app.config[passkeys.BASE_URL] = base_url.rstrip("/")
    app.config[second_step.SECRETS] = {"1": second_step.encryption_key(app.config["SECRET_KEY"])}
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    app.config["SECURITY_DATETIME_FACTORY"] = store.clock
    for name, sentence in MESSAGES.items():
        app.config[f"SECURITY_MSG_{name}"] = (sentence, "info" if name in GOOD_NEWS else "error")
    seats = Seats(store)
    security = Security(
        app,
        seats,
        mail_util_cls=AccountMails,
        password_util_cls=forms.DeskPasswords,
        totp_cls=second_step.DeskTotp,
        mf_recovery_codes_util_cls=second_step.DeskRecoveryCodes,
        webauthn_util_cls=passkeys.DeskPasskeys,
        login_form=forms.DeskLoginForm,
        change_password_form=forms.DeskChangePasswordForm,
        two_factor_setup_form=forms.DeskSetupForm,
        two_factor_rescue_form=forms.DeskRescueForm,
        two_factor_select_form=forms.DeskSelectForm,
        wan_register_form=forms.DeskPasskeyForm,
        two_factor_verify_code_form=second_step.DeskCodeForm,
        mf_recovery_form=second_step.DeskRecoveryForm,
        render_template=_render,
    )
    security.totp_factory.go_by(store.clock)
    security.i18n_domain = Domain()  # our catalog, not the library's
    _leave_readers_alone(app, security)
    security.want_json(lambda _request: False)
    possible = passkeys.are_possible(base_url)
    security.context_processor(
        lambda: {
            "passkeys_possible": possible,
            "has_sign_on": has_sign_on,
            "next_page": g.get("next_page"),
        }
    )
    security.mail_context_processor(lambda: {"base_url": base_url.rstrip("/")})
    security.login_manager.request_loader(lambda _request: None)  # a cookie, nothing else
    security.login_manager.user_loader(lambda uniquifier: log_ins.holder(seats, uniquifier))
    log_ins.connect(app, moment)
    app.before_request(_refuse_json)
    log_in_views.wrap(app, limiter)
    return security


def _leave_readers_alone(app: Flask, security: Security) -> None:
    """Take out Flask-Principal's look-up of who is there, made for each page, a reader's too.

    It costs a signed cookie more for every letter; roles are asked for by `guard` alone.
    """
    hooks = app.before_request_funcs[None]
    hooks[:] = [hook for hook in hooks if getattr(hook, "__self__", None) != security.principal]


def _refuse_json() -> None:
    """The pages of log-in take forms only; their views would read JSON unchecked."""
    if request.blueprint == "security" and request.is_json:
        abort(415)


def _render(template: str, **context: Any) -> Any:
    """A page (or a mail's text); a form that was not taken answers 422, a bad CSRF token 400."""
    page = render_template(template, **context)
    if template.startswith("security/email/"):
        return page
    wrong = [one for one in context.values() if isinstance(one, FlaskForm) and one.errors]
    if not wrong:
        return page
    return page, 400 if any(one.csrf_token and one.csrf_token.errors for one in wrong) else 422
